import { NONE_32 } from '../../shared/model/units';

/** Packets that one pass of the pipeline takes at most. */
export const MAX_BATCH = 8192;

/** What later passes of the same batch need of a packet and nobody keeps: entry i is row `from + i`. Reused for every batch. */
export class TransportBatch {
  /** AddressIndex of the innermost IP header that carries the ports; NONE_32: the packet belongs to no flow. In an ICMP error: of the quoted packet, ends exchanged, so that the error's direction is kept. */
  readonly flowSource = new Uint32Array(MAX_BATCH).fill(NONE_32);
  readonly flowDestination = new Uint32Array(MAX_BATCH).fill(NONE_32);
  /** IP protocol number of the flow: 6, 17, 132, 1, 58, else the protocol of the IP header. */
  readonly flowProtocol = new Uint8Array(MAX_BATCH);
  /** Ports; for ICMP echo and its kin the identifier on both sides; else type and code for ICMP, 0 for others. */
  readonly flowSourcePort = new Uint16Array(MAX_BATCH);
  readonly flowDestinationPort = new Uint16Array(MAX_BATCH);
  /** TCP or UDP payload: where it begins in `payloadBytes(i)`, how much was captured, and how long the headers say it is. */
  readonly payloadStart = new Uint32Array(MAX_BATCH);
  readonly payloadCaptured = new Uint32Array(MAX_BATCH);
  readonly payloadLength = new Uint32Array(MAX_BATCH);
  readonly sequence = new Uint32Array(MAX_BATCH);
  readonly acknowledgement = new Uint32Array(MAX_BATCH);
  /** As in the header, not scaled. */
  readonly window = new Uint16Array(MAX_BATCH);
  /** 12 bits of the TCP header that the flow is keyed by. */
  readonly tcpFlags = new Uint16Array(MAX_BATCH);
  /** Shift of the SYN's window scale option (RFC 7323), 255 where there is none. */
  readonly windowScale = new Uint8Array(MAX_BATCH).fill(255);
  /** 1: an ICMP error that says that the quoted packet's destination, protocol or port cannot be reached (ICMP type 3, ICMPv6 type 1). */
  readonly unreachable = new Uint8Array(MAX_BATCH);
  /** 0: the payload is in the batch's own bytes; n: in datagrams[n - 1]. */
  readonly datagram = new Uint16Array(MAX_BATCH);
  /** IP datagrams that fragments of this batch completed. */
  readonly datagrams: Uint8Array[] = [];
}
