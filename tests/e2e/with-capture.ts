import { afterAll, beforeAll } from 'vitest';
import { CaptureFolder } from './capture-files';
import { type LaunchedApp, launchApp } from './harness';
import { WindowParts } from './window-parts';

/** The application with one capture, in a large window; there from `beforeAll` on. */
class ShownCapture implements LaunchedApp {
  #launched: LaunchedApp | null = null;
  #parts: WindowParts | null = null;
  #folder: CaptureFolder | null = null;

  get app(): LaunchedApp['app'] {
    return there(this.#launched).app;
  }

  get page(): LaunchedApp['page'] {
    return there(this.#launched).page;
  }

  get parts(): WindowParts {
    return there(this.#parts);
  }

  /** Of the capture, and for further files. */
  get folder(): CaptureFolder {
    return there(this.#folder);
  }

  async open(name: string, capture: Uint8Array, packets: number): Promise<void> {
    this.#folder = await CaptureFolder.make();
    this.#launched = await launchApp({ files: [await this.#folder.write(name, capture)], size: { width: 1440, height: 900 } });
    this.#parts = new WindowParts(this.#launched.page);
    await this.#parts.shows(packets);
  }

  async close(): Promise<void> {
    await this.#launched?.close();
    await this.#folder?.remove();
  }
}

function there<T>(value: T | null): T {
  if (value === null) throw new Error('Only tests and hooks may ask for the window.');
  return value;
}

/** Opens a capture of so many packets before the tests of a `describe`, and closes it after them. */
export function withCapture(name: string, capture: () => Uint8Array, packets: number): ShownCapture {
  const shown = new ShownCapture();
  beforeAll(() => shown.open(name, capture(), packets));
  afterAll(() => shown.close());
  return shown;
}
