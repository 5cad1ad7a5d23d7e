import { describe, expect, it } from 'vitest';
import { ethernet, icmp, icmpv6, ip, ipv4, tcp, udp } from '../../../../builders/layers';
import { wire } from '../../../../builders/wire';
import { dissect, values } from '../tree/tree-of';

describe('ICMP', () => {
  it('shows an echo with both readings of its numbers', () => {
    const d = dissect(ethernet({ payload: ipv4({ ttl: 64, payload: icmp({ rest: [0x1f, 0x2a, 0, 1], payload: 'ping' }) }) }));
    expect(d.info).toBe('Echo (ping) request  id=0x1f2a, seq=1/256, ttl=64');
    expect(values(d, 'icmp.checksum.status')).toEqual([1]);
  });

  it('keeps its Info over the packet that it quotes', () => {
    const quoted = ipv4({ source: '10.0.0.9', destination: '10.0.0.8', payload: udp({ sourcePort: 4000, destinationPort: 33434 }) });
    const d = dissect(ethernet({ payload: ipv4({ payload: icmp({ type: 3, code: 3, rest: [0, 0, 0, 0], payload: quoted }) }) }), {
      stream: 3,
    });
    expect(d.info).toBe('Destination unreachable (Port unreachable)');
    expect(values(d, 'ip.src')).toEqual(['10.0.0.1', '10.0.0.9']);
    expect(values(d, 'udp.dstport')).toEqual([33434]);
    expect(values(d, 'udp.stream')).toEqual([]);
  });

  it('quotes the first eight bytes of TCP without calling them malformed', () => {
    const quoted = ipv4({ payload: tcp({ sequence: 77 }) }).bytes.slice(0, 28);
    const d = dissect(ethernet({ payload: ipv4({ payload: icmp({ type: 11, rest: [0, 0, 0, 0], payload: quoted }) }) }));
    expect(d.malformed).toBeNull();
    expect(values(d, 'tcp.seq_raw')).toEqual([77]);
  });

  it('shows a wrong checksum', () => {
    const frame = ethernet({ payload: ipv4({ payload: icmp({ payload: 'ping' }) }) });
    frame[frame.length - 1] = 0;
    expect(values(dissect(frame), 'icmp.checksum.status')).toEqual([0]);
  });
});

describe('ICMPv6', () => {
  const message = (type: number, rest: readonly number[], payload: Uint8Array) =>
    dissect(ethernet({ payload: ip('fe80::1', 'ff02::1', icmpv6({ type, rest, payload })) }));

  it('verifies its checksum with the pseudo-header', () => {
    expect(values(message(128, [0, 1, 0, 2], wire("'ping'")), 'icmpv6.checksum.status')).toEqual([1]);
  });

  it('says who is asked for and from where', () => {
    const d = message(135, [0, 0, 0, 0], wire('fe80 00*13 02 | 01 01 020000000001'));
    expect(d.info).toBe('Neighbor Solicitation for fe80::2 from 02:00:00:00:00:01');
  });

  it('says what an advertisement claims', () => {
    const d = message(136, [0xe0, 0, 0, 0], wire('fe80 00*13 02 | 02 01 020000000002'));
    expect(d.info).toBe('Neighbor Advertisement fe80::2 (rtr, sol, ovr) is at 02:00:00:00:00:02');
  });

  it('stops at an option of length 0', () => {
    expect(message(133, [0, 0, 0, 0], wire('01 00 00*6')).malformed?.reason).toBe('option of length 0');
  });
});
