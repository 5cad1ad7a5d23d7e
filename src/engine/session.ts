import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { fail, ok, type Problem, type Result } from '../shared/base/result';
import type { LoadState, SessionInfo } from '../shared/contract/engine';
import { newStatistics } from './api/session-statistics';
import { Turn } from './budget';
import { Capture, type Watch } from './capture';
import { RowDissector } from './details/row-dissector';

/** Packets between two looks at the clock: about 2 ms, and 8 before the code is warm. */
const BATCH = 1024;

/** A capture as the window works with it: being read in turns, with its statistics and its second tier. */
export class Session {
  readonly info: SessionInfo;
  readonly capture: Capture;
  readonly dissector: RowDissector;
  readonly statistics = newStatistics();
  readonly following: boolean;
  load: LoadState = 'loading';
  readonly #cancel: AbortController;
  #reading: Promise<void> | null = null;

  private constructor(info: SessionInfo, capture: Capture, cancel: AbortController, following: boolean) {
    this.info = info;
    this.capture = capture;
    this.dissector = new RowDissector(capture);
    this.following = following;
    this.#cancel = cancel;
  }

  /** `cancel` ends the opening and, later, the reading. */
  static async open(id: number, path: string, follow: boolean, watch: Watch, cancel: AbortController): Promise<Result<Session>> {
    const { signal } = cancel;
    const opened = await unlessAborted(Capture.openFile(path, { follow, randomAccess: true, signal, watch }), signal);
    if (!opened.ok) return opened;
    const { source } = opened.value;
    const size = await stat(path).then(
      (stats) => stats.size,
      () => null,
    );
    const info = { id, path, name: basename(path), format: source.format, compression: source.compression, size };
    return ok(new Session(info, opened.value, cancel, follow));
  }

  /** Reads the capture to its end, in turns; `progress` is called after each batch. Never rejects. */
  read(progress: () => void): Promise<void> {
    this.#reading ??= this.#read(progress);
    return this.#reading;
  }

  /** Stops reading; what was read stays. */
  cancel(): void {
    if (this.load === 'loading') this.load = 'cancelled';
    this.#cancel.abort();
  }

  async close(): Promise<void> {
    this.cancel();
    await this.#reading;
    await this.capture.source.close();
  }

  get warnings(): readonly Problem[] {
    return this.capture.source.warnings;
  }

  async #read(progress: () => void): Promise<void> {
    const turn = new Turn();
    for (;;) {
      const batch = await this.capture.next(BATCH);
      if (!batch) break;
      const { packets } = this.capture.tables;
      this.statistics.addRows(packets, packets.count - batch.count, packets.count);
      progress();
      if (this.load !== 'loading') return;
      if (turn.over) await turn.next();
    }
    if (this.load === 'loading') this.load = 'done';
    progress();
  }
}

/** The system does not let go of a FIFO that nobody writes to, but nobody has to wait for it: what it gives later is closed. */
async function unlessAborted(opening: Promise<Result<Capture>>, signal: AbortSignal): Promise<Result<Capture>> {
  const aborted = new Promise<null>((resolve) => {
    if (signal.aborted) resolve(null);
    else signal.addEventListener('abort', () => resolve(null), { once: true });
  });
  const first = await Promise.race([opening, aborted]);
  if (first) return first;
  void opening.then((late) => (late.ok ? late.value.source.close() : undefined));
  return fail('cancelled', 'Opening the capture was cancelled.');
}
