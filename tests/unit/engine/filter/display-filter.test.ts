import { describe, expect, test } from 'vitest';
import { Layer, PacketFlag } from '../../../../src/shared/model/packet-flags';
import { node, Rows } from './filter-tables';

const web = (): Rows =>
  new Rows()
    .add('10.0.0.1:40000 > 93.184.216.34:80 S', { time: 0, flow: 0 })
    .add('93.184.216.34:80 > 10.0.0.1:40000 SA', { time: 0.25, flow: 0 })
    .add('10.0.0.1:40000 > 93.184.216.34:80 PA', {
      time: 0.5,
      flow: 0,
      payload: 120,
      length: 174,
      request: { method: 'GET', host: 'www.example.org', uri: '/index.html?q=1' },
    })
    .add('192.168.1.5:5353 > 192.168.1.1:53', { time: 1.5, flow: 1, query: 'mail.example.org', payload: 34, length: 76, vlan: 7 })
    .add('192.168.1.1:53 > 192.168.1.5:5353', { time: 1.75, flow: 1, query: 'mail.example.org', dnsFlags: 0x8183, payload: 34, vlan: 7 })
    .add('fe80::1#40001 > 2001:db8::2#443 PA', { time: 2, flow: 2, payload: 517, serverName: 'secure.example.com', comment: 'first hello' })
    .add('00:1b:21:3c:4d:5e > ff:ff:ff:ff:ff:ff', { time: 9, layers: Layer.Ethernet | Layer.Arp });

// Nothing here may need a tree: what the columns know is never decoded.
test.each([
  ['', [1, 2, 3, 4, 5, 6, 7]],
  ['tcp', [1, 2, 3, 6]],
  ['dns or arp', [4, 5, 7]],
  ['!(ip or ipv6)', [7]],
  ['http', [3]],
  ['tls and ipv6', [6]],
  ['ip.addr == 10.0.0.0/8', [1, 2, 3]],
  ['ip.src==10.0.0.1', [1, 3]],
  ['10.0.0.1 == ip.src', [1, 3]],
  ['ip.src != 10.0.0.1', [2, 4, 5]],
  ['ip.addr != 10.0.0.1', [4, 5]],
  ['ip.addr ~= 10.0.0.1', [1, 2, 3, 4, 5]],
  ['!(ip.addr == 10.0.0.1)', [4, 5, 6, 7]],
  ['ip.dst in {93.184.216.0/24, 192.168.1.1..192.168.1.4}', [1, 3, 4]],
  ['ip.src > 100.0.0.0', [4, 5]],
  ['ipv6.addr == fe80::/10', [6]],
  ['ipv6.dst == 2001:0db8:0::2', [6]],
  ['host == 00-1b-21-3C-4D-5E or host == fe80::1', [6, 7]],
  ['tcp.port == 80', [1, 2, 3]],
  ['tcp.port != 80', [6]],
  ['tcp.dstport ~= 80', [2, 6]],
  ['udp.port in {53, 1000..2000}', [4, 5]],
  ['udp.port not in {53}', [1, 2, 3, 6, 7]],
  ['port == 443 || port == 53', [4, 5, 6]],
  ['tcp.srcport < tcp.dstport', [2]],
  ['tcp.srcport <= 0x1F90', [2]],
  ['tcp.flags.syn == 1 && tcp.flags.ack == 0', [1]],
  ['tcp.flags.syn == true', [1, 2]],
  ['tcp.flags.syn', [1, 2, 3, 6]],
  ['tcp.flags & 0x02', [1, 2]],
  ['(tcp.flags & 0x12) == 0x12', [2]],
  ['tcp.flags & 18 == 16', [3, 6]],
  ['tcp.flags == 0x002 xor ip', [2, 3, 4, 5]],
  ['tcp.len > 0', [3, 6]],
  ['udp.length == 42', [4, 5]],
  ['ip.proto == 17', [4, 5]],
  ['vlan.id == 7', [4, 5]],
  ['vlan', [4, 5]],
  ['frame.number == 2 or frame.number in {6..9}', [2, 6, 7]],
  ['frame.len gt 100', [3]],
  ['frame.time_relative >= 1.75', [5, 6, 7]],
  ['frame.time_delta == 0.25', [2, 3, 5, 6]],
  ['frame.time_epoch == 1767323045.500000000', [3]],
  ['frame.time < "2026-01-02 03:04:05.6Z"', [1, 2, 3]],
  ['frame.time in {"2026-01-02 03:04:06 UTC" .. "2026-01-02 03:04:07+00:00"}', [4, 5, 6]],
  ['dns.qry.name == "mail.example.org" && dns.flags.response == 0', [4]],
  ['dns.qry.name matches "^MAIL\\."', [4, 5]],
  ['dns.qry.type == 1', [4, 5]],
  ['dns.flags.rcode == 3', [5]],
  ['dns.flags.rcode == "No such name"', [5]],
  ['http.host contains "example"', [3]],
  ['http.host contains "EXAMPLE"', []],
  ['upper(http.host) contains "EXAMPLE"', [3]],
  ['http.request.uri matches r"\\.html\\?q=\\d"', [3]],
  ['http.request.method == GET', [3]],
  ['len(http.request.uri) == 15', [3]],
  ['tls.handshake.extensions_server_name', [6]],
  ['protocol == "TLSv1.2"', [6]],
  ['protocol matches "^(tls|dns)"', [4, 5, 6]],
  ['flow == 1', [4, 5]],
  ['tcp.stream == 0', [1, 2, 3]],
  ['comment', [6]],
  ['comment contains "hello"', [6]],
  ['not not tcp.port == 443', [6]],
])('%s', async (text, expected) => {
  const rows = web();
  expect(await rows.find(text)).toEqual(expected);
  expect(rows.decoded).toEqual([]);
});

describe('fields that only the tree has', () => {
  const withTrees = (): Rows =>
    new Rows()
      .add('10.0.0.1:1 > 10.0.0.2:80 S', { tree: [node('ip', null, [node('ip.ttl', 64)])] })
      .add('10.0.0.2:80 > 10.0.0.1:1 SA', { tree: [node('ip', null, [node('ip.ttl', 57)])], info: 'a SYN answered' })
      .add('fe80::1#1 > fe80::2#80 S')
      .add('10.0.0.9:9 > 10.0.0.2:22', { protocol: 'SSHv2', tree: [node('ssh', null, [node('ssh.protocol', 'SSH-2.0-x')])] });

  test('are looked for in the packets that can have them', async () => {
    const rows = withTrees();
    expect(await rows.find('ip.ttl < 64')).toEqual([2]);
    expect(rows.decoded).toEqual([1, 2, 4]);
  });

  test('are not looked for where the columns have decided', async () => {
    const rows = withTrees();
    expect(await rows.find('tcp.dstport == 80 && ip.ttl == 64')).toEqual([1]);
    expect(rows.decoded).toEqual([1]);
  });

  test('of an application protocol are looked for in its packets', async () => {
    const rows = withTrees();
    expect(await rows.find('ssh.protocol contains "2.0"')).toEqual([4]);
    expect(rows.decoded).toEqual([4]);
  });

  test('are found through an alias', async () => {
    expect(await withTrees().find('any.ttl == 57')).toEqual([2]);
  });

  test('include the Info column and the bytes of a protocol', async () => {
    expect(await withTrees().find('info contains "SYN"')).toEqual([2]);
    const rows = new Rows()
      .add('10.0.0.1:1 > 10.0.0.2:80', { tree: [node('frame')] })
      .add('10.0.0.3:1 > 10.0.0.2:80', { tree: [node('frame')] });
    expect(await rows.find('frame contains "0.0.3"')).toEqual([2]);
    expect(await rows.find('frame contains 30:2e:30:2e:31:3a')).toEqual([1]);
    expect(await rows.find('frame matches "0\\.3:\\d"')).toEqual([2]);
  });

  test('may be numbers beyond what a double holds', async () => {
    const rows = new Rows()
      .add('10.0.0.1:1 > 10.0.0.2:80', { tree: [node('x.large', 0xffff_ffff_ffff_fffen)] })
      .add('10.0.0.1:1 > 10.0.0.2:80', { tree: [node('x.large', 0xffff_ffff_ffff_ffffn)] });
    expect(await rows.find('x.large == 0xffffffffffffffff')).toEqual([2]);
    expect(await rows.find('x.large & 1')).toEqual([2]);
  });
});

describe('a packet with a second IP header', () => {
  const outerAndInner = [node('ip', null, [node('ip.src', '10.0.0.1')]), node('ip', null, [node('ip.src', '172.16.0.1')])];
  const tunnel = (): Rows =>
    new Rows()
      .add('10.0.0.1 > 10.0.0.2', { layers: Layer.Ethernet | Layer.Ipv4 | Layer.Gre, flags: PacketFlag.Tunnel, tree: outerAndInner })
      .add('10.0.0.1:1 > 10.0.0.2:2');

  test('is found by either, and decoded only for the inner one', async () => {
    const rows = tunnel();
    expect(await rows.find('ip.src == 10.0.0.1')).toEqual([1, 2]);
    expect(rows.decoded).toEqual([]);
    expect(await rows.find('ip.src == 172.16.0.1')).toEqual([1]);
    expect(rows.decoded).toEqual([1]);
  });

  test('has to differ in both for "!="', async () => {
    expect(await tunnel().find('ip.src != 172.16.0.1')).toEqual([2]);
    expect(await tunnel().find('ip.src != 172.16.0.9')).toEqual([1, 2]);
  });

  test('has its fields counted', async () => {
    expect(await tunnel().find('count(ip.src) == 2')).toEqual([1]);
  });
});

test('one row at a time, as a stream is read, decodes only when it must', () => {
  const rows = web();
  const filter = rows.compile('tcp.port == 80 && ip.ttl == 64');
  const taken = [0, 1, 2, 3].filter((row) =>
    filter.test(row, () => ({ root: row === 1 ? [node('ip.ttl', 64)] : [], sources: [], info: '' })),
  );
  expect(taken).toEqual([1]);
  expect(filter.test(3, () => expect.fail('a DNS packet has no TCP port'))).toBe(false);
  expect(filter.test(0, () => null)).toBe(false);
});
