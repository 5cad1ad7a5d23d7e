import type { Problem } from '../base/result';
import type { LocalInterfaces } from '../model/capture-interfaces';
import type { ReplaySpeed } from '../model/replay';
import type { Bytes, Nanoseconds } from '../model/units';
import type { SessionInfo } from './engine';
import type { ProgramsState } from './processes';

/** What a session is fed by. */
export type SourceKind = 'file' | 'interface' | 'ssh' | 'replay' | 'demo';

export interface InterfaceRequest {
  readonly kind: 'interface';
  readonly interface: string;
  /** pcap-filter(7), '' for everything. */
  readonly filter: string;
  /** Bytes kept of each packet; null: all. */
  readonly snapLength: Bytes | null;
  readonly promiscuous: boolean;
}

export interface SshRequest {
  readonly kind: 'ssh';
  /** `user@host:port`, or a `Host` of ~/.ssh/config. */
  readonly target: string;
  /** null: the one that our connection comes in by. */
  readonly interface: string | null;
  readonly filter: string;
  readonly snapLength: Bytes | null;
  /** A key file that is tried first. */
  readonly identity: string | null;
}

export interface ReplayRequest {
  readonly kind: 'replay';
  readonly path: string;
  readonly speed: ReplaySpeed;
}

/** Generated traffic: nothing is captured. */
export interface DemoRequest {
  readonly kind: 'demo';
}

/** Of these several can be one session. */
export type SourceRequest = InterfaceRequest | SshRequest;

export type LiveRequest = InterfaceRequest | SshRequest | ReplayRequest | DemoRequest;

/** Missing packets of a time are marked grey wherever time is drawn. */
export interface GapInfo {
  /** Since the session's start; `to` is null while it lasts. */
  readonly from: Nanoseconds;
  readonly to: Nanoseconds | null;
  readonly reason: string;
}

/** Packets that were lost somewhere between two times; marked like gaps. */
export interface LossInfo {
  /** Since the session's start. */
  readonly from: Nanoseconds;
  readonly to: Nanoseconds;
  readonly packets: number;
}

/** How a session that goes on is doing, in each tick. */
export interface LiveState {
  readonly kind: Exclude<SourceKind, 'file' | 'replay'>;
  /** Packets that passed the capture filter, as the capturing side counts; null: it cannot tell. */
  readonly received: number | null;
  /** Lost before they reached us, by kernel and interface; null: nobody counted. */
  readonly dropped: number | null;
  /** The newest, at most 100, and how many there were. */
  readonly gaps: readonly GapInfo[];
  readonly gapCount: number;
  /** When packets were dropped, oldest first; where there are too many, neighbours are one. */
  readonly losses: readonly LossInfo[];
  readonly spool: SpoolState | null;
  /** The connection that it comes by is lost and being made again. */
  readonly reconnecting: boolean;
  /** What the capture itself costs; null where it costs nothing worth telling. */
  readonly cost: CaptureCost | null;
  /** Of the host that is captured on; null: nothing is known of its programs. */
  readonly programs: ProgramsState | null;
  /** Why it ended by itself; null while it runs, and where it was stopped. */
  readonly problem: Problem | null;
  /** What it is captured from, in the order in which they were added; empty where others cannot be. */
  readonly sources: readonly LiveSourceInfo[];
}

/** One of the sources of a session. */
export interface LiveSourceInfo {
  readonly name: string;
  /** null: not counted. */
  readonly received: number | null;
  readonly dropped: number | null;
  readonly reconnecting: boolean;
  readonly ended: boolean;
  /** Why it ended by itself. */
  readonly problem: Problem | null;
}

/** Of a capture that comes from another machine. */
export interface CaptureCost {
  /** On the wire of the SSH connection, since the capture began. */
  readonly received: Bytes;
  readonly sent: Bytes;
  /** Milliseconds of processor time there; null where it cannot be told. */
  readonly remoteCpu: number | null;
}

/** Where the packets of a live session are kept. */
export interface SpoolState {
  readonly bytes: Bytes;
  readonly limit: Bytes;
  /** Packets of the session that were given up for newer ones. */
  readonly forgotten: number;
}

export interface ReplayState {
  readonly speed: ReplaySpeed;
  readonly paused: boolean;
  /** Where the replay is, since the session's start. */
  readonly position: Nanoseconds;
  /** Its last packet was handed out. */
  readonly ended: boolean;
  /** Time of the file's last packet, where the file was read before. */
  readonly end: Nanoseconds | null;
}

/** A spool that a crash left behind. */
export interface LeftSpool {
  readonly id: string;
  /** What was captured: 'eth0'. */
  readonly name: string;
  /** Epoch milliseconds. */
  readonly started: number;
  readonly bytes: Bytes;
}

/** What an interface carried in both directions since the system started. */
export interface InterfaceCounters {
  readonly name: string;
  readonly packets: number;
  readonly bytes: Bytes;
}

export interface LiveCalls {
  'live.interfaces': { args: Record<string, never>; result: LocalInterfaces };
  /** Asked again and again while a list of interfaces is shown; null: this system does not tell cheaply. */
  'live.rates': { args: Record<string, never>; result: { readonly counters: readonly InterfaceCounters[] | null } };
  /** null: the filter is right. */
  'live.check': { args: { filter: string }; result: { readonly problem: Problem | null } };
  /** Starts it as the session, closing the one before. Answers when the first bytes are there. */
  'live.start': { args: { request: LiveRequest }; result: SessionInfo };
  /** Captures from a further source in the session that goes on. Answers when its first bytes are there. */
  'live.add': { args: { request: SourceRequest }; result: SessionInfo };
  /** Stops capturing; what was captured stays. */
  'live.stop': { args: Record<string, never>; result: null };
  /** What is left out stays. */
  'replay.set': { args: { speed?: ReplaySpeed; paused?: boolean }; result: null };
  /** So many packets more, while it is paused. */
  'replay.step': { args: { packets: number }; result: null };
  /** To this time since the session's start: forward at once, back by beginning anew. */
  'replay.seek': { args: { time: Nanoseconds }; result: null };
  'spool.left': { args: Record<string, never>; result: { readonly spools: readonly LeftSpool[] } };
  /** Moves it into a capture file. */
  'spool.recover': { args: { id: string; path: string }; result: { readonly bytes: Bytes } };
  'spool.discard': { args: { id: string }; result: null };
}
