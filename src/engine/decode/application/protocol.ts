import type { TextIndex } from '../../../shared/model/units';
import type { Dissector } from '../tree/dissector';

/** What an application protocol says about a message, filled by `summarise`; one reused instance: nothing is allocated per packet. */
export interface MessageSummary {
  /** Id in `protocolNames` for the Protocol column. */
  protocol: number;
  /** `EventKind`, 0: no event. */
  eventKind: number;
  /** Meaning as in EventTable. */
  eventNumber: number;
  /** Put a text into the event: bytes[start..end). */
  setName(bytes: Uint8Array, start: number, end: number): void;
  setMethod(bytes: Uint8Array, start: number, end: number): void;
  setUri(bytes: Uint8Array, start: number, end: number): void;
  /** Index of bytes[start..end) among the session's texts, for `addEvent` and to be remembered; -1 where there is no room. */
  text(bytes: Uint8Array, start: number, end: number): TextIndex;
  /** One more event of the same message. `name`: from `text`, -1: none. */
  addEvent(kind: number, number: number, name: TextIndex): void;
  /** One more event, whose name, method and URI are the IPv4 addresses at these offsets; -1: none. */
  addAddressEvent(kind: number, number: number, bytes: Uint8Array, name: number, method: number, uri: number): void;
  /** A DNS answer gave `name` (as text, `nameBytes[nameStart..nameEnd)`) the address at `addresses[addressStart..+length)`; length 4 or 16. */
  addAnswer(nameBytes: Uint8Array, nameStart: number, nameEnd: number, addresses: Uint8Array, addressStart: number, length: number): void;
  /** QUIC: the client's Destination Connection ID that the flow's Initial keys come from; `PacketContext.quicConnectionId` gives it back. */
  setConnectionId(bytes: Uint8Array, start: number, end: number): void;
}

/** What the first tier remembers of a conversation, for the protocols' use. Numbers only: it lives in typed arrays, one per flow. */
export interface Conversation {
  /** Free for the protocol that owns the flow: TLS keeps the negotiated version, HTTP what it waits for. Starts at 0; 32 bits. */
  state: number;
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** The message travels from the flow's responder to its originator. */
  readonly backward: boolean;
}

/** `frame` answers: the message's length could not be told from these bytes, more are needed. */
export const NEED_MORE = 0;
/** `frame` answers: these bytes are not this protocol's; the packet stays TCP and the stream is looked at again with the next segment. */
export const NOT_MINE = -1;
/** `frame` answers: a message of this protocol that goes to the end of the segment, whatever follows. */
export const TO_SEGMENT_END = -2;
/** `frame` answers: the message ends where the sender ends its direction (FIN). The segments before show TCP. */
export const TO_STREAM_END = -3;
const PART = -16;

/**
 * `frame` answers: the next `length` (over 0) bytes belong to a message that goes on after them. The pipeline keeps them (as far as `keep`
 * goes), skips the rest of the part and calls `frame` again at the first byte after it; the length that `frame` answers at last ends the
 * whole message, and `summarise` gets its first `keep` bytes. HTTP reads chunked bodies with it, TLS a handshake message of many records.
 */
export const part = (length: number): number => PART - length;

/** Length of a `part` answer; 0 where the answer is another one. */
export const partLength = (answer: number): number => (answer < PART ? PART - answer : 0);

/**
 * An application protocol: both tiers in one place, one file (or folder) a protocol, listed in `registry.ts`. Hostile input is the normal
 * case for all of them: no throw, no unbounded loop, no allocation in `recognise`, `frame` and `summarise`.
 */
export interface ApplicationProtocol extends Dissector {
  /** Well-known ports on either side; the first protocol in the registry that lists a port and does not refuse the bytes has it. */
  readonly tcpPorts?: readonly number[];
  readonly udpPorts?: readonly number[];
  /** Heuristic for any port, tried on the first payload of a flow when no port decided: true takes the flow (TCP) or the packet (UDP). */
  readonly recogniseTcp?: (bytes: Uint8Array, start: number, end: number) => boolean;
  readonly recogniseUdp?: (bytes: Uint8Array, start: number, end: number, conversation: Conversation) => boolean;
  /**
   * TCP only: total length of the message that begins at `start`, of which bytes up to `end` are there; or one of the constants above. A
   * length beyond `end` makes the pipeline wait: the segments before the last show TCP, the one that completes it shows this protocol,
   * as Wireshark does. Absent: each segment is a message.
   */
  readonly frame?: (bytes: Uint8Array, start: number, end: number, conversation: Conversation) => number;
  /**
   * TCP only: once a flow is this protocol's, a segment in which no message begins (after a gap, or behind one that was captured short) is
   * summarised all the same, as Wireshark's 'Continuation'.
   */
  readonly continues?: boolean;
  /**
   * TCP only: `summarise` says the same of every message now and no event, so it is asked once a segment, however many small messages that
   * holds.
   */
  readonly uniform?: (conversation: Conversation) => boolean;
  /** How many of the message's first bytes `summarise` and `dissect` need when it spans segments (bounded by 64 KiB); default 4,096. */
  readonly keep?: number;
  /** First tier: fills the summary for a complete message (or its first `keep` bytes). False: not this protocol after all. */
  readonly summarise: (bytes: Uint8Array, start: number, end: number, conversation: Conversation, summary: MessageSummary) => boolean;
}
