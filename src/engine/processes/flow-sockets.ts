import type { FlowIndex } from '../../shared/model/units';
import { SOCKET_STATES, type SocketState } from '../sources/sockets/socket-snapshot';
import type { NameTable } from './name-table';

/** 0: the flow's originator, 1: its responder. */
export type End = 0 | 1;

const CHUNK_BITS = 12;
const CHUNK_ROWS = 1 << CHUNK_BITS;
const CHUNK_MASK = CHUNK_ROWS - 1;
/** Between the names of both ends, where both are programs of the watched host. */
const BETWEEN = ' → ';

/** Of 4,096 places in the ring of flows. */
class Chunk {
  /** Flow index plus one, 0: nobody. */
  readonly owner = new Uint32Array(CHUNK_ROWS);
  readonly names = new Uint16Array(2 * CHUNK_ROWS);
  /** Name of both ends together. */
  readonly label = new Uint16Array(CHUNK_ROWS);
  /** 0: not known, or several. */
  readonly pids = new Uint32Array(2 * CHUNK_ROWS);
  /** Names of users. */
  readonly users = new Uint16Array(2 * CHUNK_ROWS);
  /** Index into SOCKET_STATES plus one. */
  readonly states = new Uint8Array(2 * CHUNK_ROWS);
  /** Snapshot that the states are of. */
  readonly seen = new Uint32Array(CHUNK_ROWS);
}

/**
 * What is known of the sockets of flows, in a ring as long as that of the flows: 28 bytes a flow, 29 MB for a million. Chunks are made where
 * something is known.
 */
export class FlowSockets {
  readonly #names: NameTable;
  readonly #capacity: number;
  readonly #chunks: (Chunk | undefined)[] = [];

  constructor(names: NameTable, capacity: number) {
    this.#names = names;
    this.#capacity = capacity;
  }

  /** The program at an end; the newest that is known stays. */
  setProgram(flow: FlowIndex, end: End, name: number, pid: number): void {
    const chunk = this.#own(flow);
    const row = this.#row(flow);
    const at = 2 * row + end;
    if (chunk.names[at] === name && chunk.pids[at] === pid) return;
    chunk.names[at] = name;
    chunk.pids[at] = pid;
    chunk.label[row] = this.#labelOf(chunk.names[2 * row] ?? 0, chunk.names[2 * row + 1] ?? 0);
  }

  setUser(flow: FlowIndex, end: End, user: number): void {
    this.#own(flow).users[2 * this.#row(flow) + end] = user;
  }

  setState(flow: FlowIndex, end: End, state: SocketState, snapshot: number): void {
    const chunk = this.#own(flow);
    const row = this.#row(flow);
    // The other end's is of a snapshot before.
    if (chunk.seen[row] !== snapshot) chunk.states[2 * row + 1 - end] = 0;
    chunk.seen[row] = snapshot;
    chunk.states[2 * row + end] = SOCKET_STATES.indexOf(state) + 1;
  }

  hasProgram(flow: FlowIndex, end: End): boolean {
    return (this.#of(flow)?.names[2 * this.#row(flow) + end] ?? 0) !== 0;
  }

  /** Name of the flow's programs; 0: none is known. */
  label(flow: FlowIndex): number {
    return this.#of(flow)?.label[this.#row(flow)] ?? 0;
  }

  /** One for each end whose program is known and is one process. */
  pids(flow: FlowIndex): readonly number[] {
    const chunk = this.#of(flow);
    if (chunk === undefined) return [];
    const at = 2 * this.#row(flow);
    return [chunk.pids[at] ?? 0, chunk.pids[at + 1] ?? 0].filter((pid) => pid !== 0);
  }

  /** Numbers of the users of both ends; 0: not known. */
  users(flow: FlowIndex): readonly [number, number] {
    const chunk = this.#of(flow);
    const at = 2 * this.#row(flow);
    return [chunk?.users[at] ?? 0, chunk?.users[at + 1] ?? 0];
  }

  /** State of the originator's socket, else of the responder's, where this snapshot or a newer one has it. */
  state(flow: FlowIndex, snapshot: number): SocketState | null {
    const chunk = this.#of(flow);
    const row = this.#row(flow);
    if (chunk === undefined || (chunk.seen[row] ?? 0) < snapshot) return null;
    const state = chunk.states[2 * row] || chunk.states[2 * row + 1] || 0;
    return SOCKET_STATES[state - 1] ?? null;
  }

  #labelOf(source: number, destination: number): number {
    if (source === 0 || destination === 0) return source || destination;
    return this.#names.intern(`${this.#names.text(source)}${BETWEEN}${this.#names.text(destination)}`) || source;
  }

  #row(flow: FlowIndex): number {
    return (flow % this.#capacity) & CHUNK_MASK;
  }

  #of(flow: FlowIndex): Chunk | undefined {
    const chunk = this.#chunks[(flow % this.#capacity) >>> CHUNK_BITS];
    return chunk?.owner[this.#row(flow)] === (flow + 1) >>> 0 ? chunk : undefined;
  }

  /** The flow's place, emptied where another flow had it. */
  #own(flow: FlowIndex): Chunk {
    const index = (flow % this.#capacity) >>> CHUNK_BITS;
    const chunk = this.#chunks[index] ?? new Chunk();
    this.#chunks[index] = chunk;
    const row = this.#row(flow);
    const owner = (flow + 1) >>> 0;
    if (chunk.owner[row] !== owner) {
      chunk.owner[row] = owner;
      chunk.label[row] = 0;
      chunk.seen[row] = 0;
      chunk.names.fill(0, 2 * row, 2 * row + 2);
      chunk.pids.fill(0, 2 * row, 2 * row + 2);
      chunk.users.fill(0, 2 * row, 2 * row + 2);
      chunk.states.fill(0, 2 * row, 2 * row + 2);
    }
    return chunk;
  }
}
