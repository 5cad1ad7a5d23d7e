/** States of `ss`; UDP sockets are UNCONN or ESTAB. */
export const SOCKET_STATES = [
  'ESTAB',
  'SYN-SENT',
  'SYN-RECV',
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'TIME-WAIT',
  'UNCONN',
  'CLOSE-WAIT',
  'LAST-ACK',
  'LISTEN',
  'CLOSING',
] as const;
export type SocketState = (typeof SOCKET_STATES)[number];

export interface SocketProcess {
  /** As the kernel knows it: at most 15 bytes, chosen by the process itself. */
  readonly name: string;
  readonly pid: number;
}

/** One socket of a machine at one moment. */
export interface SocketRecord {
  readonly transport: 'tcp' | 'udp';
  readonly state: SocketState;
  /** null: any address of the machine. IPv4 in IPv6 is given as IPv4, a zone is left out. */
  readonly localAddress: string | null;
  readonly localPort: number;
  /** null: none yet. */
  readonly peerAddress: string | null;
  readonly peerPort: number | null;
  /** Empty where it is not known: the kernel has it (TIME-WAIT), or there is no right to see it. */
  readonly processes: readonly SocketProcess[];
  /** Whose it is: a name of the host's own list of users, else the number; told without any right. null: it is nobody's (TIME-WAIT), or not known. */
  readonly user: string | null;
}

/** Counters of an interface since it came up. */
export interface InterfaceTraffic {
  readonly name: string;
  readonly receivedBytes: number;
  readonly receivedPackets: number;
  readonly receivedDropped: number;
  readonly sentBytes: number;
  readonly sentPackets: number;
  readonly sentDropped: number;
}

export interface SocketSnapshot {
  /** Epoch milliseconds here, when the answer came. */
  readonly time: number;
  /** Root asked: all programs have names that can have one; null: it is not known. */
  readonly root: boolean | null;
  readonly sockets: readonly SocketRecord[];
  /** There were more sockets than are kept. */
  readonly truncated: boolean;
  readonly interfaces: readonly InterfaceTraffic[];
}
