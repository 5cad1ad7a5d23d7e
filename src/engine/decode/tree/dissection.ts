import type { Field, FieldValue } from './field';
import { type LayerTables, NO_LAYERS } from './layers';

/** Nodes that one packet's tree may have: a frame that claims more is cut there, with a node that says so. */
const MAX_FIELDS = 20_000;
const MAX_DEPTH = 64;

export interface ByteSource {
  readonly title: string;
  readonly bytes: Uint8Array;
}

/** Facts about the packet that its own bytes do not hold; null where unknown. */
export interface PacketContext {
  /** From 1. */
  readonly number: number;
  readonly epochSecond: number;
  readonly nanosecond: number;
  readonly hasTime: boolean;
  readonly length: number;
  readonly linkType: number;
  readonly interfaceName: string | null;
  readonly secondsSincePrevious: number | null;
  readonly secondsSinceFirst: number | null;
  /** What the first tier put into the Protocol column. */
  readonly protocol: string;
  /** Filter name of the application protocol that the first tier recognised for this packet's flow ('tls'); null where none. */
  readonly application: string | null;
  /** `PacketFlag` bits of the row. */
  readonly flags: number;
  /** Index of the flow in Wireshark's sense of a stream number; null where none. */
  readonly stream: number | null;
  /** Initial sequence numbers of this packet's sender and of the other side: Wireshark shows numbers relative to them. */
  readonly sequenceBase: number | null;
  readonly acknowledgementBase: number | null;
  /** Window scale factor exponent that the sender announced; null: not seen. */
  readonly windowScale: number | null;
  /** The complete message where this packet completes one that began in earlier ones. */
  readonly reassembledMessage: Uint8Array | null;
  /** Bytes at the end of this packet's payload that come after `reassembledMessage`: further messages. */
  readonly messageRest: number;
  /** The complete IP payload where this packet is the fragment that completed its datagram. */
  readonly reassembledDatagram: Uint8Array | null;
  /** The secrets of the flow that first-tier decoding kept (QUIC: the client's first Destination Connection ID). */
  readonly quicConnectionId: Uint8Array | null;
}

/** What the innermost IP header says, for the layers above it. */
export interface NetworkLayer {
  readonly version: 4 | 6;
  /** The source and destination address, one after the other. */
  readonly addresses: Uint8Array;
  /** Time to live or hop limit. */
  readonly hops: number;
  /** Part of a datagram: what follows is not whole. */
  readonly fragment: boolean;
}

/**
 * Builds one packet's field tree. A dissector reads through `bytes`, `start` and `end`, opens a node for its protocol, adds fields and
 * closes it. Nothing here throws for what the bytes are: a read beyond `end` is a mistake of the dissector, which must check first.
 */
export class Dissection {
  readonly root: Field[] = [];
  readonly sources: ByteSource[];
  /** The Info column. The innermost dissector that has something to say sets it last. */
  info = '';
  /** Where decoding stopped because the bytes contradict themselves or end too early; null where everything was understood. */
  malformed: { readonly layer: string; readonly offset: number; readonly reason: string } | null = null;
  /** Names of the protocols in the order in which they were found ('eth', 'ethertype', 'ip'); a node without a dot in its name adds itself. */
  readonly protocols: string[] = [];
  /** Where the current layer would end had everything been captured and quoted; `end` of a dissector is at most this. */
  reportedEnd: number;
  /** Where the payload of the link layer ends: what an Ethernet frame has behind it is padding or a trailer. */
  payloadEnd: number;
  network: NetworkLayer | null = null;
  /** Dissecting a packet that an error message quotes: it is cut on purpose and belongs to another moment of its flow. */
  quoted = false;
  /** How many layers were entered; see `enterLayer` in next.ts. */
  layerCount = 0;
  /** The source that fields are added from; set it while dissecting reassembled or decrypted bytes. */
  source = 0;
  #open: Field[] = [];
  #count = 0;
  #last: Field | null = null;

  readonly frame: Uint8Array;
  readonly context: PacketContext;
  readonly layers: LayerTables;

  /** `layers` says who dissects what comes next; it is empty where a test looks at one protocol alone. */
  constructor(frame: Uint8Array, context: PacketContext, layers: LayerTables = NO_LAYERS) {
    this.frame = frame;
    this.context = context;
    this.layers = layers;
    this.payloadEnd = frame.length;
    this.reportedEnd = Math.max(frame.length, context.length);
    this.sources = [{ title: 'Frame', bytes: frame }];
  }

  get bytes(): Uint8Array {
    return this.sources[this.source]?.bytes ?? this.frame;
  }

  /** Adds a node and gives it, so that the label can be finished later. */
  add(name: string, label: string, value: FieldValue, start: number, length: number): Field {
    const field: Field = { name, label, value, start, length, source: this.source, children: [] };
    if (this.#count < MAX_FIELDS) {
      (this.#open.at(-1)?.children ?? this.root).push(field);
    } else if (this.#count === MAX_FIELDS) {
      this.root.push({
        name: '',
        label: `More than ${MAX_FIELDS.toLocaleString('en')} fields: the rest is not shown`,
        value: null,
        start: 0,
        length: 0,
        source: 0,
        children: [],
      });
    }
    this.#count++;
    this.#last = field;
    return field;
  }

  /** Adds a node and makes it the parent of what follows, until `close`. */
  open(name: string, label: string, value: FieldValue, start: number, length: number): Field {
    const field = this.add(name, label, value, start, length);
    if (value === null && name !== '' && !name.includes('.')) this.protocols.push(name);
    this.#open.push(field);
    return field;
  }

  /** Makes a node that was added before (default: the last) the parent of what follows, until `close`. */
  nest(field: Field | null = this.#last): void {
    if (field !== null) this.#open.push(field);
  }

  close(): void {
    this.#open.pop();
  }

  /** Closes everything that was opened since `depth` (= `depth` getter before). */
  closeTo(depth: number): void {
    this.#open.length = Math.min(this.#open.length, depth);
  }

  get depth(): number {
    return this.#open.length;
  }

  /** True once a loop over hostile input should stop: too many fields or too deep. */
  get full(): boolean {
    return this.#count >= MAX_FIELDS || this.#open.length >= MAX_DEPTH;
  }

  /** Adds a source (reassembled or decrypted bytes) and gives its number for `source`. */
  addSource(title: string, bytes: Uint8Array): number {
    this.sources.push({ title, bytes });
    return this.sources.length - 1;
  }

  /**
   * Ends decoding with a node that says where and why. Keeps the first reason. A frame that was captured short is no malformed packet:
   * its node says so instead.
   */
  stop(layer: string, offset: number, reason: string): void {
    const first = this.malformed === null;
    this.malformed ??= { layer, offset, reason };
    const cut = this.source === 0 && this.context.length > this.frame.length && !this.quoted;
    this.add(
      cut ? '_ws.short' : '_ws.malformed',
      cut
        ? `[Packet size limited during capture: ${layer} truncated: ${reason} at byte ${offset}]`
        : `[Malformed Packet: ${layer}: ${reason} at byte ${offset}]`,
      null,
      offset,
      0,
    );
    if (first) this.info += cut ? '[Packet size limited during capture]' : '[Malformed Packet]';
  }
}
