import type { InterfaceSeries, Listener, ProgramsState } from '../../shared/contract/processes';
import type { AddressIndex, FlowIndex, Nanoseconds } from '../../shared/model/units';
import type { AddressTable } from '../columns/address-table';
import type { PacketTable } from '../columns/packet-table';
import { parseAddress } from '../filter/address-value';
import { FlowEnd, FlowState } from '../flows/flow-state';
import type { FlowTable } from '../flows/flow-table';
import type { SocketRecord, SocketSnapshot, SocketState } from '../sources/sockets/socket-snapshot';
import { ANY, BoundSockets } from './bound-sockets';
import { type End, FlowSockets } from './flow-sockets';
import { type Holder, holderOf, onlyPid } from './holder';
import { InterfaceHistory } from './interface-history';
import { Listeners, takesFromAnybody } from './listeners';
import { NameTable } from './name-table';

const TCP = 6;
const UDP = 17;
const NOWHERE: AddressIndex = -2;
/** Flows that one look may try on the host's bound sockets: the newest. A flood has more, and its sources have no socket here. */
const MAX_TRIED = 262_144;
const NANOSECONDS_A_MILLISECOND = 1_000_000;
const BOTH_ENDS = [0, 1] as const;
const RESPONDER = [1] as const;

/** States in which a TCP socket is closing or closed, so that its flow may be over. */
const CLOSING: ReadonlySet<SocketState> = new Set(['FIN-WAIT-1', 'FIN-WAIT-2', 'TIME-WAIT', 'CLOSE-WAIT', 'LAST-ACK', 'CLOSING']);
/** Sockets that belong to some program: without its name there is no right to know it. */
const OF_PROGRAMS: ReadonlySet<SocketState> = new Set(['ESTAB', 'LISTEN', 'UNCONN']);

/** Of the session. */
interface Tables {
  readonly packets: PacketTable;
  readonly addresses: AddressTable;
  readonly flows: FlowTable;
}

/**
 * Which program of the watched host is at the ends of which flow. Sockets that are connected are found by their five numbers. Flows without
 * such a socket, because it was gone before anybody looked or UDP needs none, get the program whose socket is bound to the host's end of them
 * in the looks before and after; otherwise nothing is said.
 */
export class ProcessTable {
  readonly listeners = new Listeners();
  readonly interfaces = new InterfaceHistory();
  readonly names = new NameTable();
  /** Of the watched host, besides those that its sockets have. */
  ownAddresses: () => readonly string[] = () => [];
  #tables: Tables | null = null;
  #sockets: FlowSockets | null = null;
  #waiting: SocketSnapshot | null = null;
  /** Of the last look, as they came: their addresses may get their numbers by later packets. */
  #bound: readonly SocketRecord[] = [];
  /** Looks that were taken. */
  #looks = 0;
  /** Flows that had begun, and the newest packet, when the last look and the one before were taken. */
  #begun: readonly [number, number] = [0, 0];
  #newest: Nanoseconds = 0;
  #state: Omit<ProgramsState, 'looks'> = { sockets: 0, namesMissing: false };

  /** The session's flows, to which sockets are joined from now on. */
  use(tables: Tables): void {
    this.#tables = tables;
    this.#sockets = new FlowSockets(this.names, tables.flows.capacity);
    if (this.#waiting) this.#join(this.#waiting, tables, this.#sockets);
    this.#waiting = null;
  }

  take(snapshot: SocketSnapshot): void {
    this.listeners.take(snapshot);
    this.interfaces.take(snapshot);
    const { sockets, root } = snapshot;
    const nameless = sockets.some(({ state, processes }) => processes.length === 0 && OF_PROGRAMS.has(state));
    this.#state = { sockets: sockets.length, namesMissing: root !== true && nameless };
    if (this.#tables && this.#sockets) this.#join(snapshot, this.#tables, this.#sockets);
    else this.#waiting = snapshot;
  }

  /** null before the first look. */
  get state(): ProgramsState | null {
    return this.#looks > 0 || this.#waiting !== null ? { ...this.#state, looks: this.#looks } : null;
  }

  /** Number of the flow's programs in `names`; 0: not known. */
  name(flow: FlowIndex): number {
    return this.#sockets?.label(flow) ?? 0;
  }

  process(flow: FlowIndex): string | null {
    return this.names.text(this.name(flow)) || null;
  }

  /** One for each end whose program is known and is one process. */
  pids(flow: FlowIndex): readonly number[] {
    return this.#sockets?.pids(flow) ?? [];
  }

  /** Of the flow's socket in the newest look; null where it has none. */
  socket(flow: FlowIndex): SocketState | null {
    return this.#sockets?.state(flow, this.#looks) ?? null;
  }

  openAndPast(): { readonly listeners: readonly Listener[] } {
    return { listeners: this.listeners.list() };
  }

  series(): { readonly times: readonly Nanoseconds[]; readonly interfaces: readonly InterfaceSeries[] } {
    const start = (this.#tables?.packets.startSecond ?? 0) * 1000;
    const times = this.interfaces.times().map((time) => (time - start) * NANOSECONDS_A_MILLISECOND);
    return { times, interfaces: this.interfaces.series() };
  }

  #join({ sockets }: SocketSnapshot, tables: Tables, found: FlowSockets): void {
    this.#looks++;
    const addressOf = lookUp(tables);
    const own = new Set<AddressIndex>(this.ownAddresses().map(addressOf));
    const bound: SocketRecord[] = [];
    for (const socket of sockets) {
      if (takesFromAnybody(socket)) bound.push(socket);
      if (socket.localAddress === null) continue;
      const local = addressOf(socket.localAddress);
      if (local === NOWHERE) continue;
      own.add(local);
      if (!takesFromAnybody(socket)) this.#connect(socket, local, addressOf(socket.peerAddress ?? ''), tables, found);
    }
    this.#tryBound(boundAt(bound, addressOf), boundAt(this.#bound, addressOf), own, tables, found);
    this.#bound = bound;
    const { packets, flows } = tables;
    this.#begun = [this.#begun[1], flows.count];
    this.#newest = packets.count > packets.first ? packets.time(packets.count - 1) : this.#newest;
  }

  #connect(socket: SocketRecord, local: AddressIndex, peer: AddressIndex, { flows }: Tables, found: FlowSockets): void {
    const { transport, state, localPort, peerPort } = socket;
    if (peer === NOWHERE || peerPort === null) return;
    const flow = flows.newest(transport === 'tcp' ? TCP : UDP, local, localPort, peer, peerPort);
    // The connection before this one, of the same five numbers: nothing of the new one was captured yet.
    if (flow < 0 || (transport === 'tcp' && flows.end(flow) > FlowEnd.Active && !CLOSING.has(state))) return;
    const end: End = flows.source(flow) === local && flows.sourcePort(flow) === localPort ? 0 : 1;
    found.setState(flow, end, state, this.#looks);
    this.#setProgram(found, flow, end, holderOf(socket.processes));
  }

  /** Flows that began since the last look, and since the one before where they went on after it. */
  #tryBound(bound: BoundSockets, before: BoundSockets, own: ReadonlySet<AddressIndex>, { flows }: Tables, found: FlowSockets): void {
    const [, sinceLast] = this.#begun;
    for (let flow = Math.max(this.#begun[0], flows.oldest, flows.count - MAX_TRIED); flow < flows.count; flow++) {
      if (flow < sinceLast && flows.lastTime(flow) <= this.#newest) continue;
      const protocol = flows.protocol(flow);
      if (protocol !== TCP && protocol !== UDP) continue;
      const isUdp = protocol === UDP;
      // Whoever asks by TCP has a socket of its own; only who was asked has a listener.
      for (const end of isUdp ? BOTH_ENDS : RESPONDER) {
        const address = end === 0 ? flows.source(flow) : flows.destination(flow);
        if (!own.has(address) || found.hasProgram(flow, end) || (!isUdp && !isAnswered(flows, flow))) continue;
        const port = end === 0 ? flows.sourcePort(flow) : flows.destinationPort(flow);
        this.#setProgram(found, flow, end, bound.holder(before, isUdp, address, port));
      }
    }
  }

  #setProgram(found: FlowSockets, flow: FlowIndex, end: End, holder: Holder | null): void {
    if (holder === null) return;
    const name = this.names.intern(holder.name);
    if (name !== 0) found.setProgram(flow, end, name, onlyPid(holder));
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
function lookUp({ addresses }: Tables): (text: string) => AddressIndex {
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
