import { dissectUnguarded } from '../../src/engine/decode/tree/dissect-frame';
import type { Field } from '../../src/engine/decode/tree/field';
import { packetContext } from '../../src/engine/details/packet-context';
import { Pipeline } from '../../src/engine/pipeline';
import { SessionTables } from '../../src/engine/session-tables';
import { createBatch } from '../../src/engine/sources/batch';
import type { CaptureInterface, FrameBatch } from '../../src/engine/sources/source';

const CAPACITY = 256;
const MICROSECOND = 1000;

/** Frames straight into a session's pipeline, without a file around them. */
export class FrameFeeder {
  tables = new SessionTables();
  pipeline = new Pipeline(this.tables);
  readonly #batch: FrameBatch = createBatch(CAPACITY);
  #waiting: { readonly bytes: Uint8Array; readonly linkType: number; readonly length: number }[] = [];
  #packets = 0;

  /** Forgets everything. */
  restart(): void {
    this.tables = new SessionTables();
    this.pipeline = new Pipeline(this.tables);
    this.#packets = 0;
  }

  /** Processed with up to 255 others, or when `flush` is called; `length` is what was on the wire. */
  add(bytes: Uint8Array, linkType = 1, length = bytes.length): void {
    this.#waiting.push({ bytes, linkType, length });
    if (this.#waiting.length === CAPACITY) this.flush();
  }

  flush(): void {
    const batch = this.#batch;
    const total = this.#waiting.reduce((sum, { bytes }) => sum + bytes.length, 0);
    batch.bytes = new Uint8Array(total);
    batch.count = this.#waiting.length;
    let at = 0;
    for (const [i, { bytes, linkType, length }] of this.#waiting.entries()) {
      batch.bytes.set(bytes, at);
      batch.start[i] = at;
      batch.capturedLength[i] = bytes.length;
      batch.length[i] = length;
      batch.linkType[i] = linkType;
      batch.seconds[i] = 1_700_000_000;
      batch.nanoseconds[i] = (this.#packets++ % 1_000_000) * MICROSECOND;
      batch.hasTime[i] = 1;
      at += bytes.length;
    }
    this.#waiting = [];
    this.pipeline.process(batch);
  }

  /** The tree of a frame that is row `row`, made without the guard that keeps the window from a dissector's mistake. */
  dissect(row: number, bytes: Uint8Array, linkType = 1): readonly Field[] {
    const captured: CaptureInterface = {
      name: null,
      description: null,
      linkType,
      snapLength: 262_144,
      droppedPackets: null,
      details: {},
    };
    const nothing = { message: null, datagram: null, rest: 0 };
    const context = packetContext(this.tables, this.pipeline.applications, [captured], row, nothing);
    return dissectUnguarded(bytes, context).root;
  }
}

/** First field of the tree that does not lie within its bytes; null where all do. */
export function fieldOutside(fields: readonly Field[], length: number): string | null {
  for (const field of fields) {
    if (field.start < 0 || field.length < 0 || (field.source === 0 && field.start + field.length > length))
      return `${field.name} at ${field.start}+${field.length} of ${length}`;
    const inner = fieldOutside(field.children, length);
    if (inner !== null) return inner;
  }
  return null;
}
