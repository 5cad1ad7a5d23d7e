import { u16, u32 } from '../../shared/base/bytes';
import type { AddressTable } from './address-table';
import { MAX_BATCH } from './transport-batch';

const OPERATION = 6;
const SENDER_MAC = 8;
const SENDER = 14;
const TARGET = 24;

/** ARP messages (RFC 826, Ethernet and IPv4) of the batch that is being decoded, in packet order. Reused for every batch. */
export class ArpBatch {
  count = 0;
  /** Place of the packet in the batch. */
  readonly entry = new Uint32Array(MAX_BATCH);
  readonly operation = new Uint16Array(MAX_BATCH);
  /** Indices of addresses. */
  readonly sender = new Int32Array(MAX_BATCH);
  readonly mac = new Int32Array(MAX_BATCH);
  readonly target = new Int32Array(MAX_BATCH);

  add(entry: number, bytes: Uint8Array, start: number, addresses: AddressTable): void {
    const at = this.count++;
    this.entry[at] = entry;
    this.operation[at] = u16(bytes, start + OPERATION);
    this.sender[at] = addresses.internIpv4(u32(bytes, start + SENDER));
    this.mac[at] = addresses.internMac(bytes, start + SENDER_MAC);
    this.target[at] = addresses.internIpv4(u32(bytes, start + TARGET));
  }
}
