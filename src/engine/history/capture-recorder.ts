import { ok, type Problem, type Result } from '../../shared/base/result';
import { PacketFlag } from '../../shared/model/packet-flags';
import type { AddressIndex, Bytes } from '../../shared/model/units';
import { yieldTurn } from '../budget';
import type { Capture } from '../capture';
import { CHUNK_BITS, CHUNK_MASK, type ColumnChunk } from '../columns/column-chunk';
import { epochText } from '../columns/packet-table';
import type { CaptureFacts, FlowRows, Recording } from '../store/records';
import type { Store } from '../store/store';
import type { AlertOutbox } from './alert-outbox';
import { FlowOutbox } from './flow-outbox';
import { TrafficByMinute } from './traffic-by-minute';

/** Between two hand-overs of what is over, of the wall clock: as often as the store commits. */
const HAND_OVER_MS = 250;
/** Between two notes of how far it is: what a killed process says of a capture that goes on for days. */
const NOTE_MS = 5000;
/** Alerts of one message, a millisecond or two: those that change all the time wait for their turn. */
const ALERTS_A_MESSAGE = 64;
/** Messages with flows that may be under way: 32,768 rows, a quarter of a second of the store's time. Those that wait stay in the flow table. */
const MAX_UNDER_WAY = 8;

export type RecorderStore = Pick<Store, 'addRollups' | 'saveAlerts' | 'saveFlows' | 'captureFinished'>;

export interface RecorderOptions {
  readonly capture: Capture;
  /** File, or a name for what has none. */
  readonly path: string;
  readonly store: RecorderStore;
  readonly recording: Recording;
  readonly alerts: AlertOutbox;
  /** ISO 3166-1 alpha-2; null where it is not known (yet). */
  readonly countryOf: (address: AddressIndex) => string | null;
}

/**
 * Keeps the flows of a capture, its traffic by minute and its alerts while it is read. `advance` is called after each batch and never waits:
 * where the store is slower than the packets, rows are left out, the store counts them, and the capture stays incomplete, so that it is
 * recorded again when it is opened next.
 */
export class CaptureRecorder {
  readonly #capture: Capture;
  readonly #path: string;
  readonly #store: RecorderStore;
  readonly #recording: Recording;
  readonly #alerts: AlertOutbox;
  readonly #traffic: TrafficByMinute;
  readonly #flows: FlowOutbox;
  readonly #underWay = new Set<Promise<void>>();
  #problem: Problem | null = null;
  /** Next row. */
  #row = 0;
  #bytes: Bytes = 0;
  readonly #span = new TimeSpan();
  #handOverAt = performance.now() + HAND_OVER_MS;
  #noteAt = performance.now() + NOTE_MS;

  constructor({ capture, path, store, recording, alerts, countryOf }: RecorderOptions) {
    this.#capture = capture;
    this.#path = path;
    this.#alerts = alerts;
    this.#store = store;
    this.#recording = recording;
    this.#traffic = new TrafficByMinute(capture.tables, countryOf);
    this.#flows = new FlowOutbox(capture.tables, (service) => capture.pipeline.applications.protocolName(service));
  }

  /** Packets were added to the tables. */
  advance(): void {
    const { packets } = this.#capture.tables;
    this.#traffic.addRows(this.#row, packets.count);
    this.#count(this.#row, packets.count);
    this.#row = packets.count;
    for (const rows of this.#flows.endangered()) this.#sendFlows(rows);
    const over = performance.now() >= this.#handOverAt;
    if (over || this.#traffic.due) this.#sendTraffic(false);
    if (!over) return;
    this.#handOverAt = performance.now() + HAND_OVER_MS;
    this.#noteProgress();
    const alerts = this.#alerts.changed(ALERTS_A_MESSAGE);
    if (alerts.length > 0) this.#watch(this.#store.saveAlerts(this.#recording.captureId, alerts));
    if (this.#underWay.size >= MAX_UNDER_WAY) return;
    const ended = this.#flows.ended();
    if (ended) this.#sendFlows(ended);
  }

  /**
   * Nothing more is read; `wholly`: because the capture is over. Resolves when everything is kept, with the first problem that there was.
   * Where reading was given up, what was handed over stays until the capture is opened again.
   */
  async finish(wholly: boolean): Promise<Result<null>> {
    this.#sendTraffic(true);
    if (wholly) {
      for (const rows of this.#flows.rest()) {
        while (this.#underWay.size >= MAX_UNDER_WAY) await Promise.race(this.#underWay);
        if (this.#problem) break;
        this.#sendFlows(rows);
        await yieldTurn();
      }
    }
    await Promise.all(this.#underWay);
    const finished = await this.#store.captureFinished(this.#recording, this.#facts(), wholly && this.#problem === null);
    if (this.#problem) return { ok: false, problem: this.#problem };
    return finished.ok ? ok(null) : finished;
  }

  #noteProgress(): void {
    if (performance.now() < this.#noteAt) return;
    this.#noteAt = performance.now() + NOTE_MS;
    // Where it is not kept, the next one or the end says more.
    void this.#store.captureFinished(this.#recording, this.#facts(), false);
  }

  #facts(): CaptureFacts {
    const { packets, flows } = this.#capture.tables;
    const [firstEpoch, lastEpoch] = this.#span.texts(packets.startSecond);
    return { path: this.#path, packets: packets.count, bytes: this.#bytes, firstEpoch, lastEpoch, flows: flows.count };
  }

  #sendTraffic(all: boolean): void {
    const rows = this.#traffic.take(all);
    if (rows) this.#watch(this.#store.addRollups(this.#recording, rows));
  }

  #sendFlows(rows: FlowRows): void {
    this.#watch(this.#store.saveFlows(this.#recording, rows));
  }

  #watch(writing: Promise<Result<null>>): void {
    const watched = writing.then((written) => {
      if (!written.ok) this.#problem ??= written.problem;
      this.#underWay.delete(watched);
    });
    this.#underWay.add(watched);
  }

  #count(from: number, to: number): void {
    const { packets } = this.#capture.tables;
    const span = this.#span;
    for (let row = from; row < to; row++) {
      const p = row & CHUNK_MASK;
      const chunk = packets.chunks[row >> CHUNK_BITS] as ColumnChunk;
      this.#bytes += chunk.length[p] ?? 0;
      if (((chunk.flags[p] ?? 0) & PacketFlag.Time) !== 0) span.add(chunk.seconds[p] ?? 0, chunk.nanoseconds[p] ?? 0);
    }
  }
}

/** The earliest and the latest of times, exactly. */
class TimeSpan {
  #empty = true;
  #firstSecond = 0;
  #firstNanosecond = 0;
  #lastSecond = 0;
  #lastNanosecond = 0;

  add(second: number, nanosecond: number): void {
    if (this.#empty || second < this.#firstSecond || (second === this.#firstSecond && nanosecond < this.#firstNanosecond)) {
      this.#firstSecond = second;
      this.#firstNanosecond = nanosecond;
    }
    if (this.#empty || second > this.#lastSecond || (second === this.#lastSecond && nanosecond > this.#lastNanosecond)) {
      this.#lastSecond = second;
      this.#lastNanosecond = nanosecond;
    }
    this.#empty = false;
  }

  /** As epoch seconds, where the times count from `start`; '' where there is none. */
  texts(start: number): readonly [string, string] {
    if (this.#empty) return ['', ''];
    return [epochText(start + this.#firstSecond, this.#firstNanosecond), epochText(start + this.#lastSecond, this.#lastNanosecond)];
  }
}
