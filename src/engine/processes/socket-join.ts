import type { AddressIndex, FlowIndex, Nanoseconds } from '../../shared/model/units';
import type { AddressTable } from '../columns/address-table';
import type { PacketTable } from '../columns/packet-table';
import { parseAddress } from '../filter/address-value';
import { FlowEnd, FlowState } from '../flows/flow-state';
import type { FlowTable } from '../flows/flow-table';
import type { SocketRecord, SocketState } from '../sources/sockets/socket-snapshot';
import { ANY, BoundSockets } from './bound-sockets';
import { type End, FlowSockets } from './flow-sockets';
import { type Holder, holderOf, onlyPid } from './holder';
import { takesFromAnybody } from './listeners';
import type { NameTable } from './name-table';

const TCP = 6;
const UDP = 17;
const NOWHERE: AddressIndex = -2;
/** Flows that one look may try on the host's bound sockets, the newest: some 0.2 s, in turns. */
const MAX_TRIED = 262_144;
/** Sockets or flows between two looks at the clock: less than a millisecond. */
const STEP = 0xff;
const BOTH_ENDS = [0, 1] as const;
const RESPONDER = [1] as const;
/** States in which a TCP socket is closing or closed, so that its flow may be over. */
const CLOSING: ReadonlySet<SocketState> = new Set(['FIN-WAIT-1', 'FIN-WAIT-2', 'TIME-WAIT', 'CLOSE-WAIT', 'LAST-ACK', 'CLOSING']);

/** Of the session. */
export interface Tables {
  readonly packets: PacketTable;
  readonly addresses: AddressTable;
  readonly flows: FlowTable;
}

/** Joins the sockets of each look to the flows of one session. */
export class SocketJoin {
  readonly found: FlowSockets;
  /** Looks that were joined. */
  looks = 0;
  readonly #tables: Tables;
  readonly #names: NameTable;
  /** Of the last look, as they came: their addresses may get their numbers by later packets. */
  #bound: readonly SocketRecord[] = [];
  /** Flows that had begun when the last look and the one before were joined, and the newest packet at the last. */
  #begun: readonly [number, number] = [0, 0];
  #newest: Nanoseconds = 0;

  constructor(tables: Tables, names: NameTable) {
    this.#tables = tables;
    this.#names = names;
    this.found = new FlowSockets(names, tables.flows.capacity);
  }

  /** In steps, so that others can have their turn; one look after the other. `ownAddresses`: besides those that the sockets have. */
  *join(sockets: readonly SocketRecord[], ownAddresses: readonly string[]): Generator<void> {
    const { packets, addresses, flows } = this.#tables;
    const count = flows.count;
    const newest = packets.count > packets.first ? packets.time(packets.count - 1) : this.#newest;
    const addressOf = lookUp(addresses);
    const own = new Set<AddressIndex>(ownAddresses.map(addressOf));
    const bound: SocketRecord[] = [];
    for (const [i, socket] of sockets.entries()) {
      if ((i & STEP) === STEP) yield;
      if (takesFromAnybody(socket)) bound.push(socket);
      if (socket.localAddress === null) continue;
      const local = addressOf(socket.localAddress);
      if (local === NOWHERE) continue;
      own.add(local);
      if (!takesFromAnybody(socket)) this.#connect(socket, local, addressOf(socket.peerAddress ?? ''));
    }
    yield* this.#tryBound(boundAt(bound, addressOf), boundAt(this.#bound, addressOf), own, count);
    this.#bound = bound;
    this.#begun = [this.#begun[1], count];
    this.#newest = newest;
    this.looks++;
  }

  #connect(socket: SocketRecord, local: AddressIndex, peer: AddressIndex): void {
    const { flows } = this.#tables;
    const { transport, state, localPort, peerPort } = socket;
    if (peer === NOWHERE || peerPort === null) return;
    const flow = flows.newest(transport === 'tcp' ? TCP : UDP, local, localPort, peer, peerPort);
    // The connection before this one, of the same five numbers: nothing of the new one was captured yet.
    if (flow < 0 || (transport === 'tcp' && flows.end(flow) > FlowEnd.Active && !CLOSING.has(state))) return;
    const end: End = flows.source(flow) === local && flows.sourcePort(flow) === localPort ? 0 : 1;
    this.found.setState(flow, end, state, this.looks + 1);
    if (socket.user !== null) this.found.setUser(flow, end, this.#names.intern(socket.user));
    this.#setProgram(flow, end, holderOf(socket));
  }

  /** Flows that began since the last look, and since the one before where they went on after it. */
  *#tryBound(bound: BoundSockets, before: BoundSockets, own: ReadonlySet<AddressIndex>, count: number): Generator<void> {
    const { flows } = this.#tables;
    const [, sinceLast] = this.#begun;
    for (let flow = Math.max(this.#begun[0], count - MAX_TRIED); flow < count; flow++) {
      if ((flow & STEP) === STEP) yield;
      if (!flows.has(flow) || (flow < sinceLast && flows.lastTime(flow) <= this.#newest)) continue;
      const protocol = flows.protocol(flow);
      if (protocol !== TCP && protocol !== UDP) continue;
      const isUdp = protocol === UDP;
      // Whoever asks by TCP has a socket of its own; only who was asked has a listener.
      for (const end of isUdp ? BOTH_ENDS : RESPONDER) {
        const address = end === 0 ? flows.source(flow) : flows.destination(flow);
        if (!own.has(address) || this.found.hasProgram(flow, end) || (!isUdp && !isAnswered(flows, flow))) continue;
        const port = end === 0 ? flows.sourcePort(flow) : flows.destinationPort(flow);
        this.#setProgram(flow, end, bound.holder(before, isUdp, address, port));
      }
    }
  }

  #setProgram(flow: FlowIndex, end: End, holder: Holder | null): void {
    if (holder === null) return;
    const name = this.#names.intern(holder.name);
    if (name !== 0) this.found.setProgram(flow, end, name, onlyPid(holder));
    if (holder.user !== null) this.found.setUser(flow, end, this.#names.intern(holder.user));
  }
}

/** A listener took the connection; what was refused or not answered reached nobody. */
const isAnswered = (flows: FlowTable, flow: FlowIndex): boolean => flows.packets(flow, 1) > 0 && flows.state(flow) !== FlowState.REJ;

function boundAt(sockets: readonly SocketRecord[], addressOf: (text: string) => AddressIndex): BoundSockets {
  const bound = new BoundSockets();
  for (const socket of sockets) {
    const address = socket.localAddress === null ? ANY : addressOf(socket.localAddress);
    if (address !== NOWHERE) bound.add(socket, address);
  }
  return bound;
}

/** Turns texts of addresses into the session's numbers; NOWHERE: no packet had it. */
function lookUp(addresses: AddressTable): (text: string) => AddressIndex {
  const known = new Map<string, AddressIndex>();
  return (text) => {
    let index = known.get(text);
    if (index === undefined) {
      const address = parseAddress(text);
      const found = address ? addresses.find(address.kind, ...address.words) : -1;
      index = found < 0 ? NOWHERE : found;
      known.set(text, index);
    }
    return index;
  };
}
