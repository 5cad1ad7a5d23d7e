import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './paths.mjs';
import { isRoot, SetupError } from './process.mjs';

/** Chromium refuses to run as root with its sandbox; for everyone else the sandbox stays on. */
export const sandboxArguments = () => (process.platform === 'linux' && isRoot() ? ['--no-sandbox'] : []);

/** How Electron is called to open this application with these files (absolute paths). */
export const electronArguments = (files) => [...sandboxArguments(), ROOT, ...files];

/** The environment without what would make Electron behave as plain Node. */
export function electronEnvironment(more = {}) {
  const env = { ...process.env, ...more };
  delete env.ELECTRON_RUN_AS_NODE;
  delete env.NODE_OPTIONS;
  return env;
}

/** Some systems forbid the user namespaces that Chromium's sandbox is made of; then its helper program must belong to root. */
export function ensureSandbox(executable) {
  if (process.platform !== 'linux' || isRoot() || !forbidsNamespaces()) return;
  const helper = join(dirname(executable), 'chrome-sandbox');
  const stat = statSync(helper, { throwIfNoEntry: false });
  if (stat === undefined || (stat.uid === 0 && (stat.mode & 0o4000) !== 0)) return;
  throw new SetupError(
    'this system lets no program make the sandbox that Electron runs pages in, unless its helper belongs to root.',
    `Paste this, then run the same command again:\n  sudo chown root:root "${helper}" && sudo chmod 4755 "${helper}"`,
  );
}

function forbidsNamespaces() {
  return reads('/proc/sys/kernel/apparmor_restrict_unprivileged_userns', '1') || reads('/proc/sys/kernel/unprivileged_userns_clone', '0');
}

function reads(path, value) {
  try {
    return readFileSync(path, 'utf8').trim() === value;
  } catch {
    return false;
  }
}
