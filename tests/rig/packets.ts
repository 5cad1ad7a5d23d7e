import { createSocket } from 'node:dgram';
import type { Readable } from 'node:stream';
import { openCaptureStream } from '../../src/engine/sources/open';

/** Sends numbered datagrams to a port of 127.0.0.1, each number once, until it is closed. */
export class NumberedTraffic {
  sent = 0;
  readonly #socket = createSocket('udp4');
  readonly #timer: NodeJS.Timeout;

  constructor(port: number, every = 5) {
    this.#socket.on('error', () => {});
    this.#timer = setInterval(() => this.#socket.send(`number ${this.sent++};`, port, '127.0.0.1'), every);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#socket.close();
  }
}

/** Reads a capture as the engine does and keeps what its frames hold as text. */
export class FrameTexts {
  readonly texts: string[] = [];
  readonly done: Promise<void>;
  error: string | null = null;

  constructor(stream: Readable) {
    this.done = this.#read(stream);
  }

  /** The numbers of `NumberedTraffic` in the order in which they came. */
  get numbers(): number[] {
    return this.texts.flatMap((text) => {
      const number = /number (\d+);/.exec(text)?.[1];
      return number === undefined ? [] : [Number(number)];
    });
  }

  async #read(stream: Readable): Promise<void> {
    const opened = await openCaptureStream(stream);
    if (!opened.ok) {
      this.error = opened.problem.sentence;
      return;
    }
    for (;;) {
      const batch = await opened.value.nextBatch(1000, 100);
      if (batch === null) break;
      for (let i = 0; i < batch.count; i++) {
        const start = batch.start[i] ?? 0;
        this.texts.push(Buffer.from(batch.bytes.subarray(start, start + (batch.capturedLength[i] ?? 0))).toString('latin1'));
      }
    }
    this.error = opened.value.warnings[0]?.sentence ?? null;
    await opened.value.close();
  }
}
