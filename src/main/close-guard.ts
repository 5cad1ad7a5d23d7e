import type { BrowserWindow } from 'electron';
import { CHANNELS } from '../shared/contract/ipc-channels';

/**
 * A window whose page has something that closing it would lose is not closed until the page says so. A page that does not answer any more
 * holds nothing.
 */
export class CloseGuard {
  readonly #window: BrowserWindow;
  #held = false;

  constructor(window: BrowserWindow) {
    this.#window = window;
    window.on('close', (event) => {
      if (!this.#held) return;
      event.preventDefault();
      window.webContents.send(CHANNELS.closeAsked);
    });
    const release = (): void => this.hold(false);
    window.on('unresponsive', release);
    window.webContents.on('render-process-gone', release);
    window.webContents.on('did-start-loading', release);
  }

  hold(held: boolean): void {
    this.#held = held;
  }

  /** What the page asked the person about is settled. */
  close(): void {
    this.#held = false;
    this.#window.close();
  }
}
