import { statSync } from 'node:fs';
import { ok, type Problem, type Result } from '../../shared/base/result';
import type { HistoryCaptures, HistoryHost, HistoryKind, HistorySeries, HistorySeriesQuery } from '../../shared/contract/history';
import type { AlertStatus, Mute, NewMute } from '../../shared/model/alerts';
import { handle, handlingOf, removeOtherAlerts, saveAlert } from './alerts';
import { annotationsOf, saveComment, saveMarks } from './annotations';
import { finishCapture, isCurrent, openCapture } from './captures';
import { forgetSteps, openedBefore } from './clear';
import type { Connection } from './driver';
import { addMute, allMutes, countMuteHits, removeMute } from './mutes';
import { openDatabase } from './open-database';
import { capturesOf, hostOf, rememberedBefore, seenBefore, seriesOf } from './reading';
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
import type { StoreOperations } from './store';
import { RETENTION, type Retention, type SweepReport, sweepSteps } from './sweep';
import { addRollups, saveFlows } from './traffic';
import { MAX_LONG_TEXT, text } from './values';

/** Free pages given back to the system in one step. */
const VACUUM_PAGES = 2000;

/** All logic over one file, synchronous; it runs in the worker. Throws `SqlError`. Writes are to be called within `transaction`. */
export class Database implements StoreOperations {
  readonly path: string;
  readonly problems: readonly Problem[];
  readonly #connection: Connection;
  #retention: Retention;

  private constructor(path: string, connection: Connection, problems: readonly Problem[], retention: Retention) {
    this.path = path;
    this.#connection = connection;
    this.problems = problems;
    this.#retention = retention;
  }

  static open(path: string, at: number, retention: Partial<Retention> = {}): Result<Database> {
    const opened = openDatabase(path, at);
    return opened.ok ? ok(new Database(path, opened.value.connection, opened.value.problems, { ...RETENTION, ...retention })) : opened;
  }

  transaction<T>(work: () => T): T {
    return this.#connection.transaction(work);
  }

  captureOpened(identity: CaptureIdentity | null, facts: CaptureFacts, at: number): OpenedCapture {
    return openCapture(this.#connection, identity, facts, at);
  }

  captureFinished(recording: Recording, facts: CaptureFacts, complete: boolean): null {
    finishCapture(this.#connection, recording, facts, complete);
    return null;
  }

  alertsOf(captureId: number): ReadonlyMap<string, AlertHandling> {
    return handlingOf(this.#connection, captureId);
  }

  saveAlerts(captureId: number, rows: readonly StoredAlert[], all?: readonly string[]): null {
    if (all) removeOtherAlerts(this.#connection, captureId, all);
    for (const row of rows) saveAlert(this.#connection, captureId, row);
    return null;
  }

  handle(captureId: number, keys: readonly string[], status: AlertStatus, note: string, at: number): null {
    handle(this.#connection, captureId, keys, status, note, at);
    return null;
  }

  annotationsOf(captureId: number): StoredAnnotations {
    return annotationsOf(this.#connection, captureId);
  }

  saveMarks(captureId: number, chunks: readonly ChunkOfMarks[]): null {
    saveMarks(this.#connection, captureId, chunks);
    return null;
  }

  saveComment(captureId: number, packet: number, text: string): null {
    saveComment(this.#connection, captureId, packet, text);
    return null;
  }

  mutes(): readonly Mute[] {
    return allMutes(this.#connection);
  }

  addMute(mute: NewMute, at: number): Mute {
    return addMute(this.#connection, mute, at);
  }

  removeMute(id: number): null {
    removeMute(this.#connection, id);
    return null;
  }

  countMuteHits(ids: readonly number[]): null {
    countMuteHits(this.#connection, ids);
    return null;
  }

  getSetting(key: string): string | null {
    const row = this.#connection.get('SELECT value FROM settings WHERE key = ?', text(key));
    return row ? String(row.value) : null;
  }

  setSetting(key: string, value: string): null {
    this.#connection.run(
      'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
      text(key),
      text(value, MAX_LONG_TEXT),
    );
    return null;
  }

  addRollups(recording: Recording, rows: RollupRows): null {
    if (isCurrent(this.#connection, recording)) addRollups(this.#connection, recording.captureId, rows);
    return null;
  }

  saveFlows(recording: Recording, rows: FlowRows): null {
    if (isCurrent(this.#connection, recording)) saveFlows(this.#connection, recording.captureId, rows);
    return null;
  }

  captures(search: string, limit: number, now: number): HistoryCaptures {
    return capturesOf(this.#connection, search, limit, now);
  }

  host(address: string): HistoryHost {
    return hostOf(this.#connection, address);
  }

  series(query: HistorySeriesQuery): HistorySeries {
    return seriesOf(this.#connection, query);
  }

  rememberedBefore(before: number): RememberedTraffic | null {
    return rememberedBefore(this.#connection, before);
  }

  seenBefore(kind: HistoryKind, keys: readonly string[], before: number): boolean[] {
    return seenBefore(this.#connection, kind, keys, before);
  }

  info(): StoreInfo {
    const total = (of: string): number => Number(this.#connection.get(`SELECT count(*) AS n FROM ${of}`)?.n ?? 0);
    const oldest = this.#connection.get('SELECT min(first_opened_at) AS at FROM captures')?.at ?? null;
    return {
      path: this.path,
      bytes: ['', '-wal'].reduce((bytes, suffix) => bytes + (statSync(this.path + suffix, { throwIfNoEntry: false })?.size ?? 0), 0),
      quota: this.#retention.quota,
      captures: total('captures'),
      alerts: total('alerts'),
      flows: total('flows'),
      oldest: oldest === null ? null : Number(oldest),
      dropped: 0,
    };
  }

  retain(retention: Retention): null {
    this.#retention = retention;
    return null;
  }

  /** One small transaction at each `next`, so that others come between. */
  sweep(now: number): Generator<undefined, SweepReport> {
    return this.#inSteps(sweepSteps(this.#connection, this.#retention, now));
  }

  /** Like `sweep`; gives how many captures were forgotten. */
  clear(cutoff: number): Generator<undefined, number> {
    return this.#inSteps(forgetSteps(this.#connection, openedBefore(this.#connection, cutoff)));
  }

  forget(captureId: number): Generator<undefined, number> {
    return this.#inSteps(forgetSteps(this.#connection, [captureId]));
  }

  *#inSteps<T>(steps: Generator<undefined, T>): Generator<undefined, T> {
    for (;;) {
      const step = this.transaction(() => steps.next());
      if (step.done) {
        yield* this.#giveBack();
        return step.value;
      }
      yield;
    }
  }

  close(): void {
    this.#connection.close();
  }

  *#giveBack(): Generator<undefined> {
    let free = Number(this.#connection.pragma('freelist_count'));
    while (free > 0) {
      this.#connection.exec(`PRAGMA incremental_vacuum(${VACUUM_PAGES})`);
      const left = Number(this.#connection.pragma('freelist_count'));
      if (left >= free) break;
      free = left;
      yield;
    }
    this.#connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }
}
