import type { PacketIndex } from '../shared/model/units';
import { AddressTable } from './columns/address-table';
import { CHUNK_BITS } from './columns/column-chunk';
import { EventTable } from './columns/event-table';
import { HostNames } from './columns/host-names';
import { PacketTable } from './columns/packet-table';
import { ReassemblyTable } from './columns/reassembly-table';
import { TextTable } from './columns/text-table';
import { FlowTable } from './flows/flow-table';
import { StreamNumbers } from './flows/stream-numbers';
import type { ProcessTable } from './processes/process-table';

/** Everything that a session remembers beside the frames' bytes. The pipeline writes, everybody else reads. */
export class SessionTables {
  readonly packets = new PacketTable();
  readonly addresses = new AddressTable();
  readonly texts = new TextTable();
  readonly events = new EventTable();
  readonly flows = new FlowTable();
  readonly streams = new StreamNumbers(this.flows);
  readonly hostNames = new HostNames();
  readonly reassemblies = new ReassemblyTable();
  /** QUIC: the client's first Destination Connection ID, by flow: Initial packets are decrypted with keys made of it. */
  readonly connectionIds = new Map<number, Uint8Array>();
  /** Programs of the watched host; null: nobody can know, as of a file. */
  processes: ProcessTable | null = null;
  /** That packets were captured on, by their number; grows while it is read. */
  interfaces: readonly { readonly name: string | null }[] = [];
  /** Comments that the capture file carries, by row. */
  readonly comments = new Map<number, string[]>();

  /** Gives up the oldest packets: whole chunks that end before this row. Flows, addresses and texts stay. */
  forget(row: PacketIndex): void {
    this.packets.release(row >> CHUNK_BITS);
    const { first } = this.packets;
    this.events.forget(first);
    this.reassemblies.forget(first);
    for (const commented of this.comments.keys()) if (commented < first) this.comments.delete(commented);
  }

  /** Bytes of the index beside the flows. */
  get indexBytes(): number {
    const { packets, addresses, texts, events, hostNames, reassemblies } = this;
    return packets.bytes + addresses.bytes + texts.bytes + events.bytes + hostNames.bytes + reassemblies.bytes;
  }
}
