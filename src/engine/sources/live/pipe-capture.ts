import type { Readable } from 'node:stream';
import { ok, type Problem, type Result } from '../../../shared/base/result';
import { openPipe } from '../open';
import type { CaptureGap, LiveCapture, LiveCounts, LiveEnd } from './live-capture';

/** Nobody tells what was lost before it was written. */
const UNKNOWN: LiveCounts = { received: null, droppedByKernel: null, droppedByInterface: null };

/** What another program captures and writes to a pipe, as long as it writes. */
export class PipeCapture implements LiveCapture {
  readonly name: string;
  readonly stream: Readable;
  readonly gaps: readonly CaptureGap[] = [];
  readonly warnings: readonly Problem[] = [];
  readonly ended: Promise<LiveEnd>;

  constructor(stream: Readable, name: string) {
    this.name = name;
    this.stream = stream;
    this.ended = new Promise((resolve) => {
      const end = (): void => resolve({ problem: null, counts: UNKNOWN });
      stream.once('close', end);
      stream.once('end', end);
      // The reader says what went wrong.
      stream.once('error', end);
    });
  }

  /** A FIFO or file; '-': standard input. Waits until somebody writes to a FIFO. */
  static async open(path: string): Promise<Result<PipeCapture>> {
    if (path === '-') return ok(new PipeCapture(process.stdin, 'standard input'));
    const opened = await openPipe(path);
    return opened.ok ? ok(new PipeCapture(opened.value, path)) : opened;
  }

  counts(): LiveCounts {
    return UNKNOWN;
  }

  /** Nothing more is read. */
  stop(): Promise<LiveEnd> {
    this.stream.destroy();
    return this.ended;
  }
}
