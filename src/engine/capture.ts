import type { Readable } from 'node:stream';
import { ok, type Result } from '../shared/base/result';
import type { DetectionSettings } from '../shared/model/detection-settings';
import type { AddressTable } from './columns/address-table';
import type { PacketTable } from './columns/packet-table';
import { MAX_BATCH } from './columns/transport-batch';
import { DetectionStage } from './detectors/detection-stage';
import type { Gap } from './detectors/gaps';
import type { DetectionLists } from './detectors/lists';
import { Pipeline } from './pipeline';
import { SessionTables } from './session-tables';
import { openCaptureFile, openCaptureStream } from './sources/open';
import type { CaptureSource, FrameBatch, OpenFileOptions } from './sources/source';

/** How long a batch may wait for bytes before an empty one is handed on, so that the loop can look at other things. */
const BATCH_WAIT_MS = 50;

/** What the rules go by: the user's settings and the lists. */
export interface Watch {
  readonly settings?: DetectionSettings;
  readonly lists?: (addresses: AddressTable) => DetectionLists;
}

export interface CaptureOptions extends OpenFileOptions {
  /** Rules watch; without it none do. */
  readonly watch?: Watch;
}

/** What takes notes of a capture: called after each batch, when its rows are in the tables. */
export interface BatchListener {
  advance(): void;
}

/** Knows which packets of a capture are missing. */
export interface GapSource {
  /** What became known since the last call, with times since the start of `packets`. */
  take(packets: PacketTable): readonly Gap[];
}

/** A capture being read into tables: the source and the pipeline behind it. The window's sessions and the command line are both this. */
export class Capture {
  readonly tables = new SessionTables();
  /** The rules that watch; null: none do. */
  readonly detection: DetectionStage | null;
  readonly pipeline: Pipeline;
  recorder: BatchListener | null = null;
  missing: GapSource | null = null;
  /** It was read to its end. */
  ended = false;
  readonly source: CaptureSource;

  constructor(source: CaptureSource, watch: Watch | null = null) {
    this.source = source;
    this.tables.interfaces = source.interfaces;
    const serviceName = (service: number): string => this.pipeline.applications.protocolName(service);
    this.detection = watch && new DetectionStage(this.tables, { ...watch, serviceName });
    this.pipeline = new Pipeline(this.tables, this.detection);
  }

  static async openFile(path: string, options: CaptureOptions): Promise<Result<Capture>> {
    const opened = await openCaptureFile(path, options);
    return opened.ok ? ok(new Capture(opened.value, options.watch)) : opened;
  }

  static async openStream(stream: Readable, options: CaptureOptions): Promise<Result<Capture>> {
    const opened = await openCaptureStream(stream, options);
    return opened.ok ? ok(new Capture(opened.value, options.watch)) : opened;
  }

  /** Reads and processes the next batch, of at most `maxPackets`; null at the end. Its rows are the last `count` of the packet table. */
  async next(maxPackets = MAX_BATCH): Promise<FrameBatch | null> {
    const batch = await this.source.nextBatch(maxPackets, BATCH_WAIT_MS);
    if (batch) {
      for (const gap of this.missing?.take(this.tables.packets) ?? []) this.detection?.addGap(gap);
      this.pipeline.process(batch);
      this.recorder?.advance();
    } else {
      this.ended = true;
      this.detection?.finish();
    }
    return batch;
  }
}
