import { spawn } from 'node:child_process';
import { SetupError } from './process.mjs';

/** Electron on Linux draws on an X or Wayland display; elsewhere there always is one. */
export const hasDisplay = () => process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/**
 * Starts an X server without a screen on a display number that is free (the server picks it), for windows nobody looks at.
 *
 * @returns {Promise<{ display: string, stop: () => void }>} `stop` ends exactly this server
 */
export function startVirtualDisplay(size = '1600x1200x24') {
  return new Promise((resolve, reject) => {
    const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', size, '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    const stop = () => server.kill();
    process.once('exit', stop);
    server.once('error', () => reject(new SetupError('Xvfb could not be started.', 'On Debian and Ubuntu: sudo apt-get install -y xvfb')));
    server.once('exit', (code) => reject(new SetupError(`Xvfb ended with status ${code} before it had a display.`)));
    let number = '';
    server.stdio[3].on('data', (bytes) => {
      number += bytes;
      if (number.endsWith('\n')) resolve({ display: `:${number.trim()}`, stop });
    });
  });
}
