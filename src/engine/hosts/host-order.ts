import type { HostSort } from '../../shared/contract/hosts';
import { Turn } from '../budget';
import { sortInTurns } from '../view/sort-in-turns';
import type { HostContext } from './host-context';
import type { HostCounters } from './host-counters';
import { bestName, riskOf } from './host-rows';

type Key = number | string;

/** Of a host without the value that is sorted by. */
const UNKNOWN: Key = '';
const STEP = 0xff;
/** More than any capture has; a hundred times as much is still a whole number. */
const PACKETS = 2 ** 45;

/** Slots that `text` takes and `shown` (null: all) has, in the order of `sort`; equal ones by address. Works in turns; half-done when aborted. */
export async function orderHosts(
  context: HostContext,
  counters: HostCounters,
  { text, shown, sort, descending }: { text: string; shown: Uint8Array | null; sort: HostSort; descending: boolean },
  signal: AbortSignal,
): Promise<Uint32Array> {
  const turn = new Turn();
  const words = text.trim().toLowerCase();
  const keyOf = sortKey(context, counters, sort);
  const slots: number[] = [];
  const keys: Key[] = [];
  const addresses: string[] = [];
  for (let slot = 0; slot < counters.size && !signal.aborted; slot++) {
    if ((slot & STEP) === STEP && turn.over) await turn.next();
    if (shown && shown[slot] !== 1) continue;
    if (words !== '' && !mentions(context, counters, slot, words)) continue;
    slots.push(slot);
    keys.push(keyOf(slot));
    addresses.push(context.tables.addresses.sortKey(counters.address(slot)));
  }
  const direction = descending ? -1 : 1;
  const compare = (a: number, b: number): number => {
    const x = keys[a] ?? UNKNOWN;
    const y = keys[b] ?? UNKNOWN;
    // Not numbered by chance: the same hosts stand in the same order in every session.
    if (x === y) return (addresses[a] ?? '') < (addresses[b] ?? '') ? -1 : 1;
    if (x === UNKNOWN || y === UNKNOWN) return x === UNKNOWN ? 1 : -1;
    return x < y ? -direction : direction;
  };
  const order = await sortInTurns(slots.length, compare, signal);
  return order.map((i) => slots[i] ?? 0);
}

/** 'country:de', 'city:berlin': exactly there. */
const PLACED = /^(country|city):\s*(.+)$/;

function mentions(context: HostContext, counters: HostCounters, slot: number, words: string): boolean {
  const address = counters.address(slot);
  const [, part, name] = PLACED.exec(words) ?? [];
  if (part !== undefined) return context.place(address)[part === 'city' ? 'city' : 'country']?.toLowerCase() === name;
  if (context.tables.addresses.text(address).includes(words)) return true;
  if (
    bestName(context, address, counters.calledName[slot] ?? -1)
      .toLowerCase()
      .includes(words)
  )
    return true;
  const { country, city, network } = context.place(address);
  return [country, city, network?.organisation].some((each) => each?.toLowerCase().includes(words));
}

function sortKey(context: HostContext, counters: HostCounters, sort: HostSort): (slot: number) => Key {
  const sum = (a: ArrayLike<number>, b: ArrayLike<number>) => (slot: number) => (a[slot] ?? 0) + (b[slot] ?? 0);
  switch (sort) {
    case 'risk': {
      const packets = sum(counters.packetsSent, counters.packetsReceived);
      // Most hosts have none: of equal risks the one with more packets is looked for first.
      return (slot) => riskOf(context, counters, slot) * PACKETS + Math.min(packets(slot), PACKETS - 1);
    }
    case 'address':
      return (slot) => context.tables.addresses.sortKey(counters.address(slot));
    case 'name':
      return (slot) => bestName(context, counters.address(slot), counters.calledName[slot] ?? -1).toLowerCase();
    case 'country':
      return (slot) => context.place(counters.address(slot)).country ?? UNKNOWN;
    case 'organisation':
      return (slot) => context.place(counters.address(slot)).network?.organisation.toLowerCase() ?? UNKNOWN;
    case 'flows':
      return sum(counters.flowsBegun, counters.flowsTo);
    case 'packets':
      return sum(counters.packetsSent, counters.packetsReceived);
    case 'bytes':
      return sum(counters.bytesSent, counters.bytesReceived);
    case 'alerts':
      return sum(counters.alertsFrom, counters.alertsTo);
    case 'firstTime':
      return (slot) => counters.firstTime[slot] ?? 0;
    case 'lastTime':
      return (slot) => counters.lastTime[slot] ?? 0;
  }
}
