import type { Field, FieldValue } from './field';

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
  /** The complete IP payload where this packet is the fragment that completed its datagram. */
  readonly reassembledDatagram: Uint8Array | null;
  /** The secrets of the flow that first-tier decoding kept (QUIC: the client's first Destination Connection ID). */
  readonly quicConnectionId: Uint8Array | null;
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
  /** The source that fields are added from; set it while dissecting reassembled or decrypted bytes. */
  source = 0;
  #open: Field[] = [];
  #count = 0;

  constructor(
    readonly frame: Uint8Array,
    readonly context: PacketContext,
  ) {
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
      this.root.push({ name: '', label: `More than ${MAX_FIELDS.toLocaleString('en')} fields: the rest is not shown`, value: null, start: 0, length: 0, source: 0, children: [] });
    }
    this.#count++;
    return field;
  }

  /** Adds a node and makes it the parent of what follows, until `close`. */
  open(name: string, label: string, value: FieldValue, start: number, length: number): Field {
    const field = this.add(name, label, value, start, length);
    this.#open.push(field);
    return field;
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

  /** Ends decoding with a node that says where and why. Keeps the first reason. */
  stop(layer: string, offset: number, reason: string): void {
    this.malformed ??= { layer, offset, reason };
    this.add('_ws.malformed', `[Malformed Packet: ${layer}: ${reason} at byte ${offset}]`, null, offset, 0);
  }
}
