import type { Nanoseconds } from '../../shared/model/units';

/** Records that a table keeps; the oldest is overwritten by the next flow beyond it. 128 bytes each, 12 to 24 of index, and 64 of sequence state where it is TCP. */
export const DEFAULT_FLOW_CAPACITY = 1_048_576;

const SECOND: Nanoseconds = 1_000_000_000;

/**
 * Silence after which the next packet of the same ends is a new flow. Measured between the packets' own time stamps, so that a file gives the
 * same flows at any replay speed.
 */
export const TCP_IDLE: Nanoseconds = 3600 * SECOND;
/** After both FINs or a RST: late retransmissions still belong to the flow. */
export const TCP_CLOSED_IDLE: Nanoseconds = 300 * SECOND;
/** Longer than a NAT keeps it (RFC 4787 asks for 2 minutes, recommends 5), so that periodic announcements (mDNS, SSDP, NetBIOS) stay one flow. */
export const UDP_IDLE: Nanoseconds = 300 * SECOND;
export const ICMP_IDLE: Nanoseconds = 60 * SECOND;
/** SCTP, GRE, ESP and whatever else has no ports that we read. */
export const OTHER_IDLE: Nanoseconds = 300 * SECOND;
/** A flow that lasts longer is closed and continued by a new record, so that a record is final within a day. */
export const ACTIVE_TIMEOUT: Nanoseconds = 24 * 3600 * SECOND;

/** Records that one `expire` call looks at: about 0.1 ms. */
export const SWEEP_RECORDS = 4096;
