import type { Readable } from 'node:stream';
import type { Problem } from '../../../shared/base/result';

/** Packets that were seen and lost before they reached us, as the capturing side counts them; null: it cannot tell (unknown, not none). */
export interface LiveCounts {
  /** Packets that passed the capture filter, those that were dropped afterwards included. */
  readonly received: number | null;
  /** The reader was late and the kernel's ring full. */
  readonly droppedByKernel: number | null;
  /** By the interface or its driver. */
  readonly droppedByInterface: number | null;
}

/** Bytes on the wire, both ways, since the capture began, and milliseconds of processor time over there; null where it cannot be told. */
export interface LiveMeter {
  readonly received: number;
  readonly sent: number;
  readonly remoteCpu: number | null;
}

/** A time in which nothing could be captured; packets of it are missing, not absent. */
export interface CaptureGap {
  /** Epoch milliseconds of the capturing side's last packet before and first packet after; `to` is null while it lasts. */
  readonly from: number;
  readonly to: number | null;
  /** One sentence. */
  readonly reason: string;
  /** Others of the session's captures went on. */
  readonly isPartial?: boolean;
}

/** How a live capture ended; `problem` is null where it was stopped as asked. */
export interface LiveEnd {
  readonly problem: Problem | null;
  readonly counts: LiveCounts;
}

/** What is known of a capture, or of several that are one session, beside the packets. */
export interface RunningCapture {
  /** For people: 'eth0', 'root@example.org eth0'. */
  readonly name: string;
  /** The newest counts; asked as often as once a tick. */
  counts(): LiveCounts;
  /** What the capture itself costs, where it costs something worth telling. */
  meter?(): LiveMeter | null;
  /** The connection behind it is lost and being made again; absent: there is none. */
  readonly reconnecting?: boolean;
  /** Oldest first. */
  readonly gaps: readonly CaptureGap[];
  /** What a person should know although the capture goes on, oldest first. */
  readonly warnings: readonly Problem[];
  /** Resolves when the stream ended and nothing is running any more. */
  readonly ended: Promise<LiveEnd>;
  stop(): Promise<LiveEnd>;
}

/**
 * A capture that goes on until it is stopped: a stream of pcap or pcapng bytes that the parser of files reads, and what is known beside
 * the packets. Obligations: the stream is pulled (a late reader makes the kernel count drops, memory does not grow); it is one capture to
 * its end, whatever happens to the connection behind it; `stop` lets what was captured drain, is idempotent and leaves no process
 * running, here or on the server; nothing rejects.
 */
export interface LiveCapture extends RunningCapture {
  readonly stream: Readable;
}
