import { AddressKind } from '../../shared/model/addresses';
import { hasPorts } from '../../shared/model/ip-protocols';
import type { AddressIndex } from '../../shared/model/units';
import { Turn } from '../budget';
import type { LocalAddresses } from '../detectors/local-addresses';
import { Outcome, outcomeOf } from '../hosts/flow-outcome';
import type { SessionTables } from '../session-tables';

const STEP = 0xfff;
/** Hosts that can be chosen from: more are no choice. */
const MAX_HOSTS = 200;

export interface FoundHost {
  readonly address: AddressIndex;
  readonly local: boolean;
  readonly answered: number;
  readonly flows: number;
}

/** Hosts that answered or refused, at most 200: those of the watched machine, one's own and local ones first, then the most flows. */
export async function watchedHosts(
  { flows, addresses }: SessionTables,
  shown: Uint32Array,
  local: LocalAddresses,
  isWatched: (address: AddressIndex) => boolean,
  signal: AbortSignal,
): Promise<{ readonly hosts: readonly FoundHost[]; readonly count: number }> {
  const tried = new Uint32Array(addresses.count);
  const answered = new Uint32Array(addresses.count);
  const refused = new Uint32Array(addresses.count);
  const turn = new Turn();
  for (const [i, flow] of shown.entries()) {
    if (signal.aborted) break;
    if ((i & STEP) === STEP && turn.over) await turn.next();
    if (!flows.has(flow) || !hasPorts(flows.protocol(flow))) continue;
    const host = flows.destination(flow);
    const outcome = outcomeOf(flows, flow);
    tried[host] = (tried[host] ?? 0) + 1;
    if (outcome === Outcome.Answered) answered[host] = (answered[host] ?? 0) + 1;
    else if (outcome === Outcome.Refused) refused[host] = (refused[host] ?? 0) + 1;
  }
  const found: (FoundHost & { readonly rank: number })[] = [];
  for (let address = 0; address < tried.length && !signal.aborted; address++) {
    if ((address & STEP) === STEP && turn.over) await turn.next();
    const replies = (answered[address] ?? 0) + (refused[address] ?? 0);
    if (replies === 0 || addresses.kind(address) === AddressKind.Mac || local.isGroup(address)) continue;
    const isLocal = local.isLocal(address);
    const rank = isWatched(address) ? 3 : local.isOwn(address) ? 2 : isLocal ? 1 : 0;
    found.push({ address, local: isLocal, answered: answered[address] ?? 0, flows: tried[address] ?? 0, rank });
  }
  found.sort((a, b) => b.rank - a.rank || b.answered - a.answered || b.flows - a.flows || a.address - b.address);
  return { hosts: found.slice(0, MAX_HOSTS), count: found.length };
}
