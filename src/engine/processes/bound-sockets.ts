import type { AddressIndex } from '../../shared/model/units';
import type { SocketRecord } from '../sources/sockets/socket-snapshot';
import { type Holder, holderOf, isSame } from './holder';

/** Any address of the host. */
export const ANY: AddressIndex = -1;

const keyOf = (isUdp: boolean, address: AddressIndex, port: number): number => ((address + 1) * 65_536 + port) * 2 + (isUdp ? 1 : 0);

/** Sockets of one snapshot that take what comes from anybody: TCP listeners and UDP sockets without a peer. */
export class BoundSockets {
  /** null: nobody that is known, or programs that have nothing to do with each other. */
  readonly #holders = new Map<number, Holder | null>();

  /** `address`: ANY, or as the session numbers it. */
  add(socket: SocketRecord, address: AddressIndex): void {
    const key = keyOf(socket.transport === 'udp', address, socket.localPort);
    const holder = holderOf(socket);
    const before = this.#holders.get(key);
    if (before === undefined) this.#holders.set(key, holder);
    // Sockets that share a port: workers of one program, or programs of which the kernel chooses.
    else if (before?.name !== holder?.name || before === null || holder === null) this.#holders.set(key, null);
    else {
      const user = before.user === holder.user ? holder.user : null;
      this.#holders.set(key, { name: before.name, pids: [...new Set([...before.pids, ...holder.pids])], user });
    }
  }

  /** Who gets what comes to this address and port, here and in the snapshot before, all the time between them. */
  holder(before: BoundSockets, isUdp: boolean, address: AddressIndex, port: number): Holder | null {
    const now = this.#at(isUdp, address, port);
    const then = before.#at(isUdp, address, port);
    return now && then && isSame(now, then) ? now : null;
  }

  /** The socket at the address itself goes before one at any address. */
  #at(isUdp: boolean, address: AddressIndex, port: number): Holder | null {
    const own = this.#holders.get(keyOf(isUdp, address, port));
    return own === undefined ? (this.#holders.get(keyOf(isUdp, ANY, port)) ?? null) : own;
  }
}
