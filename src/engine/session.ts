import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { fail, ok, type Problem, type Result } from '../shared/base/result';
import type { LoadState, SessionInfo } from '../shared/contract/engine';
import type { ReplaySpeed } from '../shared/model/replay';
import { Annotations } from './annotations/annotations';
import { newStatistics } from './api/session-statistics';
import type { Outline } from './api/timeline';
import { Turn } from './budget';
import { Capture, type Watch } from './capture';
import { RowDissector } from './details/row-dissector';
import { watchOfDemo } from './live/demo-watch';
import type { LiveFeed } from './live/live-feed';
import { openLiveSource } from './sources/live/capture-group';
import { openCaptureFile } from './sources/open';
import { ReplaySource } from './sources/replay/replay-source';
import type { OpenCapture } from './sources/source';
import { SpooledSource } from './spool/spooled-source';

/** Packets between two looks at the clock: about 2 ms, and 8 before the code is warm. */
const BATCH = 1024;

interface SessionParts {
  readonly info: SessionInfo;
  readonly capture: Capture;
  readonly cancel: AbortController;
  readonly following?: boolean;
  readonly live?: LiveFeed;
  readonly replay?: ReplaySource;
  readonly outline?: Outline | null;
}

export interface Replayed {
  readonly path: string;
  readonly speed: ReplaySpeed;
  readonly outline: Outline | null;
}

/** Opens what becomes session `id`; `giveUp` ends the attempt. */
export type OpenSession = (id: number, watch: Watch, giveUp: AbortController) => Promise<Result<Session>>;

/** A capture as the window works with it: being read in turns, with its statistics and its second tier. */
export class Session {
  info: SessionInfo;
  readonly capture: Capture;
  readonly dissector: RowDissector;
  readonly statistics = newStatistics();
  readonly annotations: Annotations;
  /** Packets come as they happen, so that nobody knows when it is over. */
  readonly following: boolean;
  readonly live: LiveFeed | null;
  readonly replay: ReplaySource | null;
  /** What is known of a replayed file before it was read to its end. */
  readonly outline: Outline | null;
  load: LoadState = 'loading';
  readonly #cancel: AbortController;
  #reading: Promise<void> | null = null;

  private constructor({ info, capture, cancel, following = false, live, replay, outline }: SessionParts) {
    this.info = info;
    this.capture = capture;
    this.dissector = new RowDissector(capture);
    this.annotations = new Annotations(capture.tables);
    this.following = following;
    this.live = live ?? null;
    this.replay = replay ?? null;
    this.outline = outline ?? null;
    this.#cancel = cancel;
  }

  /** `cancel` ends the opening and, later, the reading. */
  static async open(id: number, path: string, follow: boolean, watch: Watch, cancel: AbortController): Promise<Result<Session>> {
    const { signal } = cancel;
    const opened = await unlessAborted(openCaptureFile(path, { follow, randomAccess: true, signal }), signal);
    if (!opened.ok) return opened;
    const capture = new Capture(opened.value, watch);
    const info = await fileInfo(id, path, 'file', capture);
    return ok(new Session({ info, capture, cancel, following: follow }));
  }

  /** A file at its own pace, or a multiple of it. */
  static async openReplay(id: number, { path, speed, outline }: Replayed, watch: Watch, cancel: AbortController): Promise<Result<Session>> {
    const { signal } = cancel;
    const opened = await unlessAborted(openCaptureFile(path, { randomAccess: true, signal }), signal);
    if (!opened.ok) return opened;
    const replay = new ReplaySource(opened.value, speed);
    const capture = new Capture(replay, watch);
    const info = await fileInfo(id, path, 'replay', capture);
    return ok(new Session({ info, capture, cancel, replay, outline }));
  }

  /** A capture that goes on. It is stopped where its first bytes are none of a capture. */
  static async openLive(id: number, feed: LiveFeed, watch: Watch, cancel: AbortController): Promise<Result<Session>> {
    const { signal } = cancel;
    const opened = await openLiveSource(feed.capture, signal);
    if (!opened.ok) {
      const { problem } = await feed.close();
      // Without a capture there is no header either: why there is none says more.
      return { ok: false, problem: problem ?? opened.problem };
    }
    const source = feed.ring ? new SpooledSource(opened.value, feed.ring) : opened.value;
    const capture = new Capture(source, feed.kind === 'demo' ? watchOfDemo(watch) : watch);
    capture.missing = feed.missing;
    feed.processes?.use(capture.tables);
    capture.tables.processes = feed.processes;
    const { format, compression } = source;
    const info = { id, kind: feed.kind, path: feed.title, name: feed.capture.name, format, compression, size: null };
    return ok(new Session({ info, capture, cancel, following: true, live: feed }));
  }

  /** It is captured from one more. */
  sourceAdded(): void {
    if (!this.live) return;
    this.info = { ...this.info, name: this.live.capture.name };
    this.capture.tables.processes = this.live.processes;
  }

  /** Reads the capture to its end, in turns; `progress` is called after each batch. Never rejects. */
  read(progress: () => void): Promise<void> {
    this.#reading ??= this.#read(progress);
    return this.#reading;
  }

  /** Stops reading; what was read stays. What a live capture still holds is read first. */
  cancel(): void {
    if (this.live) {
      void this.live.capture.stop();
      return;
    }
    if (this.load === 'loading') this.load = 'cancelled';
    this.#cancel.abort();
  }

  async close(): Promise<void> {
    if (this.load === 'loading') this.load = 'cancelled';
    this.#cancel.abort();
    await this.live?.close();
    await this.#reading;
    await this.capture.source.close();
  }

  get warnings(): readonly Problem[] {
    const { warnings } = this.capture.source;
    return this.live && this.live.capture.warnings.length > 0 ? [...this.live.capture.warnings, ...warnings] : warnings;
  }

  async #read(progress: () => void): Promise<void> {
    const turn = new Turn();
    for (;;) {
      const batch = await this.capture.next(BATCH);
      if (!batch) break;
      const { packets } = this.capture.tables;
      this.statistics.addRows(packets, packets.count - batch.count, packets.count);
      this.live?.advance(this.capture.tables);
      this.annotations.advance();
      progress();
      if (this.load !== 'loading') return;
      if (turn.over) await turn.next();
    }
    await this.live?.capture.stop();
    if (this.load === 'loading') this.load = 'done';
    progress();
  }
}

async function fileInfo(id: number, path: string, kind: 'file' | 'replay', { source }: Capture): Promise<SessionInfo> {
  const size = await stat(path).then(
    (stats) => stats.size,
    () => null,
  );
  return { id, kind, path, name: basename(path), format: source.format, compression: source.compression, size };
}

/** The system does not let go of a FIFO that nobody writes to, but nobody has to wait for it: what it gives later is closed. */
async function unlessAborted(opening: OpenCapture, signal: AbortSignal): OpenCapture {
  const aborted = new Promise<null>((resolve) => {
    if (signal.aborted) resolve(null);
    else signal.addEventListener('abort', () => resolve(null), { once: true });
  });
  const first = await Promise.race([opening, aborted]);
  if (first) return first;
  void opening.then((late) => (late.ok ? late.value.close() : undefined));
  return fail('cancelled', 'Opening the capture was cancelled.');
}
