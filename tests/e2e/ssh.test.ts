import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { named, whyNot } from '../rig/available';
import { NumberedTraffic } from '../rig/packets';
import { succeed } from '../rig/processes';
import { Questioner } from '../rig/questioner';
import { type Account, freePort, gone, LoopbackSshd } from '../rig/sshd';
import { violationsOf } from './axe';
import { type LaunchedApp, launchApp } from './harness';
import { WindowParts } from './window-parts';

const reason = whyNot('ssh-keygen', 'tcpdump', 'useradd', 'chpasswd', 'sudo');

/** The parts of the window that speak of servers. */
class ServerParts extends WindowParts {
  readonly door = this.page.getByTestId('start-page');
  readonly form = this.page.getByTestId('ssh-form');
  readonly target = this.form.getByLabel('Server', { exact: true });
  readonly filterField = this.form.getByLabel('Capture filter');
  readonly plan = this.page.getByTestId('ssh-plan');
  readonly problem = this.form.getByRole('alert');
  readonly question = this.page.getByTestId('ssh-question');
  readonly live = this.page.getByTestId('live-status');
  readonly saved = this.page.getByTestId('saved-servers');

  button(name: string) {
    return this.form.getByRole('button', { name, exact: true });
  }

  answer(name: string) {
    return this.question.getByRole('button', { name, exact: true });
  }

  async open(): Promise<void> {
    if (!(await this.form.isVisible())) await this.door.getByRole('button', { name: /^SSH server/ }).click();
    await this.form.waitFor();
  }

  async check(target: string): Promise<void> {
    await this.open();
    // The same once more is looked at anew.
    await this.target.fill('');
    await this.target.fill(target);
    await this.button('Check server').click();
  }

  async takeUsualKeys(): Promise<void> {
    await this.open();
    const other = this.button('Use the usual keys');
    if (await other.isVisible()) await other.click();
  }
}

describe.skipIf(reason !== null)(named('capturing on a server in the window', reason), () => {
  let server: LoopbackSshd;
  let account: Account;
  let launched: LaunchedApp;
  let parts: ServerParts;
  let home: string;
  let silent: Server;

  const file = (name: string): string => join(server.workshop.folder, name);
  const knownHosts = (): string => join(home, '.ssh', 'known_hosts');
  const fingerprint = async (key: string): Promise<string> =>
    (await succeed('ssh-keygen', ['-lf', file(`${key}.pub`)])).split(' ')[1] ?? 'none';
  const know = async (key: string): Promise<void> => {
    const [type, bytes] = (await readFile(file(`${key}.pub`), 'utf8')).split(' ');
    await writeFile(knownHosts(), `${server.hostName} ${type} ${bytes}\n`);
  };
  const clipboard = (): Promise<string> => launched.app.evaluate(({ clipboard: one }) => one.readText());

  beforeAll(async () => {
    if (reason !== null) return;
    server = await LoopbackSshd.start();
    account = await server.account();
    home = file('home');
    await mkdir(join(home, '.ssh'), { recursive: true });
    const place = ['  HostName 127.0.0.1', `  Port ${server.port}`];
    const config = ['Host rig', ...place, '  User root', `  IdentityFile ${server.key}`];
    const more = ['Host account', ...place, `  User ${account.name}`, '  IdentityFile none', ''];
    await writeFile(join(home, '.ssh', 'config'), [...config, ...more].join('\n'));
    silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    launched = await launchApp({ environment: { HOME: home, SSH_AUTH_SOCK: '' }, size: { width: 1440, height: 900 } });
    parts = new ServerParts(launched.page);
  });
  afterAll(async () => {
    await launched?.close();
    silent?.close();
    await server?.close();
  });

  it('begins with the servers of ~/.ssh/config as suggestions', async () => {
    await parts.open();
    const hosts = parts.form.getByTestId('ssh-hosts').locator('option');
    await expect
      .poll(() => hosts.evaluateAll((all) => all.map((one) => `${one.getAttribute('value')} ${one.getAttribute('label')}`)))
      .toEqual([`rig root@127.0.0.1:${server.port}`, `account ${account.name}@127.0.0.1:${server.port}`]);
    expect(await parts.button('Start capturing').isDisabled()).toBe(true);
    expect(await violationsOf(launched.page, 'body')).toEqual([]);
  });

  it('says what is wrong with what was typed', async () => {
    await parts.check('root@one two');
    await expect.poll(() => parts.problem.textContent()).toContain('does not name a server');
  });

  it('can be given up while it connects', async () => {
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await parts.check(`root@127.0.0.1:${port}`);
    await parts.form.getByRole('status').filter({ hasText: 'Connecting to' }).waitFor();
    await parts.button('Cancel').click();
    await parts.form.getByText('Connecting to').waitFor({ state: 'detached' });
    await expect.poll(() => parts.button('Check server').isEnabled()).toBe(true);
    expect(await parts.problem.count()).toBe(0);
  });

  it('asks about a key that it does not know, and Enter does not trust it', async () => {
    await writeFile(knownHosts(), '');
    await parts.check('rig');
    await parts.question.waitFor();
    const text = (await parts.question.textContent()) ?? '';
    expect(text).toContain(server.hostName);
    expect(text).toContain(await fingerprint('host_ed25519'));
    expect(text).toContain('ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub');
    expect(await violationsOf(launched.page, '[role="dialog"]')).toEqual([]);
    await launched.page.keyboard.press('Enter');
    await parts.form.locator('[data-code="host-key-refused"]').waitFor();
    expect(await readFile(knownHosts(), 'utf8')).toBe('');
  });

  it('adds a trusted key to known_hosts and shows what a capture there would be', async () => {
    await writeFile(knownHosts(), '');
    await parts.check('rig');
    await parts.answer('Trust and connect').click();
    await parts.plan.waitFor();
    expect(await succeed('ssh-keygen', ['-F', server.hostName, '-f', knownHosts()])).toContain('found');
    const text = (await parts.plan.textContent()) ?? '';
    expect(text).toMatch(/logged in as root/);
    expect(text).toMatch(/tcpdump\d+\.\d+/);
    expect(text).toContain('This login may capture');
    expect(text).toMatch(new RegExp(`own connection, 127\\.0\\.0\\.1:\\d+ → 127\\.0\\.0\\.1:${server.port}`));
    expect(text).toContain('A capture can start');
    expect(await parts.plan.getByRole('radio', { name: /^lo 127\.0\.0\.1/ }).isChecked()).toBe(true);
    expect(await violationsOf(launched.page, 'body')).toEqual([]);
  });

  it('keeps a server under a name, and nothing secret', async () => {
    const name = `Rig ${Date.now()}`;
    await parts.form.getByLabel('Name of this server').fill(name);
    await parts.button('Save server').click();
    await parts.saved.getByRole('button', { name: new RegExp(`^${name}`) }).waitFor();
    const [kept] = (await launched.page.evaluate(() => window.portlight.servers.list())).filter((one) => one.name === name);
    expect(kept).toMatchObject({ name, request: { target: 'rig', interface: null }, lastUsed: null });
    await parts.saved.getByRole('button', { name: 'New server' }).click();
    expect(await parts.target.inputValue()).toBe('');
    await parts.saved.getByRole('button', { name: new RegExp(`^${name}`) }).click();
    expect(await parts.target.inputValue()).toBe('rig');
    expect(await violationsOf(launched.page, 'body')).toEqual([]);
    await parts.saved.getByRole('button', { name: `Remove ${name}` }).click();
    await expect.poll(() => launched.page.evaluate(() => window.portlight.servers.list())).not.toContainEqual(kept);
  });

  it('asks for the passphrase of the key file that was chosen, again after a wrong one', async () => {
    await know('host_ed25519');
    await launched.app.evaluate(({ dialog }, path) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
    }, file('locked'));
    await parts.open();
    await parts.button('Choose…').click();
    await expect.poll(() => parts.form.getByTestId('ssh-identity').textContent()).toBe('locked');
    await parts.check(server.target);
    await parts.question.waitFor();
    expect(await parts.question.textContent()).toContain(file('locked'));
    const field = parts.question.getByLabel('Passphrase');
    expect(await field.getAttribute('type')).toBe('password');
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    // Either it can be kept, or it is said that it cannot.
    const keep = parts.question.getByRole('checkbox');
    const session = parts.question.getByText('until Portlight is closed');
    expect((await keep.count()) + (await session.count())).toBe(1);
    expect(await violationsOf(launched.page, '[role="dialog"]')).toEqual([]);
    await field.fill('wrong');
    await field.press('Enter');
    await parts.question.getByRole('alert').waitFor();
    expect(await field.inputValue()).toBe('');
    await field.fill('open sesame');
    await field.press('Enter');
    await expect.poll(() => parts.plan.textContent()).toContain('A capture can start');
    await parts.takeUsualKeys();
    expect(await parts.form.getByTestId('ssh-identity').textContent()).toContain('usual keys');
  });

  it('asks for passwords of the login and of sudo; without rights there is a command to paste', async () => {
    await know('host_ed25519');
    await parts.takeUsualKeys();
    await parts.check('account');
    await expect.poll(() => parts.question.getAttribute('data-kind'), { timeout: 10_000 }).toMatch(/password|sudo/);
    if ((await parts.question.getAttribute('data-kind')) === 'password') {
      expect(await parts.question.textContent()).toContain(`${account.name}@127.0.0.1`);
      await parts.question.getByLabel('Password').fill(account.password);
      await parts.answer('Continue').click();
    }
    await expect.poll(() => parts.question.getAttribute('data-kind'), { timeout: 10_000 }).toBe('sudo');
    await launched.page.keyboard.press('Escape');
    await parts.plan.waitFor();
    expect(await parts.plan.textContent()).toContain('This login may not capture');
    expect(await violationsOf(launched.page, 'body')).toEqual([]);
    await parts.plan.getByRole('button', { name: 'Copy command' }).click();
    await expect.poll(clipboard).toMatch(new RegExp(`^sudo groupadd .* ${account.name} .* sudo setcap cap_net_raw=ep \\S+tcpdump$`));
    const stored = readFileSync(join(home, '.ssh', 'known_hosts'), 'utf8');
    expect(stored).not.toContain(account.password);
  });

  it('asks what a server asks, in its words and only as text', async () => {
    const questioner = await Questioner.start(
      file('host_ed25519'),
      'Two steps',
      '<img src=x onerror="document.title=1"> Look at your phone',
      [
        { prompt: 'Code <b>now</b>: ', echo: true },
        { prompt: 'Token: ', echo: false },
      ],
    );
    try {
      await parts.takeUsualKeys();
      await parts.check(`someone@127.0.0.1:${questioner.port}`);
      await parts.answer('Trust and connect').click();
      await parts.question.getByText('<img src=x onerror="document.title=1"> Look at your phone').waitFor();
      expect(await parts.question.textContent()).toContain('someone@127.0.0.1');
      const code = parts.question.getByLabel('Code <b>now</b>:');
      expect(await code.getAttribute('type')).toBe('text');
      expect(await parts.question.getByLabel('Token:').getAttribute('type')).toBe('password');
      expect(await parts.question.locator('img, b').count()).toBe(0);
      expect(await violationsOf(launched.page, '[role="dialog"]')).toEqual([]);
      await code.fill('123 456');
      await parts.question.getByLabel('Token:').fill('wrong');
      await parts.answer('Continue').click();
      await parts.question.getByRole('alert').waitFor();
      expect(questioner.answers).toEqual([['123 456', 'wrong']]);
      await launched.page.keyboard.press('Escape');
      await expect.poll(() => parts.problem.textContent()).toContain('no answer was given');
    } finally {
      questioner.close();
    }
  });

  it('can be given up while a capture that was started before connects again from the recent sources', async () => {
    const address = silent.address();
    const target = `root@127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
    const request = { kind: 'ssh', target, interface: null, filter: '', snapLength: null, identity: null } as const;
    await launched.page.evaluate((source) => window.portlight.addRecentSource(source), request);
    await launched.page.reload();
    await parts.door.getByRole('button', { name: new RegExp(`^${target}`) }).click();
    await launched.page.getByText(`Starting to capture ${target}`).waitFor();
    await launched.page.getByRole('button', { name: 'Cancel' }).click();
    await parts.door.waitFor();
    // The door is open already, with what was asked for last.
    await expect.poll(() => parts.target.inputValue()).toBe(target);
    await launched.page.evaluate(() => window.portlight.clearRecentSources());
    await launched.page.reload();
  });

  it('refuses a changed key loudly, with both fingerprints and the line that knows the old one', async () => {
    await know('other');
    await parts.check('rig');
    const box = parts.form.locator('[data-code="host-key-changed"]');
    const text = (await box.textContent()) ?? '';
    expect(text).toContain(await fingerprint('host_ed25519'));
    expect(text).toContain(await fingerprint('other'));
    expect(text).toContain(`${knownHosts()}:1`);
    expect(await parts.question.count()).toBe(0);
    expect(await violationsOf(launched.page, 'body')).toEqual([]);
    await box.getByRole('button', { name: 'Copy command' }).click();
    await expect.poll(clipboard).toBe(`ssh-keygen -R '${server.hostName}' -f '${knownHosts()}'`);
    await know('host_ed25519');
    await box.getByRole('button', { name: 'Check again' }).click();
    await expect.poll(() => parts.plan.textContent()).toContain('A capture can start');
  });

  it('captures: packets come, its own connection does not, a lost one is made again, and nothing stays there', async () => {
    await know('host_ed25519');
    const port = await freePort();
    const capture = `udp port ${port} or tcp port ${server.port}`;
    await parts.open();
    await parts.target.fill('');
    await parts.target.fill('rig');
    await parts.filterField.fill(capture);
    await parts.button('Start capturing').click();
    await expect.poll(() => parts.live.textContent(), { timeout: 15_000 }).toMatch(/^Live/);
    const traffic = new NumberedTraffic(port, 20);
    try {
      const packets = async (): Promise<number> =>
        Number(/([\d,]+) packets?/.exec((await parts.status.textContent()) ?? '')?.[1]?.replaceAll(',', '') ?? 0);
      await expect.poll(packets, { timeout: 15_000 }).toBeGreaterThan(20);
      await parts.applyFilter('tcp');
      await parts.shows(0);
      await parts.applyFilter('udp');
      expect(await parts.page.getByTestId('capture-cost').textContent()).toMatch(/^SSH [\d.,]+ (k|M)?B$/);

      await server.crash();
      await parts.page.getByTestId('reconnecting').waitFor();
      expect(await parts.live.textContent()).toMatch(/^Reconnecting/);
      expect(await violationsOf(launched.page, 'main')).toEqual([]);
      // Whoever answers now is not known any more: it is asked wherever the person is.
      await writeFile(knownHosts(), '');
      await server.up();
      await parts.answer('Trust and connect').click({ timeout: 30_000 });
      await parts.page.getByTestId('reconnecting').waitFor({ state: 'detached', timeout: 30_000 });
      await expect.poll(() => parts.live.textContent(), { timeout: 15_000 }).toMatch(/^Live.*1 gap/);
      const before = await packets();
      await expect.poll(packets, { timeout: 15_000 }).toBeGreaterThan(before);
    } finally {
      traffic.close();
    }
    await parts.live.getByRole('button', { name: 'Stop' }).click();
    await expect.poll(() => parts.live.textContent()).toMatch(/^Stopped/);
    expect(await gone(capture)).toEqual([]);
    expect(await launched.page.evaluate(() => window.portlight.recentSources())).toMatchObject([
      { kind: 'ssh', target: 'rig', filter: capture },
    ]);
  });

  it('wrote no secret to disk', async () => {
    const userData = await launched.app.evaluate(({ app }) => app.getPath('userData'));
    const found = await succeed('grep', ['-rlaF', '-e', account.password, '-e', 'open sesame', userData, home]).catch(() => '');
    expect(found).toBe('');
    expect(existsSync(userData)).toBe(true);
  });
});
