import type { InterfaceSeries, Listener, ProgramsState } from '../../shared/contract/processes';
import type { FlowIndex, Nanoseconds } from '../../shared/model/units';
import { Turn } from '../budget';
import type { SocketSnapshot, SocketState } from '../sources/sockets/socket-snapshot';
import { InterfaceHistory } from './interface-history';
import { Listeners } from './listeners';
import { NameTable } from './name-table';
import { SocketJoin, type Tables } from './socket-join';

type Turns = Pick<Turn, 'over' | 'next'>;

const NANOSECONDS_A_MILLISECOND = 1_000_000;

/** Sockets that belong to some program: without its name there is no right to know it. */
const OF_PROGRAMS: ReadonlySet<SocketState> = new Set(['ESTAB', 'LISTEN', 'UNCONN']);

/**
 * Which program of the watched host is at the ends of which flow. Sockets that are connected are found by their five numbers. Flows without
 * such a socket, because it was gone before anybody looked or UDP needs none, get the program whose socket is bound to the host's end of them
 * in the looks before and after; otherwise nothing is said.
 */
export class ProcessTable {
  readonly names = new NameTable();
  /** Of the watched host, besides those that its sockets have. */
  ownAddresses: () => readonly string[] = () => [];
  readonly #listeners = new Listeners();
  readonly #interfaces = new InterfaceHistory();
  #join: SocketJoin | null = null;
  #startSecond: () => number = () => 0;
  /** Not joined yet. */
  #waiting: SocketSnapshot | null = null;
  #isJoining = false;
  #state: Omit<ProgramsState, 'looks'> | null = null;
  readonly #newTurn: () => Turns;

  constructor(newTurn: () => Turns = () => new Turn()) {
    this.#newTurn = newTurn;
  }

  /** The session's flows, to which sockets are joined from now on. */
  use(tables: Tables): void {
    this.#join = new SocketJoin(tables, this.names);
    this.#startSecond = () => tables.packets.startSecond;
    this.#work();
  }

  take(snapshot: SocketSnapshot): void {
    this.#listeners.take(snapshot);
    this.#interfaces.take(snapshot);
    const { sockets, root } = snapshot;
    const isNameless = sockets.some(({ state, processes }) => processes.length === 0 && OF_PROGRAMS.has(state));
    this.#state = { sockets: sockets.length, namesMissing: root !== true && isNameless };
    this.#waiting = snapshot;
    this.#work();
  }

  /** null before the first look. */
  get state(): ProgramsState | null {
    return this.#state && { ...this.#state, looks: this.#join?.looks ?? 0 };
  }

  /** Number of the flow's programs in `names`; 0: not known. */
  name(flow: FlowIndex): number {
    return this.#join?.found.label(flow) ?? 0;
  }

  process(flow: FlowIndex): string | null {
    return this.names.text(this.name(flow)) || null;
  }

  /** One for each end whose program is known and is one process. */
  pids(flow: FlowIndex): readonly number[] {
    return this.#join?.found.pids(flow) ?? [];
  }

  /** Whose the programs at its ends are, originator first; known without the right to know the programs. */
  users(flow: FlowIndex): readonly string[] {
    const numbers = this.#join?.found.users(flow) ?? [];
    return [...new Set(numbers.filter((user) => user !== 0))].map((user) => this.names.text(user));
  }

  /** Of the flow's socket in the newest look; null where it has none. */
  socket(flow: FlowIndex): SocketState | null {
    return this.#join?.found.state(flow, this.#join.looks) ?? null;
  }

  listeners(): { readonly listeners: readonly Listener[] } {
    return { listeners: this.#listeners.list() };
  }

  series(): { readonly times: readonly Nanoseconds[]; readonly interfaces: readonly InterfaceSeries[] } {
    const start = this.#startSecond() * 1000;
    const times = this.#interfaces.times().map((time) => (time - start) * NANOSECONDS_A_MILLISECOND);
    return { times, interfaces: this.#interfaces.series() };
  }

  /** Joins what waits: at once where it is little, else the rest in turns. A look that comes meanwhile is the next. */
  #work(): void {
    const waiting = this.#waiting;
    if (this.#join === null || waiting === null || this.#isJoining) return;
    this.#waiting = null;
    const steps = this.#join.join(waiting.sockets, this.ownAddresses());
    const turn = this.#newTurn();
    if (runTurn(steps, turn)) return;
    this.#isJoining = true;
    void this.#finish(steps, turn);
  }

  async #finish(steps: Generator<void>, turn: Turns): Promise<void> {
    do await turn.next();
    while (!runTurn(steps, turn));
    this.#isJoining = false;
    this.#work();
  }
}

/** True when it is done. */
function runTurn(steps: Generator<void>, turn: Turns): boolean {
  while (!turn.over) if (steps.next().done) return true;
  return false;
}
