import { describe, expect, it } from 'vitest';
import { toneOf } from '../../../../../src/renderer/views/packets/tone';
import { PacketFlag } from '../../../../../src/shared/model/packet-flags';
import type { PacketRow } from '../../../../../src/shared/model/records';

const row = (change: Partial<PacketRow>): PacketRow => ({
  index: 0,
  time: 0,
  epoch: '',
  delta: null,
  source: '',
  destination: '',
  sourcePort: null,
  destinationPort: null,
  protocol: 'TCP',
  length: 60,
  info: '',
  flow: null,
  flags: 0,
  tcpFlags: 0x10,
  ...change,
});

describe('the ground of a row', () => {
  it.each<[string, Partial<PacketRow>]>([
    ['tcp', {}],
    ['syn', { tcpFlags: 0x02 }],
    ['syn', { tcpFlags: 0x11 }],
    ['reset', { tcpFlags: 0x14 }],
    ['problem', { flags: PacketFlag.Retransmission }],
    ['problem', { flags: PacketFlag.DuplicateAck, tcpFlags: 0x14 }],
    ['tcp', { flags: PacketFlag.KeepAlive | PacketFlag.WindowUpdate }],
    ['tls', { protocol: 'TLSv1.3' }],
    ['http', { protocol: 'HTTP', tcpFlags: 0x19 }],
    ['dns', { protocol: 'MDNS', tcpFlags: null }],
    ['error', { protocol: 'ICMP', flags: PacketFlag.IcmpError, tcpFlags: null }],
    ['icmp', { protocol: 'ICMPv6', tcpFlags: null }],
    ['malformed', { protocol: 'DNS', flags: PacketFlag.Malformed, tcpFlags: null }],
    ['malformed', { protocol: 'ARP', info: '[Malformed Packet]', tcpFlags: null }],
    ['other', { protocol: '0x88cc', tcpFlags: null }],
  ])('is %s', (tone, change) => {
    expect(toneOf(row(change))).toBe(tone);
  });
});
