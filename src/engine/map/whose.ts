import type { AddressIndex } from '../../shared/model/units';
import { Turn } from '../budget';
import type { LocalAddresses } from '../detectors/local-addresses';
import type { SessionTables } from '../session-tables';

/** Flows between two looks at the clock. */
export const STEP = 0xfff;
/** Of the flows without an address of ours, the part that one address must be an end of to stand for us. */
const BUSIEST_SHARE = 0.5;

/** Which addresses are ours. */
export interface Whose {
  /** Our address with the most flows; -1: none is in any. */
  readonly home: AddressIndex;
  readonly origin: 'own' | 'busiest';
  /** Addresses of ours in the flows, `home` included. */
  readonly count: number;
  /** Named addresses of ours in the flows, those with the most first. */
  readonly named: readonly AddressIndex[];
  isOurs(address: AddressIndex): boolean;
}

/**
 * Ours is what is private or named as own. Where no flow has such an address, the one that at least half of the flows have as an end stands
 * for us: somebody captured there. A public address that was named goes before private ones: it has a place. Works in turns.
 */
export async function findOurs(tables: SessionTables, flows: Uint32Array, local: LocalAddresses, signal: AbortSignal): Promise<Whose> {
  const counts = new Uint32Array(tables.addresses.count);
  const turn = new Turn();
  const count = (address: AddressIndex): void => {
    if (address < counts.length && !local.isGroup(address)) counts[address] = (counts[address] ?? 0) + 1;
  };
  for (let i = 0; i < flows.length && !signal.aborted; i++) {
    if ((i & STEP) === STEP && turn.over) await turn.next();
    const flow = flows[i] ?? 0;
    if (!tables.flows.has(flow)) continue;
    count(tables.flows.source(flow));
    count(tables.flows.destination(flow));
  }
  let ours = 0;
  const named: AddressIndex[] = [];
  let [own, busiest] = [-1, -1];
  const better = (address: number, than: number): number => (than < 0 || (counts[address] ?? 0) > (counts[than] ?? 0) ? address : than);
  for (let address = 0; address < counts.length && !signal.aborted; address++) {
    if ((address & STEP) === STEP && turn.over) await turn.next();
    if (counts[address] === 0) continue;
    if (!local.isLocal(address)) {
      busiest = better(address, busiest);
      continue;
    }
    ours++;
    if (local.isOwn(address)) named.push(address);
    else own = better(address, own);
  }
  const isLocal = (address: AddressIndex): boolean => local.isLocal(address) || local.isGroup(address);
  named.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0));
  if (ours > 0) return { home: named[0] ?? own, origin: 'own', count: ours, named, isOurs: isLocal };
  const home = busiest >= 0 && (counts[busiest] ?? 0) >= BUSIEST_SHARE * flows.length && flows.length > 1 ? busiest : -1;
  const isOurs = (address: AddressIndex): boolean => address === home || isLocal(address);
  return { home, origin: 'busiest', count: home < 0 ? 0 : 1, named, isOurs };
}
