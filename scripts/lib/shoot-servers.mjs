import { startLoopbackSshd } from './loopback-sshd.mjs';

/** The door of SSH servers: a key that is not known, what a capture there would be, a key that has changed. False where there can be none. */
export async function shootServers(launchApp, shoot, { userData, theme, size }) {
  const server = await startLoopbackSshd();
  if (server === null) return false;
  const { page, close } = await launchApp({ userData, size, environment: { HOME: server.home, SSH_AUTH_SOCK: '' } });
  const form = page.getByTestId('ssh-form');
  const check = async () => {
    await form.getByLabel('Server', { exact: true }).fill('');
    await form.getByLabel('Server', { exact: true }).fill('web');
    await form.getByRole('button', { name: 'Check server' }).click();
  };
  await page.getByRole('button', { name: /^SSH server/ }).click();
  server.know(null);
  await check();
  const question = page.getByTestId('ssh-question');
  await question.waitFor();
  await shoot(page, 'ssh-host-key', theme, size);
  await question.getByRole('button', { name: 'Trust and connect' }).click();
  await page.getByTestId('ssh-plan').waitFor();
  if ((await page.getByTestId('saved-servers').count()) === 0) {
    await form.getByLabel('Name of this server').fill('Web server');
    await form.getByRole('button', { name: 'Save server' }).click();
    await page.getByTestId('saved-servers').waitFor();
  }
  await page.mouse.move(0, 0);
  await form.getByRole('button', { name: 'Start capturing' }).scrollIntoViewIfNeeded();
  await shoot(page, 'ssh-plan', theme, size);
  await page.evaluate(() =>
    window.portlight.servers.list().then((all) => Promise.all(all.map(({ id }) => window.portlight.servers.remove(id)))),
  );
  await close();
  server.stop();
  return true;
}
