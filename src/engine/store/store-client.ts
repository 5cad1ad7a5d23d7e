import { ok, type Problem, ProblemError, type Result } from '../../shared/base/result';
import { RpcClient } from '../../shared/rpc/client';
import type { RpcPort } from '../../shared/rpc/port';
import type { Store, StoreOperations } from './store';
import { CLOSED } from './store-host';
import type { SweepReport } from './sweep';

type Calls = {
  [K in keyof StoreOperations]: { args: Parameters<StoreOperations[K]>; result: ReturnType<StoreOperations[K]> };
} & {
  sweep: { args: [now: number]; result: SweepReport };
  clear: { args: [cutoff: number]; result: number };
  forget: { args: [captureId: number]; result: number };
  close: { args: []; result: null };
};

/** Rows of alerts, flows and roll-ups that may be under way: some 20 MB, seconds of a slow disk. */
const MAX_ROWS = 200_000;
/** Calls under way: the other end takes 256. Those of a person have the rest. */
const MAX_CALLS = 250;
const MAX_ROW_CALLS = 200;

const BUSY: Problem = {
  code: 'store-busy',
  sentence: 'The disk is too slow to keep everything: rows of the history were left out.',
  next: 'What is shown is complete. A faster disk, or another folder by PORTLIGHT_DATA, keeps up.',
};

/** The engine's end. Structured-clone is the only cost on the engine's thread. */
export class StoreClient implements Store {
  readonly path: string;
  readonly problems: readonly Problem[];
  readonly #rpc: RpcClient<Calls, Record<string, never>>;
  #gone: Problem | null = null;
  #calls = 0;
  #rows = 0;
  #dropped = 0;
  readonly #onClose: () => Promise<unknown>;

  constructor(path: string, problems: readonly Problem[], port: RpcPort, onClose: () => Promise<unknown>) {
    this.path = path;
    this.problems = problems;
    this.#rpc = new RpcClient(port);
    this.#onClose = onClose;
  }

  captureOpened: Store['captureOpened'] = (...args) => this.#ask('captureOpened', args);
  captureFinished: Store['captureFinished'] = (...args) => this.#ask('captureFinished', args);
  alertsOf: Store['alertsOf'] = (...args) => this.#ask('alertsOf', args);
  handle: Store['handle'] = (...args) => this.#ask('handle', args);
  annotationsOf: Store['annotationsOf'] = (...args) => this.#ask('annotationsOf', args);
  saveMarks: Store['saveMarks'] = (...args) => this.#ask('saveMarks', args);
  saveComment: Store['saveComment'] = (...args) => this.#ask('saveComment', args);
  mutes: Store['mutes'] = () => this.#ask('mutes', []);
  addMute: Store['addMute'] = (...args) => this.#ask('addMute', args);
  removeMute: Store['removeMute'] = (...args) => this.#ask('removeMute', args);
  countMuteHits: Store['countMuteHits'] = (...args) => this.#ask('countMuteHits', args);
  getSetting: Store['getSetting'] = (...args) => this.#ask('getSetting', args);
  setSetting: Store['setSetting'] = (...args) => this.#ask('setSetting', args);
  retain: Store['retain'] = (...args) => this.#ask('retain', args);
  sweep: Store['sweep'] = (...args) => this.#ask('sweep', args);
  clear: Store['clear'] = (...args) => this.#ask('clear', args);
  forget: Store['forget'] = (...args) => this.#ask('forget', args);
  captures: Store['captures'] = (...args) => this.#ask('captures', args);
  host: Store['host'] = (...args) => this.#ask('host', args);
  series: Store['series'] = (...args) => this.#ask('series', args);
  rememberedBefore: Store['rememberedBefore'] = (...args) => this.#ask('rememberedBefore', args);
  seenBefore: Store['seenBefore'] = (...args) => this.#ask('seenBefore', args);

  saveAlerts: Store['saveAlerts'] = (...args) => this.#askRows('saveAlerts', args, args[1].length + (args[2] ? 1 : 0));
  addRollups: Store['addRollups'] = (...args) => this.#askRows('addRollups', args, args[1].bucket.length);
  saveFlows: Store['saveFlows'] = (...args) => this.#askRows('saveFlows', args, args[1].index.length);

  info: Store['info'] = async () => {
    const info = await this.#ask('info', []);
    return info.ok ? ok({ ...info.value, dropped: this.#dropped }) : info;
  };

  async close(): Promise<void> {
    if (this.#gone) return;
    const closing = this.#ask('close', []);
    this.#gone = CLOSED;
    await closing;
    await this.#onClose();
  }

  /** The worker ended without being asked to. */
  lost(reason: string): void {
    if (this.#gone) return;
    this.#gone = {
      code: 'store-lost',
      sentence: `The part that keeps the history stopped: ${reason}.`,
      next: 'Start Portlight again. What was stored before is kept.',
    };
    this.#rpc.fail(this.#gone.code, this.#gone.sentence);
  }

  async #askRows(name: 'saveAlerts' | 'addRollups' | 'saveFlows', args: Calls[typeof name]['args'], rows: number): Promise<Result<null>> {
    if (rows === 0) return ok(null);
    // A single call beyond the bound is taken when nothing else is under way.
    if (this.#calls >= MAX_ROW_CALLS || (this.#rows > 0 && this.#rows + rows > MAX_ROWS)) {
      this.#dropped += rows;
      return { ok: false, problem: BUSY };
    }
    this.#rows += rows;
    const answer = await this.#ask(name, args);
    this.#rows -= rows;
    return answer;
  }

  async #ask<K extends keyof Calls>(name: K, args: Calls[K]['args']): Promise<Result<Calls[K]['result']>> {
    if (this.#gone) return { ok: false, problem: this.#gone };
    if (this.#calls >= MAX_CALLS) return { ok: false, problem: BUSY };
    this.#calls++;
    try {
      return ok(await this.#rpc.call(name, args));
    } catch (error) {
      if (error instanceof ProblemError) return { ok: false, problem: error.problem };
      throw error;
    } finally {
      this.#calls--;
    }
  }
}
