import type { Listener } from '../../shared/contract/processes';
import type { SocketRecord, SocketSnapshot } from '../sources/sockets/socket-snapshot';
import { holderOf, onlyPid } from './holder';

/** A server has some dozens; UDP sockets of clients come and go. */
const MAX_LISTENERS = 4096;

interface Known {
  readonly transport: Listener['transport'];
  readonly address: string | null;
  readonly port: number;
  readonly process: string | null;
  pid: number | null;
  readonly user: string | null;
  readonly first: number;
  last: number;
  /** Snapshots that had it. */
  times: number;
}

/** Ports that the watched host listens on, and those that it listened on. */
export class Listeners {
  readonly #known = new Map<string, Known>();
  #newest = 0;

  take({ time, sockets }: SocketSnapshot): void {
    this.#newest = time;
    for (const socket of sockets) if (takesFromAnybody(socket)) this.#see(socket, time);
  }

  /** UDP sockets that one snapshot alone had are left out: a client's that waited for its answer looks the same. In order of ports. */
  list(): Listener[] {
    return [...this.#known.values()]
      .filter(({ transport, times }) => transport === 'tcp' || times > 1)
      .map(({ times: _, ...known }) => ({ ...known, open: known.last === this.#newest }))
      .sort((a, b) => a.port - b.port || a.transport.localeCompare(b.transport) || (a.address ?? '').localeCompare(b.address ?? ''));
  }

  #see(socket: SocketRecord, time: number): void {
    const { transport, localAddress, localPort, user } = socket;
    const holder = holderOf(socket);
    const key = `${transport} ${localAddress ?? '*'} ${localPort} ${user ?? ''} ${holder?.name ?? ''}`;
    const pid = holder && (onlyPid(holder) || null);
    const known = this.#known.get(key);
    if (known === undefined) {
      if (this.#known.size >= MAX_LISTENERS && !this.#dropOldest(time)) return;
      const process = holder?.name ?? null;
      const known = { transport, address: localAddress, port: localPort, process, pid, user, first: time, last: time, times: 1 };
      this.#known.set(key, known);
      return;
    }
    // Several sockets of one snapshot are one listener with workers.
    if (known.last === time && known.pid !== pid) known.pid = null;
    else known.pid = pid;
    if (known.last !== time) known.times++;
    known.last = time;
  }

  /** False where all are open. */
  #dropOldest(time: number): boolean {
    let oldest: string | null = null;
    let last = time;
    for (const [key, known] of this.#known) {
      if (known.last >= last) continue;
      oldest = key;
      last = known.last;
    }
    return oldest !== null && this.#known.delete(oldest);
  }
}

/** TCP listeners, and UDP sockets without a peer. */
export const takesFromAnybody = ({ transport, state, peerAddress, peerPort }: SocketRecord): boolean =>
  transport === 'tcp' ? state === 'LISTEN' : peerAddress === null && peerPort === null;
