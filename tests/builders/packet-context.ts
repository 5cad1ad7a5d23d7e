import type { PacketContext } from '../../src/engine/decode/tree/dissection';
import { LinkType } from '../../src/shared/model/link-types';

/** Facts beside the bytes, as they are for a packet that nothing is known of. */
export const packetContext = (frame: Uint8Array, facts: Partial<PacketContext> = {}): PacketContext => ({
  number: 1,
  epochSecond: 1_700_000_000,
  nanosecond: 123_456_789,
  hasTime: true,
  length: frame.length,
  linkType: LinkType.Ethernet,
  interfaceName: null,
  secondsSincePrevious: null,
  secondsSinceFirst: null,
  protocol: '',
  application: null,
  flags: 0,
  stream: null,
  sequenceBase: null,
  acknowledgementBase: null,
  windowScale: null,
  reassembledMessage: null,
  messageRest: 0,
  reassembledDatagram: null,
  quicConnectionId: null,
  ...facts,
});
