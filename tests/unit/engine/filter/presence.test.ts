import { expect, test } from 'vitest';
import { filterFields } from '../../../../src/engine/filter/all-fields';
import { Layer, PacketFlag } from '../../../../src/shared/model/packet-flags';
import { node, Rows } from './filter-tables';

const OTHER = '10.0.0.8:50000 > 10.0.0.9:50001';

/** One packet that has the field, though its Protocol column does not say so, among ten that do not and need not be decoded. */
test.each([
  ['openvpn.opcode', 'beside its port', '10.0.0.1:40000 > 10.0.0.2:9999', { protocol: 'UDP', flags: PacketFlag.Message }],
  ['geneve.vni', 'under what it carries', '10.0.0.1:40000 > 10.0.0.2:6081', { protocol: 'ICMP', layers: Layer.Ipv4 | Layer.Udp }],
  ['teredo.auth', 'under what it carries', '10.0.0.1:3544 > 10.0.0.2:40000', { protocol: 'ICMPv6', layers: Layer.Ipv4 | Layer.Udp }],
  ['udpencap', 'beneath ISAKMP', '10.0.0.1:4500 > 10.0.0.2:4500', { protocol: 'ISAKMP' }],
  ['esp.encrypted_data', 'within a datagram', '10.0.0.1:4500 > 10.0.0.2:4500', { protocol: 'ESP', layers: Layer.Ipv4 | Layer.Udp }],
  ['rpc.xid', 'shown as its program', '10.0.0.1:800 > 10.0.0.2:2049', { protocol: 'NFS' }],
  ['_ws.malformed', 'in an application', '10.0.0.1:800 > 10.0.0.2:53', { protocol: 'DNS', flags: PacketFlag.Message }],
  [
    'tls.handshake.extensions_server_name',
    'in an Initial packet that was sent again',
    '10.0.0.1:800 > 10.0.0.2:443',
    { protocol: 'QUIC', length: 1242 },
  ],
])('%s %s', async (name, _where, line, extra) => {
  const rows = new Rows();
  for (const shown of ['OpenVPN', 'UDPENCAP', 'RPC']) rows.tables.protocolNames.id(shown);
  const tree = [node(name, 'x')];
  for (let i = 0; i < 5; i++) rows.add(OTHER, { protocol: 'UDP', tree });
  rows.add(line, { ...extra, tree });
  for (let i = 0; i < 5; i++) rows.add(`${OTHER} A`, { tree });
  expect(await rows.find(name, filterFields)).toEqual([6]);
  expect(rows.decoded.filter((row) => row !== 6)).toEqual([]);
});
