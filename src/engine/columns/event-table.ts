import type { PacketIndex, TextIndex } from '../../shared/model/units';

/** Bound of the table, 176 MB: a message of a few bytes makes an event, and a file may be full of them. Later packets have none. */
const MAX_EVENTS = 1 << 23;
const BYTES_AN_EVENT = 21;

/** Application facts that packets stated, sparse and in packet order: what filters, flows and detectors read without decoding again. */
export class EventTable {
  count = 0;
  /** Events that found no room. */
  refused = 0;
  row = new Uint32Array(1024);
  kind = new Uint8Array(1024);
  /** DNS: query name. TLS: server name. HTTP request: host. -1 where there is none. */
  name = new Int32Array(1024);
  /** HTTP request: method. */
  method = new Int32Array(1024);
  /** HTTP request: URI. */
  uri = new Int32Array(1024);
  /** DNS: flags << 16 | query type. TLS: version of the hello. HTTP response: status. */
  number = new Uint32Array(1024);

  /** Without what is reserved: it takes no memory until it is written. */
  get bytes(): number {
    return this.count * BYTES_AN_EVENT;
  }

  add(row: PacketIndex, kind: number, name: TextIndex, method: TextIndex, uri: TextIndex, number: number): void {
    const at = this.count;
    if (at >= MAX_EVENTS) {
      this.refused++;
      return;
    }
    if (at === this.row.length) this.#grow();
    this.row[at] = row;
    this.kind[at] = kind;
    this.name[at] = name;
    this.method[at] = method;
    this.uri[at] = uri;
    this.number[at] = number;
    this.count++;
  }

  /** First event of this row or a later one; `count` where there is none. Rows ascend: binary search. */
  firstAtOrAfter(row: PacketIndex): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.row[middle] ?? 0) < row) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Drops the events of rows before this one. */
  forget(row: PacketIndex): void {
    const from = this.firstAtOrAfter(row);
    if (from === 0) return;
    for (const column of [this.row, this.kind, this.name, this.method, this.uri, this.number]) column.copyWithin(0, from, this.count);
    this.count -= from;
  }

  #grow(): void {
    const size = this.row.length * 1.5;
    this.row = enlarge(this.row, new Uint32Array(size));
    this.kind = enlarge(this.kind, new Uint8Array(size));
    this.name = enlarge(this.name, new Int32Array(size));
    this.method = enlarge(this.method, new Int32Array(size));
    this.uri = enlarge(this.uri, new Int32Array(size));
    this.number = enlarge(this.number, new Uint32Array(size));
  }
}

function enlarge<T extends Uint8Array | Int32Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
