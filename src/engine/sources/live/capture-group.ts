import { fail, ok, type Problem, type Result } from '../../../shared/base/result';
import { MergedSource } from '../merged-source';
import { openCaptureStream } from '../open';
import type { CaptureSource, OpenCapture } from '../source';
import type { CaptureGap, LiveCapture, LiveCounts, LiveEnd, LiveMeter, RunningCapture } from './live-capture';

/** More at once nobody can tell apart. */
export const MAX_CAPTURES = 16;

interface Part {
  readonly capture: LiveCapture;
  end: LiveEnd | null;
}

/** How one of several captures is doing. */
export interface PartState {
  readonly name: string;
  readonly counts: LiveCounts;
  readonly reconnecting: boolean;
  readonly ended: boolean;
  /** Why it ended by itself. */
  readonly problem: Problem | null;
}

/**
 * Captures that are one session: what is lost is counted for each, and one that ends leaves the others as they are. Others may be added while
 * any of them runs.
 */
export class CaptureGroup implements RunningCapture {
  readonly ended: Promise<LiveEnd>;
  /** Ends the reading of all. */
  readonly signal: AbortSignal | undefined;
  /** One ended by itself, and others go on. */
  onDied: (name: string) => void = () => undefined;
  readonly #parts: Part[] = [];
  readonly #source = new MergedSource();
  #end: (end: LiveEnd) => void = () => undefined;
  #isOver = false;
  #isRead = false;
  #isStopping = false;
  #gapState = '';
  #gaps: readonly CaptureGap[] = [];
  readonly #partials = new WeakMap<CaptureGap, CaptureGap>();

  private constructor(signal: AbortSignal | undefined) {
    this.signal = signal;
    this.#source.onEnd = () => {
      this.#isRead = true;
      this.#look();
    };
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** Waits for the file header of the first. `signal` ends the reading of all. */
  static async open(first: LiveCapture, signal?: AbortSignal): Promise<Result<CaptureGroup>> {
    const group = new CaptureGroup(signal);
    const added = await group.add(first);
    return added.ok ? ok(group) : added;
  }

  /** The same for a further one; one that cannot be added is stopped. */
  async add(capture: LiveCapture): Promise<Result<null>> {
    if (this.#parts.length >= MAX_CAPTURES) {
      await capture.stop();
      return fail('too-many-sources', `A capture has at most ${MAX_CAPTURES} sources.`, 'Start another window for more.');
    }
    const opened = await openCaptureStream(capture.stream, { ...(this.signal && { signal: this.signal }) });
    if (!opened.ok || this.#isRead || this.#isStopping) {
      if (opened.ok) await opened.value.close();
      const { problem } = await capture.stop();
      // Without a capture there is no header either: why there is none says more.
      if (!opened.ok) return { ok: false, problem: problem ?? opened.problem };
      return fail('capture-ended', 'The capture has ended.', 'Start it anew, then add the source.');
    }
    const part: Part = { capture, end: null };
    this.#parts.push(part);
    this.#source.add(opened.value, capture.name);
    void capture.ended.then((end) => {
      part.end = end;
      if (end.problem && this.#parts.some((each) => each.end === null)) this.onDied(capture.name);
      this.#look();
    });
    return ok(null);
  }

  /** The frames of all; whoever reads them closes it. */
  get source(): CaptureSource {
    return this.#source;
  }

  get name(): string {
    return this.#parts.map(({ capture }) => capture.name).join(' + ');
  }

  get parts(): readonly PartState[] {
    return this.#parts.map(({ capture, end }) => ({
      name: capture.name,
      counts: end?.counts ?? capture.counts(),
      reconnecting: end === null && capture.reconnecting === true,
      ended: end !== null,
      problem: end?.problem ?? null,
    }));
  }

  get reconnecting(): boolean {
    return this.parts.some(({ reconnecting }) => reconnecting);
  }

  /** Of all together; unknown where it is of one of them. */
  counts(): LiveCounts {
    const all = this.parts.map(({ counts }) => counts);
    const dropped = sum(
      all.map(({ droppedByKernel: kernel, droppedByInterface: device }) =>
        kernel === null && device === null ? null : (kernel ?? 0) + (device ?? 0),
      ),
    );
    // Where from does not matter any more.
    return { received: sum(all.map(({ received }) => received)), droppedByKernel: dropped, droppedByInterface: null };
  }

  /** For each interface the counts of its capture; null where that has several. */
  interfaceCounts(): (LiveCounts | null)[] {
    const owners = this.#source.interfaces.map((_, id) => this.#source.ownerOf(id));
    return owners.map((owner) => (owners.filter((each) => each === owner).length === 1 ? (this.parts[owner]?.counts ?? null) : null));
  }

  meter(): LiveMeter | null {
    const meters = this.#parts.flatMap(({ capture }) => capture.meter?.() ?? []);
    if (meters.length === 0) return null;
    return meters.reduce((a, b) => ({
      received: a.received + b.received,
      sent: a.sent + b.sent,
      remoteCpu: sum([a.remoteCpu, b.remoteCpu]),
    }));
  }

  get gaps(): readonly CaptureGap[] {
    if (this.#parts.length === 1) return this.#parts[0]?.capture.gaps ?? [];
    // Asked for with every batch; a gap is replaced when it is over.
    const state = this.#parts.map(({ capture: { gaps } }) => `${gaps.length} ${gaps.at(-1)?.to}`).join();
    if (state !== this.#gapState) {
      this.#gapState = state;
      this.#gaps = this.#parts.flatMap(({ capture }) => capture.gaps.map((gap) => this.#partial(gap, capture.name))).sort(byStart);
    }
    return this.#gaps;
  }

  /** The same for the same. */
  #partial(gap: CaptureGap, name: string): CaptureGap {
    const { from, to, reason } = gap;
    const known = this.#partials.get(gap) ?? { from, to, reason: `${name}: ${reason}`, isPartial: true };
    this.#partials.set(gap, known);
    return known;
  }

  get warnings(): readonly Problem[] {
    if (this.#parts.length === 1) return this.#parts[0]?.capture.warnings ?? [];
    return this.#parts.flatMap(({ capture, end }) => {
      const died = !this.#isOver && end?.problem ? [{ ...end.problem, next: 'The other sources go on.' }] : [];
      return [...capture.warnings, ...died].map((each) => ({ ...each, sentence: `${capture.name}: ${each.sentence}` }));
    });
  }

  async stop(): Promise<LiveEnd> {
    this.#isStopping = true;
    this.#look();
    await Promise.all(this.#parts.map(({ capture }) => capture.stop()));
    return this.ended;
  }

  /** It is over when all have ended and were read, or nobody wants the rest: until then one may be added. */
  #look(): void {
    if (this.#isOver || !(this.#isRead || this.#isStopping) || this.#parts.some(({ end }) => end === null)) return;
    this.#isOver = true;
    const problems = this.#parts.map(({ end }) => end?.problem ?? null);
    const last = problems.every((problem) => problem !== null) ? (problems.at(-1) ?? null) : null;
    this.#end({ problem: last, counts: this.counts() });
  }
}

/** Opens the frames of a capture, or of several. */
export const openLiveSource = (capture: LiveCapture | CaptureGroup, signal?: AbortSignal): OpenCapture =>
  capture instanceof CaptureGroup ? Promise.resolve(ok(capture.source)) : openCaptureStream(capture.stream, { ...(signal && { signal }) });

const byStart = (a: CaptureGap, b: CaptureGap): number => a.from - b.from;

const sum = (counts: readonly (number | null)[]): number | null =>
  counts.reduce((total, count) => (total === null || count === null ? null : total + count), 0);
