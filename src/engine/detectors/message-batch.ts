import type { PacketIndex, TextIndex } from '../../shared/model/units';

/** Events of one batch: 64 KiB packets may hold many small messages; those beyond are not seen by rules and counted. */
const MAX_MESSAGES = 1 << 18;

/** Application events of the batch that is being worked on, in packet order. Kept apart from the session's EventTable, which may be full. */
export class MessageBatch {
  count = 0;
  refused = 0;
  row = new Uint32Array(1024);
  kind = new Uint8Array(1024);
  name = new Int32Array(1024);
  method = new Int32Array(1024);
  uri = new Int32Array(1024);
  number = new Uint32Array(1024);

  add(row: PacketIndex, kind: number, name: TextIndex, method: TextIndex, uri: TextIndex, number: number): void {
    const at = this.count;
    if (at === this.row.length && !this.#grow()) {
      this.refused++;
      return;
    }
    this.row[at] = row;
    this.kind[at] = kind;
    this.name[at] = name;
    this.method[at] = method;
    this.uri[at] = uri;
    this.number[at] = number;
    this.count++;
  }

  #grow(): boolean {
    const size = this.row.length * 2;
    if (size > MAX_MESSAGES) return false;
    const enlarge = <T extends Uint8Array | Int32Array | Uint32Array>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    this.row = enlarge(this.row, new Uint32Array(size));
    this.kind = enlarge(this.kind, new Uint8Array(size));
    this.name = enlarge(this.name, new Int32Array(size));
    this.method = enlarge(this.method, new Int32Array(size));
    this.uri = enlarge(this.uri, new Int32Array(size));
    this.number = enlarge(this.number, new Uint32Array(size));
    return true;
  }
}
