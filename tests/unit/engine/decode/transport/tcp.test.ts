import { describe, expect, it } from 'vitest';
import type { PacketContext } from '../../../../../src/engine/decode/tree/dissection';
import { PacketFlag } from '../../../../../src/shared/model/packet-flags';
import { ethernet, ipv4, type Tcp, tcp } from '../../../../builders/layers';
import { wire } from '../../../../builders/wire';
import { dissect, labels, text, values } from '../tree/tree-of';

const segment = (header: Partial<Tcp>, facts: Partial<PacketContext> = {}) =>
  dissect(ethernet({ payload: ipv4({ payload: tcp({ sourcePort: 41022, destinationPort: 22, ...header }) }) }), {
    protocol: 'TCP',
    ...facts,
  });

describe('Info', () => {
  const synOptions = wire('02 04 05b4 | 04 02 | 08 0a 00000007 00000000 | 01 | 03 03 07');

  it('of a SYN lists the options as Wireshark does', () => {
    const d = segment({ flags: 'S', sequence: 5000, window: 1024, options: synOptions }, { sequenceBase: 5000 });
    expect(d.info).toBe('41022 → 22 [SYN] Seq=0 Win=1024 Len=0 MSS=1460 SACK_PERM TSval=7 TSecr=0 WS=128');
  });

  it('has relative numbers and the scaled window where they are known', () => {
    const facts = { sequenceBase: 5000, acknowledgementBase: 9000, windowScale: 7 };
    const d = segment({ flags: 'PA', sequence: 5001, acknowledgement: 9001, window: 10, payload: 'abc' }, facts);
    expect(d.info).toBe('41022 → 22 [PSH, ACK] Seq=1 Ack=1 Win=1280 Len=3');
  });

  it('wraps relative numbers around 2^32', () => {
    expect(segment({ flags: 'A', sequence: 4 }, { sequenceBase: 0xfffffffc }).info).toContain('Seq=8 ');
  });

  it('has raw numbers where nothing is known', () => {
    expect(segment({ flags: 'A', sequence: 5001, acknowledgement: 9001, window: 10 }).info).toBe(
      '41022 → 22 [ACK] Seq=5001 Ack=9001 Win=10 Len=0',
    );
  });

  it.each([
    ['a retransmission', PacketFlag.Retransmission, '[TCP Retransmission] '],
    ['the special kind of retransmission', PacketFlag.Retransmission | PacketFlag.FastRetransmission, '[TCP Fast Retransmission] '],
    ['several findings', PacketFlag.Retransmission | PacketFlag.WindowFull, '[TCP Window Full] [TCP Retransmission] '],
    ['a gap', PacketFlag.LostSegment, '[TCP Previous segment not captured] '],
    ['a keep-alive', PacketFlag.KeepAlive, '[TCP Keep-Alive] '],
    ['reused ports', PacketFlag.PortReuse, '[TCP Port numbers reused] '],
  ])('begins with %s', (_, flags, prefix) => {
    expect(segment({ flags: 'A' }, { flags }).info).toMatch(new RegExp(`^${prefix.replace(/[[\]]/g, '\\$&')}41022 → 22`));
  });

  it('shows selective acknowledgements relative to the other side', () => {
    const d = segment({ flags: 'A', acknowledgement: 9001, options: wire('01 01 05 0a 0000232a 0000232b') }, { acknowledgementBase: 9000 });
    expect(d.info).toMatch(/SLE=2 SRE=3$/);
  });

  it('says that a segment is part of a message which others complete', () => {
    expect(segment({ flags: 'A', payload: 'part' }, { application: 'tls' }).info).toMatch(/Len=4 \[TCP segment of a reassembled PDU\]$/);
    expect(segment({ flags: 'A', payload: 'part' }, { application: 'tls', flags: PacketFlag.Retransmission }).info).toMatch(/Len=4$/);
  });
});

describe('the tree', () => {
  it('has every flag as a field of its own', () => {
    const d = segment({ flags: 'SAUC' });
    expect(values(d, 'tcp.flags')).toEqual([0x0b2]);
    const set = ['cwr', 'ece', 'urg', 'ack', 'push', 'reset', 'syn', 'fin'].filter((name) => values(d, `tcp.flags.${name}`)[0] === true);
    expect(set).toEqual(['cwr', 'urg', 'ack', 'syn']);
    expect(values(d, 'tcp.flags.str')).toEqual(['····C·UA··S·']);
    expect(labels(d, 'tcp.flags.syn')).toEqual(['.... .... .... ..1. = Syn: Set']);
  });

  it('holds what the first tier found', () => {
    const d = segment({ flags: 'A' }, { flags: PacketFlag.SpuriousRetransmission });
    expect(values(d, 'tcp.analysis.spurious_retransmission')).toHaveLength(1);
    expect(values(d, 'tcp.analysis.retransmission')).toHaveLength(1);
  });

  it('shows an option that does not fit, and the packet goes on', () => {
    const d = segment({ flags: 'A', options: wire('08 0a 00000001 | 08 ff'), payload: 'x' });
    expect(d.malformed).toBeNull();
    expect(text(d, 'tcp').join('\n')).toContain('TCP Option - Timestamps (length 10 does not fit in 8 bytes)');
    expect(values(d, 'data.len')).toEqual([1]);
  });

  it('counts the payload that was sent, not the bytes that were captured', () => {
    const frame = ethernet({ payload: ipv4({ payload: tcp({ payload: 'x'.repeat(100) }) }) });
    const d = dissect(frame.slice(0, 60), { length: frame.length });
    expect(values(d, 'tcp.len')).toEqual([100]);
    expect(labels(d, 'tcp.payload')).toEqual(['TCP payload (100 bytes)']);
  });
});
