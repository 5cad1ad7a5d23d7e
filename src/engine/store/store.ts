import type { Problem, Result } from '../../shared/base/result';
import type { HistoryCaptures, HistoryHost, HistoryKind, HistorySeries, HistorySeriesQuery } from '../../shared/contract/history';
import type { AlertStatus, Mute, NewMute } from '../../shared/model/alerts';
import type {
  AlertHandling,
  CaptureFacts,
  CaptureIdentity,
  ChunkOfMarks,
  FlowRows,
  OpenedCapture,
  Recording,
  RememberedTraffic,
  RollupRows,
  StoredAlert,
  StoredAnnotations,
  StoreInfo,
} from './records';
import type { Retention, SweepReport } from './sweep';

/** What the store does, as the database does it. `at` and `now` are epoch milliseconds of the wall clock. */
export interface StoreOperations {
  /** A file that was opened before is recognised; null identity (live, standard input) is always new. */
  captureOpened(identity: CaptureIdentity | null, facts: CaptureFacts, at: number): OpenedCapture;
  /** The capture was read; `complete`: its flows and roll-ups were saved from its first packet to its last. */
  captureFinished(recording: Recording, facts: CaptureFacts, complete: boolean): null;
  /** How alerts of the capture were handled, by key; those that nobody handled are not in it. */
  alertsOf(captureId: number): ReadonlyMap<string, AlertHandling>;
  /** Rows of the same key are replaced; `all`: keys of everything that was found; others, which an earlier analysis had found, are removed. Handling stays. */
  saveAlerts(captureId: number, rows: readonly StoredAlert[], all?: readonly string[]): null;
  handle(captureId: number, keys: readonly string[], status: AlertStatus, note: string, at: number): null;
  /** Marks and comments of the capture's packets. */
  annotationsOf(captureId: number): StoredAnnotations;
  /** Takes the place of what was kept of these chunks. */
  saveMarks(captureId: number, chunks: readonly ChunkOfMarks[]): null;
  /** '' removes it. */
  saveComment(captureId: number, packet: number, text: string): null;
  mutes(): readonly Mute[];
  addMute(mute: NewMute, at: number): Mute;
  removeMute(id: number): null;
  /** One hit for each time that an id is named. */
  countMuteHits(ids: readonly number[]): null;
  /** Null: never set. */
  getSetting(key: string): string | null;
  setSetting(key: string, value: string): null;
  /** Adds to what is stored of the same minute, kind and key. As `saveFlows` nothing where the capture was opened again meanwhile. */
  addRollups(recording: Recording, rows: RollupRows): null;
  saveFlows(recording: Recording, rows: FlowRows): null;
  /** The one opened last first, those whose path contains the words; alerts are counted as mutes stand `now`. */
  captures(search: string, limit: number, now: number): HistoryCaptures;
  /** `address` as it is kept. */
  host(address: string): HistoryHost;
  series(query: HistorySeriesQuery): HistorySeries;
  /** Null: no traffic from before `before`, epoch seconds, is remembered. */
  rememberedBefore(before: number): RememberedTraffic | null;
  /** For each key whether any capture had traffic of it before that. */
  seenBefore(kind: HistoryKind, keys: readonly string[], before: number): boolean[];
  info(): StoreInfo;
  /** From now on; the next sweep goes by it. */
  retain(retention: Retention): null;
}

type Asynchronous = {
  [K in keyof StoreOperations]: (...args: Parameters<StoreOperations[K]>) => Promise<Result<ReturnType<StoreOperations[K]>>>;
};

/**
 * What Portlight remembers, in a worker. Nothing rejects. A write's promise resolves when it is committed, which happens once each 250 ms;
 * nobody has to wait for it. Beyond a bound of rows under way, rows of alerts, flows and roll-ups are dropped with the problem 'store-busy'
 * and counted in `info`.
 */
export interface Store extends Asynchronous {
  readonly path: string;
  /** What happened at the opening: a damaged database was set aside. */
  readonly problems: readonly Problem[];
  /** Moves what is due to coarser roll-ups, removes what is too old or beyond the quota. The worker does it by itself each hour. */
  sweep(now: number): Promise<Result<SweepReport>>;
  /** Forgets captures that were last opened before this time, with what a person wrote of them; gives how many. Mutes and settings stay. */
  clear(cutoff: number): Promise<Result<number>>;
  /** Forgets one capture; gives 1. */
  forget(captureId: number): Promise<Result<number>>;
  /** Commits what waits and closes the file. Every later call gives the problem 'store-closed'. */
  close(): Promise<void>;
}
