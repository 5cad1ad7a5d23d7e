import type { AddressIndex } from '../../shared/model/units';
import { Turn } from '../budget';
import { AddressKind, type AddressTable } from '../columns/address-table';
import type { FlowTable } from '../flows/flow-table';

/** Hosts that a list holds: with their numbers and their order some 10 MB. More than anybody reads; a flood of forged sources has millions. */
export const MAX_HOSTS = 65_536;
const MAX_COUNT = 0xffffffff;
const HALF = 0x10000;
/** Between two looks at the clock. */
const STEP = 0x1fff;

export interface HostSlots {
  /** Of each slot its address, in rising order of index. */
  readonly chosen: Uint32Array;
  /** Slot of an address; -1: it has none. */
  slotOf(address: AddressIndex): number;
  /** IP addresses of all kept flows, and of the alerts. */
  readonly hosts: number;
}

const isIp = (addresses: AddressTable, address: AddressIndex): boolean => addresses.kind(address) > AddressKind.Mac;

/**
 * Gives a slot to each IP address of the kept flows. Where there are more than `limit`, those in `wanted` come first, then those with the most
 * packets, of equals those that were seen first. Takes four bytes for each interned address. Works in turns; half-done when aborted.
 */
export async function chooseHosts(
  addresses: AddressTable,
  flows: FlowTable,
  wanted: ReadonlySet<AddressIndex>,
  signal: AbortSignal,
  limit = MAX_HOSTS,
): Promise<HostSlots> {
  const turn = new Turn();
  // First packets by address, 0: not a host; then slot + 1.
  const marks = new Uint32Array(addresses.count);
  const count = (address: AddressIndex, packets: number): void => {
    if (address < marks.length && isIp(addresses, address)) marks[address] = Math.min(MAX_COUNT - 1, (marks[address] ?? 0) + packets);
  };
  for (let flow = flows.oldest; flow < flows.count && !signal.aborted; flow++) {
    if (flows.has(flow)) {
      const packets = flows.packets(flow, 0) + flows.packets(flow, 1);
      count(flows.source(flow), packets);
      count(flows.destination(flow), packets);
    }
    if ((flow & STEP) === STEP && turn.over) await turn.next();
  }
  for (const address of wanted) if (address < marks.length && isIp(addresses, address)) marks[address] = MAX_COUNT;
  const bound = await leastOfGreatest(marks, limit, turn);
  const chosen = new Uint32Array(Math.min(limit, bound.total));
  let above = bound.above;
  let used = 0;
  for (let address = 0; address < marks.length; address++) {
    const packets = marks[address] ?? 0;
    // Of those at the bound the first ones fill what those above it leave.
    const isChosen = packets > bound.value || (packets === bound.value && packets > 0 && chosen.length - used > above);
    if (packets > bound.value) above--;
    if (isChosen) chosen[used] = address;
    marks[address] = isChosen ? ++used : 0;
    if ((address & STEP) === STEP && turn.over) await turn.next();
  }
  return { chosen, hosts: bound.total, slotOf: (address) => (marks[address] ?? 0) - 1 };
}

interface Bound {
  /** The least value among the `limit` greatest; 0 where there are no more. */
  readonly value: number;
  /** Values greater than it. */
  readonly above: number;
  /** Values above 0. */
  readonly total: number;
}

/** By counting the upper, then the lower halves of the numbers: no sorting of millions. */
async function leastOfGreatest(values: Uint32Array, limit: number, turn: Turn): Promise<Bound> {
  const upper = new Uint32Array(HALF);
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    if (value !== 0) {
      total++;
      upper[value >>> 16] = (upper[value >>> 16] ?? 0) + 1;
    }
    if ((i & STEP) === STEP && turn.over) await turn.next();
  }
  if (total <= limit) return { value: 0, above: total, total };
  let above = 0;
  let high = HALF - 1;
  while (above + (upper[high] ?? 0) < limit) above += upper[high--] ?? 0;
  const lower = new Uint32Array(HALF);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    if (value !== 0 && value >>> 16 === high) lower[value & 0xffff] = (lower[value & 0xffff] ?? 0) + 1;
    if ((i & STEP) === STEP && turn.over) await turn.next();
  }
  let low = HALF - 1;
  while (above + (lower[low] ?? 0) < limit) above += lower[low--] ?? 0;
  return { value: high * HALF + low, above, total };
}
