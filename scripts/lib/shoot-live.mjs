// Screenshots of capturing: the list of interfaces, and a session of the loopback interface with traffic of our own on it.
import { createServer, get } from 'node:http';
import { showPackets } from './picture.mjs';

const EVERY_MS = 40;
const PATHS = ['/', '/index.html', '/login', '/favicon.ico', '/api/status'];

/** A web server on the loopback interface that is asked again and again. */
async function traffic() {
  const server = createServer((request, response) => {
    response.writeHead(request.url === '/login' ? 401 : 200, { 'content-type': 'text/html' });
    response.end('<!doctype html><title>Hello</title>'.repeat(1 + (request.url?.length ?? 0) * 4));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  let asked = 0;
  const timer = setInterval(() => {
    get({ host: '127.0.0.1', port, path: PATHS[asked++ % PATHS.length] }, (response) => response.resume()).on('error', () => undefined);
  }, EVERY_MS);
  return {
    port,
    stop() {
      clearInterval(timer);
      server.close();
      server.closeAllConnections();
    },
  };
}

/** False where nothing can be captured here: then only the list is shown. */
export async function shootLive(launchApp, shoot, { userData, theme, size }) {
  const { page, close } = await launchApp({ userData, size });
  const web = await traffic();
  try {
    const sources = page.getByTestId('start-page');
    await sources.waitFor();
    await sources.getByRole('button', { name: /^Interface/ }).click();
    const loopback = sources.getByRole('radio', { name: /^lo0?\b/ });
    await loopback.waitFor();
    // The curves of the traffic need some seconds.
    await page.waitForTimeout(8000);
    await shoot(page, 'start-interfaces', theme, size);
    await loopback.check();
    const start = sources.getByRole('button', { name: 'Start capturing' });
    if (await start.isDisabled()) return false;
    await sources.getByLabel('Capture filter').fill(`tcp port ${web.port}`);
    await start.click();
    await showPackets(page);
    await page.waitForTimeout(6000);
    await shoot(page, 'live-packets', theme, size);
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByRole('button', { name: 'Restart' }).waitFor();
    await shoot(page, 'live-stopped', theme, size);
    return true;
  } finally {
    web.stop();
    await close();
  }
}
