import type { FlowSort, FlowWindow } from '../../shared/contract/engine';
import type { FlowRow } from '../../shared/model/records';
import type { FlowIndex } from '../../shared/model/units';
import type { Session } from '../session';
import { type FlowOrder, orderFlows } from '../view/flow-view';
import type { PacketView } from '../view/packet-view';
import { flowRow } from './flow-rows';

/** Windows of the sorted flow list: put in order once for all of them, as long as nothing changes. */
export class FlowWindows {
  /** The newest of everything and of what a filter shows, 4 MB each at most: whoever drops the filter has the former at once. */
  readonly #orders = new Map<'all' | 'shown', FlowOrder>();

  async rows(
    session: Session,
    view: PacketView,
    { from, count, sort, descending }: { from: number; count: number; sort: FlowSort; descending: boolean },
    signal: AbortSignal,
  ): Promise<FlowWindow> {
    const { tables, pipeline } = session.capture;
    const read = session.load === 'loading' ? tables.packets.count : '';
    const key = `${view.key} ${view.count} ${tables.flows.count} ${sort} ${descending} ${read} ${tables.processes?.state?.looks ?? 0}`;
    const which = view.isEverything ? 'all' : 'shown';
    let order = this.#orders.get(which);
    if (order?.key !== key) {
      order = await orderFlows(tables, (service) => pipeline.applications.protocolName(service), view, sort, descending, key, signal);
      // What an aborted question left half-done is nobody's order.
      if (!signal.aborted) this.#orders.set(which, order);
    }
    const rows: FlowRow[] = [];
    for (const flow of order.flows.subarray(from, from + count)) if (tables.flows.has(flow)) rows.push(rowOf(session, flow));
    return { filterId: view.id, from, rows, total: order.flows.length };
  }

  /** The session is closed. */
  close(): void {
    this.#orders.clear();
  }
}

/** Null where it is no longer kept. */
export const oneFlow = (session: Session | null, flow: FlowIndex): FlowRow | null =>
  session?.capture.tables.flows.has(flow) ? rowOf(session, flow) : null;

function rowOf({ capture: { tables, pipeline } }: Session, flow: FlowIndex): FlowRow {
  return flowRow(tables, (service) => pipeline.applications.protocolName(service), flow);
}
