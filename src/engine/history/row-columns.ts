import type { FlowRows, RollupRows } from '../store/records';

/** Texts of a batch of rows, each once. */
class Words {
  readonly list: string[] = [];
  readonly #places = new Map<string, number>();

  place(word: string): number {
    let place = this.#places.get(word);
    if (place === undefined) {
      place = this.list.push(word) - 1;
      this.#places.set(word, place);
    }
    return place;
  }
}

/** Gathers roll-ups. */
export class RollupColumns {
  readonly #words = new Words();
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
    this.#key.push(this.#words.place(key));
    this.#packets.push(packets);
    this.#bytes.push(bytes);
  }

  rows(): RollupRows {
    return {
      texts: this.#words.list,
      bucket: new Float64Array(this.#bucket),
      kind: new Uint8Array(this.#kind),
      key: new Uint32Array(this.#key),
      packets: new Float64Array(this.#packets),
      bytes: new Float64Array(this.#bytes),
    };
  }
}

/** A flow as it is kept. Ports are -1 where the protocol has none; times are epoch seconds. */
export interface KeptFlow {
  readonly index: number;
  readonly protocol: string;
  readonly source: string;
  readonly sourcePort: number;
  readonly destination: string;
  readonly destinationPort: number;
  readonly first: number;
  readonly last: number;
  readonly packets: number;
  readonly bytes: number;
  readonly packetsBack: number;
  readonly bytesBack: number;
  readonly state: string;
  readonly tcpFlags: string;
  readonly service: string;
  readonly host: string;
}

/** Gathers flows, at most `capacity`. */
export class FlowColumns {
  count = 0;
  readonly #capacity: number;
  readonly #words = new Words();
  readonly #rows: FlowRows;

  constructor(capacity: number) {
    const places = (): Uint32Array => new Uint32Array(capacity);
    const numbers = (): Float64Array => new Float64Array(capacity);
    this.#capacity = capacity;
    this.#rows = {
      texts: this.#words.list,
      index: numbers(),
      protocol: places(),
      source: places(),
      destination: places(),
      sourcePort: new Int32Array(capacity),
      destinationPort: new Int32Array(capacity),
      first: numbers(),
      last: numbers(),
      packets: numbers(),
      bytes: numbers(),
      packetsBack: numbers(),
      bytesBack: numbers(),
      state: places(),
      tcpFlags: places(),
      service: places(),
      host: places(),
    };
  }

  get full(): boolean {
    return this.count >= this.#capacity;
  }

  add(flow: KeptFlow): void {
    const rows = this.#rows;
    const words = this.#words;
    const at = this.count++;
    rows.index[at] = flow.index;
    rows.protocol[at] = words.place(flow.protocol);
    rows.source[at] = words.place(flow.source);
    rows.destination[at] = words.place(flow.destination);
    rows.sourcePort[at] = flow.sourcePort;
    rows.destinationPort[at] = flow.destinationPort;
    rows.first[at] = flow.first;
    rows.last[at] = flow.last;
    rows.packets[at] = flow.packets;
    rows.bytes[at] = flow.bytes;
    rows.packetsBack[at] = flow.packetsBack;
    rows.bytesBack[at] = flow.bytesBack;
    rows.state[at] = words.place(flow.state);
    rows.tcpFlags[at] = words.place(flow.tcpFlags);
    rows.service[at] = words.place(flow.service);
    rows.host[at] = words.place(flow.host);
  }

  rows(): FlowRows {
    const rows = this.#rows;
    const { count } = this;
    return {
      texts: rows.texts,
      index: rows.index.slice(0, count),
      protocol: rows.protocol.slice(0, count),
      source: rows.source.slice(0, count),
      destination: rows.destination.slice(0, count),
      sourcePort: rows.sourcePort.slice(0, count),
      destinationPort: rows.destinationPort.slice(0, count),
      first: rows.first.slice(0, count),
      last: rows.last.slice(0, count),
      packets: rows.packets.slice(0, count),
      bytes: rows.bytes.slice(0, count),
      packetsBack: rows.packetsBack.slice(0, count),
      bytesBack: rows.bytesBack.slice(0, count),
      state: rows.state.slice(0, count),
      tcpFlags: rows.tcpFlags.slice(0, count),
      service: rows.service.slice(0, count),
      host: rows.host.slice(0, count),
    };
  }
}
