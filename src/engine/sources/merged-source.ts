import type { Bytes } from '../../shared/model/units';
import { createBatch } from './batch';
import type { CaptureInterface, CaptureName, CaptureSource, CaptureWarning, FrameBatch } from './source';

/** One of the sources, and what came of its last call: undefined: nothing yet, null: it has ended. */
interface Part {
  readonly name: string;
  readonly source: CaptureSource;
  /** Numbers of its interfaces among all. */
  readonly numbers: number[];
  pending: Promise<void> | null;
  ready: FrameBatch | null | undefined;
}

/**
 * Several sources that go on at once, as one: their frames in the order in which they arrive, each with its own interface. Batches alternate, so
 * times of different sources may be apart by the length of a wait. It ends when all have ended; one that ends leaves the others as they are.
 */
export class MergedSource implements CaptureSource {
  readonly compression = 'none';
  readonly store = null;
  readonly details = {};
  readonly interfaces: CaptureInterface[] = [];
  /** Called when it was read to its end. */
  onEnd: () => void = () => undefined;
  readonly #parts: Part[] = [];
  /** Which part has the interface. */
  readonly #owners: number[] = [];
  readonly #empty = createBatch(0);
  #turn = 0;
  #error: unknown = null;

  /** `name`: of what is captured, for its interfaces. */
  add(source: CaptureSource, name: string): void {
    const part: Part = { name, source, numbers: [], pending: null, ready: undefined };
    this.#parts.push(part);
    this.#takeInterfaces(part, this.#parts.length - 1);
  }

  get format(): string {
    return this.#parts[0]?.source.format ?? 'pcap';
  }

  get warnings(): readonly CaptureWarning[] {
    const several = this.#parts.length > 1;
    return this.#parts.flatMap(({ name, source }) =>
      several ? source.warnings.map((each) => ({ ...each, sentence: `${name}: ${each.sentence}` })) : source.warnings,
    );
  }

  get names(): readonly CaptureName[] {
    return this.#parts.flatMap(({ source }) => source.names);
  }

  get truncated(): boolean {
    return this.#parts.some(({ source }) => source.truncated);
  }

  progress(): { readonly consumed: Bytes; readonly total: Bytes | null } {
    return { consumed: this.#parts.reduce((sum, { source }) => sum + source.progress().consumed, 0), total: null };
  }

  /** Place of the source, in the order of `add`, that has this interface. */
  ownerOf(interfaceId: number): number {
    return this.#owners[interfaceId] ?? 0;
  }

  async nextBatch(maxPackets: number, maxMs: number): Promise<FrameBatch | null> {
    const deadline = performance.now() + maxMs;
    for (;;) {
      const parts = this.#parts;
      if (parts.every(({ ready }) => ready === null)) {
        this.onEnd();
        return null;
      }
      for (const part of parts) if (part.ready === undefined && part.pending === null) this.#ask(part, maxPackets, maxMs);
      const batch = this.#take(maxPackets);
      if (batch !== null) return batch;
      if (performance.now() >= deadline) return this.#empty;
      const waiting = parts.flatMap(({ pending }) => (pending === null ? [] : [pending]));
      // None where all gave up waiting a moment before their time.
      if (waiting.length > 0) await Promise.race(waiting);
      if (this.#error !== null) throw this.#error;
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#parts.map(({ source }) => source.close()));
  }

  #ask(part: Part, maxPackets: number, maxMs: number): void {
    part.pending = part.source.nextBatch(maxPackets, maxMs).then(
      (batch) => {
        part.ready = batch;
        part.pending = null;
      },
      (error: unknown) => {
        part.ready = null;
        part.pending = null;
        this.#error = error;
      },
    );
  }

  /** What is ready, by turns. */
  #take(maxPackets: number): FrameBatch | null {
    const parts = this.#parts;
    for (let i = 0; i < parts.length; i++) {
      const at = (this.#turn + i) % parts.length;
      const part = parts[at] as Part;
      const batch = part.ready;
      if (batch === null || batch === undefined) continue;
      part.ready = undefined;
      if (batch.count === 0) continue;
      this.#turn = at + 1;
      // It was asked for when more was wanted.
      const rest = batch.count > maxPackets ? slice(batch, maxPackets, batch.count) : undefined;
      const taken = rest === undefined ? batch : slice(batch, 0, maxPackets);
      if (rest !== undefined) part.ready = rest;
      this.#number(part, at, taken);
      return taken;
    }
    return null;
  }

  #number(part: Part, place: number, batch: FrameBatch): void {
    this.#takeInterfaces(part, place);
    for (let i = 0; i < batch.count; i++) batch.interfaceId[i] = part.numbers[batch.interfaceId[i] ?? 0] ?? 0;
  }

  #takeInterfaces(part: Part, place: number): void {
    const { interfaces } = part.source;
    while (part.numbers.length < interfaces.length) {
      const described = interfaces[part.numbers.length] as CaptureInterface;
      part.numbers.push(this.interfaces.length);
      this.#owners.push(place);
      this.interfaces.push(named(described, part.name));
    }
  }
}

/** An interface says which source it is of, where it does not say so itself. */
function named(described: CaptureInterface, source: string): CaptureInterface {
  const { name } = described;
  return {
    name: name === null || source === name || source.endsWith(` ${name}`) ? source : `${source}: ${name}`,
    description: described.description,
    linkType: described.linkType,
    snapLength: described.snapLength,
    details: described.details,
    get droppedPackets() {
      return described.droppedPackets;
    },
  };
}

/** A part of a batch, over the same memory. */
const slice = (batch: FrameBatch, from: number, to: number): FrameBatch => ({
  bytes: batch.bytes,
  count: to - from,
  start: batch.start.subarray(from, to),
  capturedLength: batch.capturedLength.subarray(from, to),
  length: batch.length.subarray(from, to),
  seconds: batch.seconds.subarray(from, to),
  nanoseconds: batch.nanoseconds.subarray(from, to),
  hasTime: batch.hasTime.subarray(from, to),
  linkType: batch.linkType.subarray(from, to),
  interfaceId: batch.interfaceId.subarray(from, to),
  position: batch.position.subarray(from, to),
  comments: batch.comments.flatMap(({ index, text }) => (index >= from && index < to ? [{ index: index - from, text }] : [])),
});
