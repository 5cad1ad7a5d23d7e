import type { AddressColumn, FlowRows, RollupRows } from '../store/records';

/** Protocol names, services, TCP flags are fewer. */
const MAX_NUMBER = 4096;

/** Gathers roll-ups. */
export class RollupColumns {
  readonly #texts: string[] = [];
  readonly #places = new Map<string, number>();
  readonly #bucket: number[] = [];
  readonly #kind: number[] = [];
  readonly #key: number[] = [];
  readonly #packets: number[] = [];
  readonly #bytes: number[] = [];

  get count(): number {
    return this.#bucket.length;
  }

  /** `bucket`: epoch seconds; `kind`: place in `ROLLUP_KINDS`. */
  add(bucket: number, kind: number, key: string, packets: number, bytes: number): void {
    this.#bucket.push(bucket);
    this.#kind.push(kind);
    this.#key.push(this.#place(key));
    this.#packets.push(packets);
    this.#bytes.push(bytes);
  }

  rows(): RollupRows {
    return {
      texts: this.#texts,
      bucket: new Float64Array(this.#bucket),
      kind: new Uint8Array(this.#kind),
      key: new Uint32Array(this.#key),
      packets: new Float64Array(this.#packets),
      bytes: new Float64Array(this.#bytes),
    };
  }

  #place(text: string): number {
    let place = this.#places.get(text);
    if (place === undefined) {
      place = this.#texts.push(text) - 1;
      this.#places.set(text, place);
    }
    return place;
  }
}

/** Texts of the numbers below 4,096: each is made once. */
export class NumberedWords {
  readonly #words: string[];
  readonly #textOf: (key: number) => string;
  /** Place + 1; 0: not made. */
  readonly #places = new Uint16Array(MAX_NUMBER);

  constructor(words: string[], textOf: (key: number) => string) {
    this.#words = words;
    this.#textOf = textOf;
  }

  place(key: number): number {
    const number = key & (MAX_NUMBER - 1);
    const place = this.#places[number] ?? 0;
    return place > 0 ? place - 1 : this.#make(number);
  }

  #make(number: number): number {
    const place = this.#words.push(this.#textOf(number));
    this.#places[number] = place;
    return place - 1;
  }
}

const addressColumn = (capacity: number): AddressColumn => ({ kinds: new Uint8Array(capacity), words: new Uint32Array(4 * capacity) });
const cut = ({ kinds, words }: AddressColumn, count: number): AddressColumn => ({
  kinds: kinds.slice(0, count),
  words: words.slice(0, 4 * count),
});

/** Columns for at most `capacity` flows, to be filled from 0 to `count`. */
export class FlowColumns {
  count = 0;
  readonly texts: string[] = [];
  readonly index: Float64Array;
  readonly protocol: Uint32Array;
  readonly source: AddressColumn;
  readonly destination: AddressColumn;
  readonly sourcePort: Int32Array;
  readonly destinationPort: Int32Array;
  readonly first: Float64Array;
  readonly last: Float64Array;
  readonly packets: Float64Array;
  readonly bytes: Float64Array;
  readonly packetsBack: Float64Array;
  readonly bytesBack: Float64Array;
  readonly state: Uint32Array;
  readonly tcpFlags: Uint32Array;
  readonly service: Uint32Array;
  readonly host: Uint32Array;

  constructor(capacity: number) {
    this.index = new Float64Array(capacity);
    this.protocol = new Uint32Array(capacity);
    this.source = addressColumn(capacity);
    this.destination = addressColumn(capacity);
    this.sourcePort = new Int32Array(capacity);
    this.destinationPort = new Int32Array(capacity);
    this.first = new Float64Array(capacity);
    this.last = new Float64Array(capacity);
    this.packets = new Float64Array(capacity);
    this.bytes = new Float64Array(capacity);
    this.packetsBack = new Float64Array(capacity);
    this.bytesBack = new Float64Array(capacity);
    this.state = new Uint32Array(capacity);
    this.tcpFlags = new Uint32Array(capacity);
    this.service = new Uint32Array(capacity);
    this.host = new Uint32Array(capacity);
  }

  get full(): boolean {
    return this.count >= this.index.length;
  }

  rows(): FlowRows {
    const { count } = this;
    return {
      texts: this.texts,
      index: this.index.slice(0, count),
      protocol: this.protocol.slice(0, count),
      source: cut(this.source, count),
      destination: cut(this.destination, count),
      sourcePort: this.sourcePort.slice(0, count),
      destinationPort: this.destinationPort.slice(0, count),
      first: this.first.slice(0, count),
      last: this.last.slice(0, count),
      packets: this.packets.slice(0, count),
      bytes: this.bytes.slice(0, count),
      packetsBack: this.packetsBack.slice(0, count),
      bytesBack: this.bytesBack.slice(0, count),
      state: this.state.slice(0, count),
      tcpFlags: this.tcpFlags.slice(0, count),
      service: this.service.slice(0, count),
      host: this.host.slice(0, count),
    };
  }
}
