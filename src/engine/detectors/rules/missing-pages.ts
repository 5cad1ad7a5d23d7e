import type { AddressIndex, FlowIndex, Nanoseconds, PacketIndex } from '../../../shared/model/units';
import type { Alert } from '../alert';
import type { MessageFacts } from '../facts';
import { LruMap } from '../lru-map';

/** Clients with a server that are remembered, 0.5 KB each at most. */
const MAX_ENDS = 4096;
const ROWS = 32;
/** Time in which answers are counted together. */
const WINDOW: Nanoseconds = 30 * 1_000_000_000;
/** Part of the answers that say that there is nothing: who follows links finds something now and then. */
const MIN_SHARE = 0.9;
/** Address indexes are far below. */
const ADDRESSES = 2 ** 26;

/** What a server answered one client lately. */
export interface Guesser {
  readonly client: AddressIndex;
  readonly server: AddressIndex;
  since: Nanoseconds;
  missing: number;
  others: number;
  rows: PacketIndex[];
  flows: FlowIndex[];
  alert: Alert | null;
}

/** Clients that ask for one thing after another that is not there: they go through a list of names. */
export class MissingPages {
  readonly #ends = new LruMap<number, Guesser>(MAX_ENDS);

  /** Takes an answer's status; gives its client where answers of `least` or more in the window were nearly all 404, else null. */
  add({ number: status, source: server, destination: client, now, row, flow }: MessageFacts, least: number): Guesser | null {
    const key = client * ADDRESSES + server;
    const known = this.#ends.touch(key);
    if (status !== 404) {
      if (known) known.others++;
      return null;
    }
    const guesser = known ?? { client, server, since: now, missing: 0, others: 0, rows: [], flows: [], alert: null };
    if (!known) this.#ends.set(key, guesser);
    if (now - guesser.since > WINDOW) {
      guesser.since = now;
      guesser.missing = 0;
      guesser.others = 0;
      guesser.rows = [];
      guesser.flows = [];
    }
    guesser.missing++;
    if (guesser.rows.length < ROWS) {
      guesser.rows.push(row);
      guesser.flows.push(flow);
    }
    const { missing, others } = guesser;
    return missing >= least && missing >= (missing + others) * MIN_SHARE ? guesser : null;
  }
}
