import type { Readable } from 'node:stream';
import { ok, type Result } from '../shared/base/result';
import { MAX_BATCH } from './columns/transport-batch';
import { Pipeline } from './pipeline';
import { SessionTables } from './session-tables';
import { openCaptureFile, openCaptureStream } from './sources/open';
import type { CaptureSource, FrameBatch, OpenFileOptions } from './sources/source';

/** How long a batch may wait for bytes before an empty one is handed on, so that the loop can look at other things. */
const BATCH_WAIT_MS = 50;

/** A capture being read into tables: the source and the pipeline behind it. The window's sessions and the command line are both this. */
export class Capture {
  readonly tables = new SessionTables();
  readonly pipeline = new Pipeline(this.tables);
  readonly source: CaptureSource;

  constructor(source: CaptureSource) {
    this.source = source;
  }

  static async openFile(path: string, options: OpenFileOptions): Promise<Result<Capture>> {
    const opened = await openCaptureFile(path, options);
    return opened.ok ? ok(new Capture(opened.value)) : opened;
  }

  static async openStream(stream: Readable, options: OpenFileOptions): Promise<Result<Capture>> {
    const opened = await openCaptureStream(stream, options);
    return opened.ok ? ok(new Capture(opened.value)) : opened;
  }

  /** Reads and processes the next batch, of at most `maxPackets`; null at the end. Its rows are the last `count` of the packet table. */
  async next(maxPackets = MAX_BATCH): Promise<FrameBatch | null> {
    const batch = await this.source.nextBatch(maxPackets, BATCH_WAIT_MS);
    if (batch) this.pipeline.process(batch);
    return batch;
  }
}
