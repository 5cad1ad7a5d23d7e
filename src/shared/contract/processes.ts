import type { Nanoseconds } from '../model/units';

/** What is known of the programs of the host that a live session watches. */
export interface ProgramsState {
  /** How often it was looked: names of flows may be others after each. */
  readonly looks: number;
  /** Sockets in the newest look. */
  readonly sockets: number;
  /** Programs of other users have no name: whoever asks is not root there. */
  readonly namesMissing: boolean;
}

/** A port that the watched host takes connections or datagrams on from anybody. */
export interface Listener {
  readonly transport: 'tcp' | 'udp';
  /** null: on any of its addresses. */
  readonly address: string | null;
  readonly port: number;
  /** null: not known. Programs that share it are all named: 'systemd, sshd'. */
  readonly process: string | null;
  /** null: not known, or several. */
  readonly pid: number | null;
  /** Whose it is, known also where the program is not; null: not known. */
  readonly user: string | null;
  /** Looks that had it, first and last, epoch milliseconds of this machine. */
  readonly first: number;
  readonly last: number;
  /** The newest look has it. */
  readonly open: boolean;
}

/** What an interface carried a second; null where it was not there, or its counters began anew. */
export interface InterfaceSeries {
  readonly name: string;
  readonly receivedBytes: readonly (number | null)[];
  readonly sentBytes: readonly (number | null)[];
  readonly receivedPackets: readonly (number | null)[];
  readonly sentPackets: readonly (number | null)[];
}

export interface ProcessCalls {
  /** Of the present live session; in order of ports. Empty where nothing is known. */
  listeners: { args: Record<string, never>; result: { readonly listeners: readonly Listener[] } };
  /**
   * Of the host that the live session watches, as a mean between two looks: value i is of the time from `times[i]` to `times[i + 1]`. Looks are
   * 5 s apart, older ones further.
   */
  'interfaces.series': {
    args: Record<string, never>;
    result: { readonly times: readonly Nanoseconds[]; readonly interfaces: readonly InterfaceSeries[] };
  };
}
