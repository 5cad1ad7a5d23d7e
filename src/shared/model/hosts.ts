import type { AlertRow, Severity } from './alerts';
import type { AddressScope, Place } from './place';
import type { Bytes, Nanoseconds } from './units';

/** One IP address as lists show it; its numbers are of all kept flows of the session, whatever the filter. */
export interface HostRow {
  readonly address: string;
  readonly scope: AddressScope;
  /** The user named it as the watched server's own. */
  readonly own: boolean;
  /** The best known one, '' where there is none. */
  readonly name: string;
  /** ISO 3166-1 alpha-2; null where unknown. */
  readonly country: string | null;
  readonly city: string | null;
  /** Organisation of the network, '' where unknown. */
  readonly organisation: string;
  readonly firstTime: Nanoseconds;
  readonly lastTime: Nanoseconds;
  readonly packetsSent: number;
  readonly packetsReceived: number;
  readonly bytesSent: Bytes;
  readonly bytesReceived: Bytes;
  /** Flows that it began, and that others began to it. */
  readonly flowsBegun: number;
  readonly flowsTo: number;
  /** Alerts that name it, as source or target; muted ones left out. */
  readonly alerts: number;
  /** The worst of those that it is the source of; null: none. */
  readonly severity: Severity | null;
  /** 0 to 100. */
  readonly risk: number;
}

/** How attempts ended, seen from who made them. */
export interface OutcomeCounts {
  readonly answered: number;
  readonly refused: number;
  readonly silent: number;
}

/** A port that the host called on others. */
export interface TriedPort extends OutcomeCounts {
  /** 'TCP', 'UDP', 'SCTP'. */
  readonly transport: string;
  readonly port: number;
  /** What is usual there, '' where nothing is. */
  readonly service: string;
  /** Distinct addresses that it was tried on. */
  readonly targets: number;
}

/** A port on which the host answered others. */
export interface HostService {
  readonly transport: string;
  readonly port: number;
  /** What was recognised, else what is usual there; '' where neither is known. */
  readonly service: string;
  readonly flows: number;
  readonly bytes: Bytes;
}

export const NAME_ORIGINS = ['dns', 'tls', 'http', 'other'] as const;

/** Who gave the name: a DNS answer, the TLS or QUIC client hello, the HTTP Host header, another protocol. */
export type NameOrigin = (typeof NAME_ORIGINS)[number];

export interface HostName {
  readonly name: string;
  readonly origin: NameOrigin;
  /** Flows that said it; 0 for a DNS answer. */
  readonly flows: number;
}

export interface HostPeer {
  readonly address: string;
  readonly name: string;
  readonly country: string | null;
  readonly flows: number;
  readonly packets: number;
  readonly bytes: Bytes;
}

export interface ScorePart {
  readonly points: number;
  /** Why, as a sentence. */
  readonly sentence: string;
}

export interface RiskScore {
  /** 0 to 100: the sum of the parts, at most 100. */
  readonly risk: number;
  /** The largest first. */
  readonly parts: readonly ScorePart[];
}

/** Some of many, with how many there were. */
export interface Ranked<T> {
  readonly rows: readonly T[];
  readonly total: number;
}

/** Everything that a session knows of one address. */
export interface HostDetails extends HostRow {
  /** Epoch seconds with 9 decimals. */
  readonly firstEpoch: string;
  readonly lastEpoch: string;
  readonly place: Place;
  readonly names: Ranked<HostName>;
  /** It finished a handshake or talked both ways over TCP: whoever answers is really at this address. */
  readonly handshakes: boolean;
  readonly attempts: OutcomeCounts;
  readonly failedLogins: number;
  /** Name of the blocklist that it is on. */
  readonly blocklist: string | null;
  readonly tor: 'relay' | 'exit' | null;
  readonly tried: Ranked<TriedPort>;
  readonly services: Ranked<HostService>;
  /** By application protocol where it was recognised, else by transport. */
  readonly protocols: Ranked<{ readonly name: string; readonly flows: number; readonly packets: number; readonly bytes: Bytes }>;
  readonly peers: Ranked<HostPeer>;
  /** Programs of the watched host at an end of its flows; of files none is known. */
  readonly processes: Ranked<{ readonly name: string; readonly flows: number; readonly packets: number; readonly bytes: Bytes }>;
  readonly alertsFrom: Ranked<AlertRow>;
  readonly alertsTo: Ranked<AlertRow>;
  readonly score: RiskScore;
}

export const BLOCK_TOOLS = ['nftables', 'ufw', 'fail2ban'] as const;

export type BlockTool = (typeof BLOCK_TOOLS)[number];

/** Lines for a shell of the server that is to be protected. */
export interface BlockRule {
  readonly tool: BlockTool;
  readonly block: string;
  /** Takes back exactly what `block` did for this address. */
  readonly undo: string;
  /** What to know of it: one sentence. */
  readonly note: string;
}

export const BLOCK_WARNINGS = ['own', 'likely-own', 'multicast', 'not-public', 'no-handshake'] as const;

export interface BlockWarning {
  readonly code: (typeof BLOCK_WARNINGS)[number];
  readonly sentence: string;
}

export interface BlockAdvice {
  readonly address: string;
  readonly rules: readonly BlockRule[];
  readonly warnings: readonly BlockWarning[];
}
