/** Where the decoder puts addresses; the session's AddressTable is one. */
export interface AddressInterner {
  internIpv4(word: number): number;
  internMac(bytes: Uint8Array, at: number): number;
  internIpv6(bytes: Uint8Array, at: number): number;
}

/** Puts IP datagrams together; `null` where the fragment does not complete one. */
export interface Defragmenter {
  /** Takes a fragment's payload bytes[start..end) at `offset` of its datagram. Gives the datagram's complete payload, or null. */
  add(
    source: number,
    destination: number,
    id: number,
    protocol: number,
    offset: number,
    more: boolean,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): Uint8Array | null;
}

/** Tunnels and quoted packets that one frame may nest; deeper ones stay undecoded. */
export const MAX_DEPTH = 12;
const NONE = -1;

/**
 * What the first tier says about one frame: one reused instance, numbers only. Layers fill it from the outside in; "first wins" fields
 * (addresses, ports, flags) belong to the outermost header, `flow*` to the innermost, `protocol` to whoever spoke last.
 */
export class FrameSummary {
  source = NONE;
  destination = NONE;
  hasPorts = false;
  sourcePort = 0;
  destinationPort = 0;
  /** -1: no IP header. */
  ipProtocol = NONE;
  /** -1: no TCP header. */
  tcpFlags = NONE;
  /** -1: none. An 802.1Q tag is preferred to an 802.1ad one. */
  vlan = NONE;
  vlanIsService = false;
  protocol = 0;
  layers = 0;
  /** `PacketFlag` bits that the headers alone decide. */
  flags = 0;

  flowSource = NONE;
  flowDestination = NONE;
  flowProtocol = 0;
  flowSourcePort = 0;
  flowDestinationPort = 0;
  flowTcpFlags = 0;
  sequence = 0;
  acknowledgement = 0;
  window = 0;
  /** Exponent from the TCP option; 255: not present. */
  windowScale = 255;

  /** In an ICMP error: a destination unreachable. */
  unreachable = false;

  /** The transport payload: within `payloadBytes`, which is the frame's buffer or a reassembled datagram. */
  payloadBytes: Uint8Array | null = null;
  payloadInDatagram = false;
  payloadStart = 0;
  payloadEnd = 0;
  /** As the headers claim; may be more than was captured. */
  payloadLength = 0;

  /** An ARP message of Ethernet and IPv4 begins here; null: none. */
  arpBytes: Uint8Array | null = null;
  arpStart = 0;

  /** Bytes of the frame that were on the wire but not captured: a header that claims more than these is wrong. Set by the caller. */
  uncaptured = 0;
  depth = 0;
  ipHeaders = 0;
  quoted = false;

  readonly addresses: AddressInterner;
  readonly defragmenter: Defragmenter;

  constructor(addresses: AddressInterner, defragmenter: Defragmenter) {
    this.addresses = addresses;
    this.defragmenter = defragmenter;
  }

  reset(): void {
    this.source = NONE;
    this.destination = NONE;
    this.hasPorts = false;
    this.sourcePort = 0;
    this.destinationPort = 0;
    this.ipProtocol = NONE;
    this.tcpFlags = NONE;
    this.vlan = NONE;
    this.vlanIsService = false;
    this.protocol = 0;
    this.layers = 0;
    this.flags = 0;
    this.flowSource = NONE;
    this.flowDestination = NONE;
    this.flowProtocol = 0;
    this.flowSourcePort = 0;
    this.flowDestinationPort = 0;
    this.flowTcpFlags = 0;
    this.sequence = 0;
    this.acknowledgement = 0;
    this.window = 0;
    this.windowScale = 255;
    this.unreachable = false;
    this.payloadBytes = null;
    this.payloadInDatagram = false;
    this.payloadStart = 0;
    this.payloadEnd = 0;
    this.payloadLength = 0;
    this.arpBytes = null;
    this.depth = 0;
    this.ipHeaders = 0;
    this.quoted = false;
  }

  setPorts(source: number, destination: number): void {
    if (this.hasPorts) return;
    this.hasPorts = true;
    this.sourcePort = source;
    this.destinationPort = destination;
  }
}
