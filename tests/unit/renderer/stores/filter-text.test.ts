import { describe, expect, it } from 'vitest';
import {
  addressTest,
  also,
  conversationTest,
  fieldTest,
  hostNameTest,
  not,
  portTest,
  protocolTest,
  quoted,
} from '../../../../src/renderer/stores/filter-text';

describe('filter text made from what is pointed at', () => {
  it('tests addresses by their kind', () => {
    expect(addressTest('src', '10.0.0.1')).toBe('ip.src == 10.0.0.1');
    expect(addressTest('addr', '2001:db8::1')).toBe('ipv6.addr == 2001:db8::1');
    expect(addressTest('dst', '02:00:00:00:00:01')).toBe('eth.dst == 02:00:00:00:00:01');
    expect(addressTest('src', 'host')).toBeNull();
  });

  it('tests fields by what they hold', () => {
    expect(fieldTest({ name: 'tcp.dstport', value: 443 })).toBe('tcp.dstport == 443');
    expect(fieldTest({ name: 'tcp.flags.syn', value: true })).toBe('tcp.flags.syn == 1');
    expect(fieldTest({ name: 'ip.src', value: '10.0.0.1' })).toBe('ip.src == 10.0.0.1');
    expect(fieldTest({ name: 'http.host', value: 'a.example' })).toBe('http.host == "a.example"');
    expect(fieldTest({ name: 'x.y', value: 2n ** 60n })).toBe('x.y == 1152921504606846976');
    expect(fieldTest({ name: 'tls.random', value: Uint8Array.of(0xde, 0xad) })).toBe('tls.random == de:ad');
    expect(fieldTest({ name: 'tcp', value: null })).toBe('tcp');
    expect(fieldTest({ name: '', value: 'a text' })).toBeNull();
    expect(fieldTest({ name: 'data.data', value: new Uint8Array(5000) })).toBe('data.data');
  });

  it('keeps quotes, backslashes and control characters of a packet inside the text', () => {
    expect(quoted('a"b\\c\n')).toBe('"a\\"b\\\\c\\x0a"');
  });

  it('names protocols as the filter does', () => {
    expect(['TLSv1.3', 'HTTP/JSON', 'SSHv2', 'ICMPv6', '802.11', 'DHCPv6'].map(protocolTest)).toEqual([
      'tls',
      'http',
      'ssh',
      'icmpv6',
      'wlan',
      'dhcpv6',
    ]);
  });

  it('tests ports of protocols that have some', () => {
    expect(portTest('TCP', 443)).toBe('tcp.port == 443');
    expect(portTest('ICMP', 8)).toBeNull();
    expect(portTest('UDP', null)).toBeNull();
  });

  it('tests host names wherever packets say them', () => {
    expect(hostNameTest('a.example')).toBe(
      'dns.qry.name == "a.example" || tls.handshake.extensions_server_name == "a.example" || http.host == "a.example"',
    );
  });

  it('joins tests without changing what the first one means', () => {
    expect(also('', 'dns')).toBe('dns');
    expect(also('tcp', 'ip.src == 10.0.0.1')).toBe('tcp && ip.src == 10.0.0.1');
    expect(also('dns || tls', 'ip')).toBe('(dns || tls) && ip');
    expect(also('tcp && dns', 'dns')).toBe('tcp && dns');
    expect(also('tcp', not('dns'))).toBe('tcp && !(dns)');
    expect(also('tcp', 'dns || tls')).toBe('tcp && (dns || tls)');
    expect(also(also('tcp', 'dns || tls'), 'dns || tls')).toBe('tcp && (dns || tls)');
  });

  it('tests both directions of a conversation', () => {
    const ends = { source: '10.0.0.1', destination: '10.0.0.4', sourcePort: 41022, destinationPort: 22 };
    expect(conversationTest('tcp', ends)).toBe('ip.addr == 10.0.0.1 && ip.addr == 10.0.0.4 && tcp.port == 41022 && tcp.port == 22');
    expect(conversationTest('icmp', { ...ends, sourcePort: null, destinationPort: null })).toBe(
      'ip.addr == 10.0.0.1 && ip.addr == 10.0.0.4',
    );
    expect(conversationTest('tcp', { ...ends, source: '' })).toBeNull();
  });
});
