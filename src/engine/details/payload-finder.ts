import { IpDefragmenter } from '../decode/summary/defragmenter';
import { type AddressInterner, type Defragmenter, FrameSummary } from '../decode/summary/frame-summary';
import { decodeLink } from '../decode/summary/link';

const NO_ADDRESSES: AddressInterner = { internIpv4: (word) => word, internMac: () => 0, internIpv6: () => 0 };

/** Keeps what the last fragment completed. */
class Catcher implements Defragmenter {
  datagram: Uint8Array | null = null;
  readonly #inner = new IpDefragmenter();

  add(...fragment: Parameters<Defragmenter['add']>): Uint8Array | null {
    this.datagram = this.#inner.add(...fragment);
    return this.datagram;
  }
}

const EMPTY = new Uint8Array(0);

/** TCP or UDP payload of a frame, found by the first tier as it was when the packet arrived. */
export function payloadOf(frame: Uint8Array, linkType: number): Uint8Array {
  const summary = new FrameSummary(NO_ADDRESSES, new Catcher());
  decodeLink(summary, frame, 0, frame.length, linkType);
  return summary.payloadBytes ? summary.payloadBytes.subarray(summary.payloadStart, summary.payloadEnd) : EMPTY;
}

/** Payload of the IP datagram that these fragments make, the completing one last; null where they do not (the file changed). */
export function datagramOf(frames: readonly Uint8Array[], linkType: number): Uint8Array | null {
  const catcher = new Catcher();
  const summary = new FrameSummary(NO_ADDRESSES, catcher);
  for (const frame of frames) {
    summary.reset();
    decodeLink(summary, frame, 0, frame.length, linkType);
  }
  return catcher.datagram;
}
