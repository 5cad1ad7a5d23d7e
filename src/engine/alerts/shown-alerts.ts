import { PacketFlag } from '../../shared/model/packet-flags';
import type { AddressIndex, PacketIndex } from '../../shared/model/units';
import { NONE_32 } from '../../shared/model/units';
import { Turn } from '../budget';
import { CHUNK_MASK } from '../columns/column-chunk';
import { type Alert, MAX_EVIDENCE_ROWS } from '../detectors/alert';
import type { AlertBook } from '../detectors/alert-book';
import type { FlowTable } from '../flows/flow-table';
import type { Session } from '../session';
import type { SessionTables } from '../session-tables';
import { KeptAnswer } from '../view/kept-answer';
import type { PacketView } from '../view/packet-view';
import { FlowSpans } from './flow-spans';

const STEP = 0x3fff;
const NONE: ReadonlySet<number> = new Set();

/** The shown packets, as far as alerts ask for them. */
export interface ShownPackets {
  has(row: PacketIndex): boolean;
  readonly spans: FlowSpans;
}

/**
 * Ids of the alerts that filter and time range show. An alert is shown where one of its packets is, or where one of its flows has shown packets
 * that are not all before it began or after it ended. Its packets and flows are its evidence and that of the alerts under it; of an alert that
 * has more evidence than is kept also the flows between its ends.
 */
export function findShownAlerts(flows: FlowTable, alerts: readonly Alert[], shown: ShownPackets): Set<number> {
  const found = new Set<number>();
  const unsure = new Map<string, Alert[]>();
  for (const alert of alerts) {
    const top = alert.parent ?? alert;
    if (found.has(top.id)) continue;
    const { rows, flows: evidence, time, lastTime } = alert;
    if (rows.some((row) => shown.has(row)) || evidence.some((flow) => shown.spans.touches(flow, time, lastTime))) {
      found.add(top.id);
    } else if (rows.length >= MAX_EVIDENCE_ROWS || evidence.length >= MAX_EVIDENCE_ROWS) {
      const key = endsKey(alert.source, alert.target);
      const same = unsure.get(key);
      if (same) same.push(alert);
      else unsure.set(key, [alert]);
    }
  }
  if (unsure.size === 0) return found;
  for (const flow of shown.spans.flows()) {
    if (!flows.has(flow)) continue;
    const a = flows.source(flow);
    const b = flows.destination(flow);
    for (const key of [endsKey(a, b), endsKey(b, a), endsKey(a, -1), endsKey(b, -1), endsKey(-1, a), endsKey(-1, b)]) {
      for (const alert of unsure.get(key) ?? []) {
        const top = alert.parent ?? alert;
        if (!found.has(top.id) && isAtPort(flows, flow, alert) && shown.spans.touches(flow, alert.time, alert.lastTime)) found.add(top.id);
      }
    }
  }
  return found;
}

const endsKey = (source: AddressIndex, target: AddressIndex): string => `${source} ${target}`;

const isAtPort = (flows: FlowTable, flow: number, { targetPort }: Alert): boolean =>
  targetPort === null || flows.destinationPort(flow) === targetPort || flows.sourcePort(flow) === targetPort;

/** First and last times of the flows of what the view shows. Works in turns; half-done when aborted. */
async function spansOf({ packets, flows }: SessionTables, view: PacketView, signal: AbortSignal): Promise<FlowSpans> {
  const spans = new FlowSpans(flows.count);
  const turn = new Turn();
  for (let position = 0; position < view.count && !signal.aborted; position++) {
    if ((position & STEP) === STEP && turn.over) await turn.next();
    const row = view.row(position);
    if (!packets.has(row)) continue;
    const chunk = packets.chunkOf(row);
    const p = row & CHUNK_MASK;
    const flow = chunk.flow[p] ?? NONE_32;
    if (flow !== NONE_32 && (chunk.flags[p] ?? 0) & PacketFlag.Time) spans.add(flow, packets.time(row));
  }
  return spans;
}

interface ShownAlertsParts {
  readonly session: () => Session | null;
  readonly view: () => PacketView | null;
}

/** Which alerts of the open session filter and time range show: counted once for a filter, a number of packets and a state of the alerts. */
export class ShownAlerts {
  readonly #parts: ShownAlertsParts;
  readonly #spans = new KeptAnswer<FlowSpans>();
  #found: { readonly spans: FlowSpans; readonly revision: number; readonly ids: ReadonlySet<number> } | null = null;

  constructor(parts: ShownAlertsParts) {
    this.#parts = parts;
  }

  /** The session is closed. */
  close(): void {
    this.#spans.clear();
    this.#found = null;
  }

  /** Null: all of them. */
  async ids(): Promise<ReadonlySet<number> | null> {
    const session = this.#parts.session();
    const view = this.#parts.view();
    const detection = session?.capture.detection;
    if (!session || !view || !detection || view.isEverything) return null;
    if (detection.book.alerts.length === 0) return NONE;
    const grows = session.load === 'loading' || view.scanning;
    const { tables } = session.capture;
    const key = `${session.info.id} ${view.id} ${grows ? '' : `${view.count} ${tables.packets.count}`}`;
    const spans = await this.#spans.get(key, grows, (signal) => spansOf(tables, view, signal));
    return this.#find(tables, view, detection.book, spans);
  }

  #find({ flows }: SessionTables, view: PacketView, { alerts, revision }: AlertBook, spans: FlowSpans): ReadonlySet<number> {
    if (this.#found?.spans !== spans || this.#found.revision !== revision) {
      const has = (row: PacketIndex): boolean => view.row(view.position(row)) === row;
      this.#found = { spans, revision, ids: findShownAlerts(flows, alerts, { has, spans }) };
    }
    return this.#found.ids;
  }
}
