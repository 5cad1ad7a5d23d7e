import { ProcessTable } from '../../../../src/engine/processes/process-table';
import { readSnapshot } from '../../../../src/engine/sources/sockets/watch-sockets';
import { DrawnPackets } from '../flows/packets-of';

/** As the script prints it: who asks, what `ss` says, /proc/net/dev. */
export const answerOf = (sockets: string, { uid = 0, interfaces = '' } = {}): string =>
  `uid ${uid}\n${sockets
    .split('\n')
    .map((line) => line.trim())
    .join('\n')}\n--- portlight interfaces ---\n${interfaces}`;

/** A host that is watched: its packets drawn as text (see DrawnPackets), its sockets as `ss` prints them. */
export class Watched {
  readonly drawn: DrawnPackets;
  /** Whatever a look takes, it is joined at once. */
  readonly table = new ProcessTable(() => ({ over: false, next: () => Promise.resolve() }));
  #time = 1_000;

  /** `own`: addresses of the host; `isLate`: the session has its flows when `use` is called. */
  constructor(options: { readonly capacity?: number; readonly own?: readonly string[]; readonly isLate?: boolean } = {}) {
    this.drawn = new DrawnPackets(options);
    this.table.ownAddresses = () => options.own ?? [];
    if (!options.isLate) this.use();
  }

  use(): this {
    this.table.use(this.drawn);
    return this;
  }

  packets(text: string): this {
    this.drawn.add(text);
    return this;
  }

  look(sockets: string, options: { readonly uid?: number; readonly interfaces?: string } = {}): this {
    this.#time += 5_000;
    this.table.take({ ...readSnapshot(answerOf(sockets, options)), time: this.#time });
    return this;
  }

  /** 'PROCESS pids STATE' of each flow; '-' where it is not known. */
  get flows(): string[] {
    return Array.from({ length: this.drawn.flows.count }, (_, flow) => {
      const { table } = this;
      return `${table.process(flow) ?? '-'} ${table.pids(flow).join('+') || '-'} ${table.socket(flow) ?? '-'}`;
    });
  }
}
