import { Readable } from 'node:stream';

/** So much is held for a late reader before the channel is stopped; the channel's window (2 MiB) comes before it. */
const HIGH_WATER = 1 << 20;

/** The bytes that whoever uses the capture reads. */
export class JoinedStream extends Readable {
  readonly #onWanted: () => void;
  readonly #onClosed: () => void;

  constructor(onWanted: () => void, onClosed: () => void) {
    super({ highWaterMark: HIGH_WATER });
    this.#onWanted = onWanted;
    this.#onClosed = onClosed;
  }

  override _read(): void {
    this.#onWanted();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#onClosed();
    callback(error);
  }
}
