import { lines, wire } from '../../../../builders/wire';
import type { Ports } from './message-runner';
import { webSamples } from './web-samples';

/** A message, what both tiers say of it, and some of its fields. Also the seeds of the hostile-input test. */
export interface Sample {
  readonly protocol: string;
  readonly ports: Ports;
  readonly bytes: Uint8Array;
  readonly column: string;
  readonly info: string;
  readonly fields?: Readonly<Record<string, unknown>>;
  /** State that earlier messages left. */
  readonly state?: number;
}

const tcp = (source: number, destination: number): Ports => ({ transport: 'tcp', source, destination });
const udp = (source: number, destination: number): Ports => ({ transport: 'udp', source, destination });
const nameList = (text: string): string => `${text.length.toString(16).padStart(8, '0')} '${text}'`;

const kexInit = (): Uint8Array => {
  const body = `14 | 00*16 | ${['curve25519-sha256', 'ssh-ed25519', 'aes128-ctr', 'aes256-ctr', 'hmac-sha2-256', 'hmac-sha2-512', 'none', 'zlib', '', ''].map((list) => (list === '' ? '00000000' : nameList(list))).join(' ')} | 00 | 00000000`;
  const payload = wire(body);
  const padding = 8 - ((payload.length + 5) % 8) + 8;
  const out = new Uint8Array(payload.length + 5 + padding);
  new DataView(out.buffer).setUint32(0, out.length - 4);
  out[4] = padding;
  out.set(payload, 5);
  return out;
};

/** '<00>'-encoded NetBIOS name of 34 bytes. */
const netbiosName = (name: string, kind: number): string => {
  const bytes = [...name.padEnd(15, ' ')].map((character) => character.charCodeAt(0));
  const letters = [...bytes, kind].map((byte) => String.fromCharCode(0x41 + (byte >> 4), 0x41 + (byte & 15))).join('');
  return `20 '${letters}' 00`;
};
const smb1Header = (command: string, flags = '18'): string =>
  `ff 'SMB' ${command} 00000000 ${flags} 07c8 0000 00*8 0000 0000 fffe 0000 0100`;

export const samples: readonly Sample[] = [
  ...webSamples,
  {
    protocol: 'ssh',
    ports: tcp(50000, 22),
    bytes: lines('SSH-2.0-OpenSSH_9.2'),
    column: 'SSH',
    info: 'Client: Protocol (SSH-2.0-OpenSSH_9.2)',
    fields: { 'ssh.protocol': 'SSH-2.0-OpenSSH_9.2' },
  },
  {
    protocol: 'ssh',
    ports: tcp(50000, 22),
    bytes: kexInit(),
    column: 'SSHv2',
    info: 'Client: Key Exchange Init',
    state: 1 | 32,
    fields: {
      'ssh.kex_algorithms': 'curve25519-sha256',
      'ssh.kex.hassh_algorithms': 'curve25519-sha256;aes128-ctr;hmac-sha2-256;none',
      'ssh.kex.hassh': 'e97d07603350d1111ec2b64bf25413c9',
    },
  },
  {
    protocol: 'dhcp',
    ports: udp(68, 67),
    column: 'DHCP',
    info: 'DHCP Discover - Transaction ID 0x3d1d',
    bytes: wire(
      "01 01 06 00 | 00003d1d | 0000 8000 | 00000000*4 | 000b8201fc42 00*10 | 00*64 | 00*128 | 63825363 | 35 01 01 | 32 04 c0a8000a | 0c 03 'pc1' | 37 02 01 03 | 3d 07 01 000b8201fc42 | 33 04 00000e10 | ff",
    ),
    fields: {
      'dhcp.hw.mac_addr': '00:0b:82:01:fc:42',
      'dhcp.option.dhcp': 1,
      'dhcp.option.hostname': 'pc1',
      'dhcp.option.requested_ip_address': '192.168.0.10',
      'dhcp.option.ip_address_lease_time': 3600,
    },
  },
  {
    protocol: 'dhcp',
    ports: udp(68, 67),
    column: 'BOOTP',
    info: 'Boot Request from 00:0b:82:01:fc:42',
    bytes: wire('01 01 06 00 | 00003d1d | 0000 0000 | 00000000*4 | 000b8201fc42 00*10 | 00*64 | 00*128'),
  },
  {
    protocol: 'dhcpv6',
    ports: udp(546, 547),
    column: 'DHCPv6',
    info: 'Solicit XID: 0x100874 CID: 000100011c39cf88080027fe8f95 ',
    bytes: wire(
      '01 100874 | 0001 000e 0001 0001 1c39cf88 080027fe8f95 | 0006 0004 0017 0018 | 0008 0002 0000 | 0019 000c 27fe8f95 00000e10 00001518',
    ),
    fields: { 'dhcpv6.iaid.t1': 3600 },
  },
  {
    protocol: 'ntp',
    ports: udp(123, 123),
    column: 'NTP',
    info: 'NTP Version 4, client',
    bytes: wire('23 02 06 e8 | 00000bd9 | 00000630 | 55c7d663 | e099b95c 12dcc62c | 00*8 | 00*8 | e099b996 07050de0'),
    fields: { 'ntp.stratum': 2, 'ntp.precision': -24, 'ntp.flags.mode': 3, 'ntp.org': 0 },
  },
  {
    protocol: 'nbss',
    ports: tcp(50000, 445),
    column: 'SMB',
    info: 'Negotiate Protocol Request',
    bytes: wire(`00 00002f | ${smb1Header('72')} | 00 0c00 | 02 'NT LM 0.12' 00`),
    fields: { 'smb.cmd': 0x72 },
  },
  {
    protocol: 'nbss',
    ports: tcp(50000, 445),
    column: 'SMB2',
    info: 'Negotiate Protocol Request',
    bytes: wire(
      "00 000068 | fe 'SMB' 4000 0000 00000000 0000 0100 00000000 00000000 00*8 00*8 00*8 00*16 | 2400 0200 0100 0000 00000000 00*16 00*8 1002 1103",
    ),
    fields: { 'smb2.cmd': 0, 'smb2.dialect': 0x0210 },
  },
  {
    protocol: 'nbss',
    ports: tcp(50000, 139),
    column: 'NBSS',
    info: 'Session request, to SERVER<20> from CLIENT<00>',
    bytes: wire(`81 00 0044 | ${netbiosName('SERVER', 0x20)} | ${netbiosName('CLIENT', 0)}`),
  },
  {
    protocol: 'tpkt',
    ports: tcp(50000, 3389),
    column: 'RDP',
    info: 'Cookie: mstshash=bob, Negotiate Request',
    bytes: wire("03 00 002a | 25 e0 0000 0000 00 | 'Cookie: mstshash=bob' 0d0a | 01 00 0800 03000000 00"),
    fields: { 'rdp.rt_cookie': 'Cookie: mstshash=bob', 'rdp.negReq.requestedProtocols': 3 },
  },
  {
    protocol: 'mqtt',
    ports: tcp(50000, 1883),
    column: 'MQTT',
    info: 'Connect Command',
    bytes: wire("10 0f | 0004 'MQTT' 04 02 003c | 0003 'abc'"),
    fields: { 'mqtt.clientid': 'abc', 'mqtt.kalive': 60 },
  },
  {
    protocol: 'mqtt',
    ports: tcp(50000, 1883),
    column: 'MQTT',
    info: 'Publish Message [a/b], Ping Request',
    bytes: wire("30 08 | 0003 'a/b' 'xyz' | c0 00"),
    fields: { 'mqtt.topic': 'a/b' },
  },
  { protocol: 'vnc', ports: tcp(5900, 50000), column: 'VNC', info: 'Server protocol version: 003.008', bytes: wire("'RFB 003.008' 0a") },
  {
    protocol: 'isakmp',
    ports: udp(500, 500),
    column: 'ISAKMP',
    info: 'IKE_SA_INIT MID=00 Initiator Request',
    bytes: wire('e5bc67550fd4d3ea 0000000000000000 | 21 20 22 08 00000000 00000028 | 00 00 000c 0000000000000000'),
  },
  {
    protocol: 'isakmp',
    ports: udp(4500, 4500),
    column: 'ESP',
    info: 'ESP (SPI=0x04888fe4)',
    bytes: wire('04888fe4 00000001 ebb003de6868ab03'),
    fields: { 'esp.sequence': 1 },
  },
  {
    protocol: 'db-lsp-disc',
    ports: udp(17500, 17500),
    column: 'DB-LSP-DISC/JSON',
    info: 'Dropbox LAN sync Discovery Protocol, JavaScript Object Notation',
    bytes: wire(`'{"host_int": 1}'`),
  },
  {
    protocol: 'ftp',
    ports: tcp(50000, 21),
    column: 'FTP',
    info: 'Request: USER anonymous',
    bytes: lines('USER anonymous'),
    fields: { 'ftp.request.command': 'USER', 'ftp.request.arg': 'anonymous' },
  },
  {
    protocol: 'ftp',
    ports: tcp(21, 50000),
    column: 'FTP',
    info: 'Response: 530 Login incorrect.',
    bytes: lines('530 Login incorrect.'),
    fields: { 'ftp.response.code': 530 },
  },
  {
    protocol: 'pop',
    ports: tcp(110, 50000),
    column: 'POP',
    info: 'S: +OK ready',
    bytes: lines('+OK ready'),
    fields: { 'pop.response.indicator': '+OK' },
  },
  { protocol: 'imap', ports: tcp(143, 50000), column: 'IMAP', info: 'Response: * OK IMAP4 ready', bytes: lines('* OK IMAP4 ready') },
  { protocol: 'irc', ports: tcp(50000, 6667), column: 'IRC', info: 'Request: NICK bob', bytes: lines('NICK bob', 'USER bob 0 * :Bob') },
  {
    protocol: 'smtp',
    ports: tcp(50000, 25),
    column: 'SMTP',
    info: 'C: MAIL FROM:<a@example.org> | RCPT TO:<b@example.org> | DATA',
    bytes: lines('MAIL FROM:<a@example.org>', 'RCPT TO:<b@example.org>', 'DATA'),
    fields: { 'smtp.req.command': 'MAIL' },
  },
  {
    protocol: 'smtp',
    ports: tcp(50000, 25),
    column: 'SMTP/IMF',
    info: 'C: DATA fragment, 24 bytes',
    bytes: lines('Subject: x', '', 'hello', '.'),
    state: 1,
  },
  {
    protocol: 'bittorrent',
    ports: tcp(50000, 6881),
    column: 'BitTorrent',
    info: 'Handshake  Have, Piece (Idx:0x5)',
    bytes: wire("13 'BitTorrent protocol' 00*8 aa*20 bb*20 | 00000005 04 00000005"),
    fields: { 'bittorrent.piece.index': 5 },
  },
  {
    protocol: 'openvpn',
    ports: udp(1194, 50000),
    column: 'OpenVPN',
    info: 'MessageType: P_ACK_V1',
    bytes: wire('28 39fded2daa10a437 01 00000002 9421917de7267729'),
  },
  {
    protocol: 'sip',
    ports: udp(5060, 5060),
    column: 'SIP',
    info: 'Request: OPTIONS sip:bob@example.org | ',
    bytes: lines('OPTIONS sip:bob@example.org SIP/2.0', 'Via: SIP/2.0/UDP 10.0.0.1', 'Call-ID: 1@x', 'Content-Length: 0', ''),
    fields: { 'sip.Method': 'OPTIONS', 'sip.Call-ID': '1@x' },
  },
  {
    protocol: 'sip',
    ports: udp(5060, 5060),
    column: 'SIP/SDP',
    info: 'Status: 200 OK | ',
    bytes: lines('SIP/2.0 200 OK', 'c: application/sdp', '', 'v=0', 'm=audio 8000 RTP/AVP 0'),
    fields: { 'sip.Status-Code': 200, 'sdp.media': 'audio 8000 RTP/AVP 0' },
  },
  {
    protocol: 'rtsp',
    ports: tcp(50000, 554),
    column: 'RTSP',
    info: 'OPTIONS rtsp://cam/ RTSP/1.0',
    bytes: lines('OPTIONS rtsp://cam/ RTSP/1.0', 'CSeq: 2', ''),
    fields: { 'rtsp.method': 'OPTIONS', 'rtsp.url': 'rtsp://cam/' },
  },
  {
    protocol: 'resp',
    ports: tcp(50000, 6379),
    column: 'RESP',
    info: 'Request: set key value',
    bytes: lines('*3', '$3', 'set', '$3', 'key', '$5', 'value'),
    fields: { 'resp.bulk_string.value': 'set' },
  },
  { protocol: 'resp', ports: tcp(6379, 50000), column: 'RESP', info: 'Response: OK', bytes: lines('+OK') },
  {
    protocol: 'snmp',
    ports: udp(50000, 161),
    column: 'SNMP',
    info: 'get-request 1.3.6.1.2.1.1.2.0',
    bytes: wire("30 26 020100 04 06 'public' | a0 19 020126 020100 020100 | 30 0e 30 0c 06 08 2b06010201010200 0500"),
    fields: { 'snmp.community': 'public', 'snmp.name': '1.3.6.1.2.1.1.2.0' },
  },
  {
    protocol: 'kerberos',
    ports: udp(50000, 88),
    column: 'KRB5',
    info: 'KRB Error: KRB5KDC_ERR_PREAUTH_REQUIRED',
    bytes: wire("7e 1d 30 1b | a0 03 020105 | a1 03 02011e | a6 03 020119 | a9 0a 1b 08 'REALM.ORG'"),
    fields: { 'kerberos.error_code': 25 },
  },
  {
    protocol: 'ldap',
    ports: tcp(50000, 389),
    column: 'LDAP',
    info: 'bindRequest(1) "cn=bob" simple ',
    bytes: wire("30 12 020101 60 0d 020103 04 06 'cn=bob' 80 00"),
    fields: { 'ldap.messageID': 1, 'ldap.name': 'cn=bob' },
  },
  { protocol: 'cldap', ports: udp(50000, 389), column: 'CLDAP', info: 'unbindRequest(3) ', bytes: wire('30 05 020103 42 00') },
  {
    protocol: 'stun',
    ports: udp(50000, 3478),
    column: 'STUN',
    info: 'Binding Success Response XOR-MAPPED-ADDRESS: 93.35.171.209:39032',
    bytes: wire('0101 000c 2112a442 6b41474e4e7a76484e483539 | 0020 0008 0001 b96a 7c310f93'),
    fields: { 'stun.att.ipv4': '93.35.171.209' },
  },
  {
    protocol: 'stun',
    ports: udp(50000, 3478),
    column: 'CLASSIC-STUN',
    info: 'Message: Binding Request',
    bytes: wire('0001 0008 11223344556677889900112233445566 | 0003 0004 00000000'),
  },
  { protocol: 'rtcp', ports: udp(50000, 3478), column: 'RTCP', info: 'Receiver Report   ', bytes: wire('80 c9 0001 78691914') },
  {
    protocol: 'dtls',
    ports: udp(50000, 4433),
    column: 'DTLSv1.2',
    info: 'Server Hello (Fragment)',
    bytes: wire('16 fefd 0000 000000000000 000e | 02 000039 0000 000000 000002 fefd'),
    fields: { 'dtls.handshake.type': 2 },
  },
  {
    protocol: 'wg',
    ports: udp(50000, 51820),
    column: 'WireGuard',
    info: 'Transport Data, receiver=0xAB7DF406, counter=1, datalen=16',
    bytes: wire('04 000000 06f47dab 0100000000000000 aa*32'),
  },
  {
    protocol: 'nbns',
    ports: udp(137, 137),
    column: 'NBNS',
    info: 'Name query NB SERVER<20>',
    bytes: wire(`8001 0110 0001 0000 0000 0000 | ${netbiosName('SERVER', 0x20)} 0020 0001`),
  },
  {
    protocol: 'nbdgm',
    ports: udp(138, 138),
    column: 'BROWSER',
    info: 'Request Announcement PC1',
    bytes: wire(
      `11 02 000e c0a8ef81 008a 0099 0000 | ${netbiosName('PC1', 0)} ${netbiosName('WORKGROUP', 0x1d)} | ${smb1Header('25', '00')} | 11 0000 0500 0000 0000 00 00 0000 00000000 0000 0000 0000 0600 5600 03 00 0100 0000 0200 | 1700 '\\MAILSLOT\\BROWSE' 00 | 02 00 'PC1' 00`,
    ),
  },
  {
    protocol: 'tftp',
    ports: udp(50000, 69),
    column: 'TFTP',
    info: 'Read Request, File: rfc1350.txt, Transfer type: octet',
    bytes: wire("0001 'rfc1350.txt' 00 'octet' 00"),
    fields: { 'tftp.source_file': 'rfc1350.txt' },
  },
  {
    protocol: 'rpc',
    ports: udp(700, 111),
    column: 'Portmap',
    info: 'V2 GETPORT Call',
    bytes: wire('38434f69 00000000 00000002 000186a0 00000002 00000003 | 00*16 | 000186a3 00000003 00000011 00000000'),
    fields: { 'rpc.program': 100000 },
  },
  {
    protocol: 'dnp3',
    ports: tcp(50000, 20000),
    column: 'DNP 3.0',
    info: 'Confirm',
    bytes: wire('0564 08 c4 0400 0300 b4b8 | c0 d7 00 7ace'),
    fields: { 'dnp3.dst': 4, 'dnp3.al.func': 0 },
  },
  {
    protocol: 'mbtcp',
    ports: tcp(50000, 502),
    column: 'Modbus/TCP',
    info: '   Query: Trans:     1; Unit:   1, Func:   1: Read Coils',
    bytes: wire('0001 0000 0006 01 01 0000 0003'),
    fields: { 'modbus.func_code': 1 },
  },
  {
    protocol: 'coap',
    ports: udp(50000, 5683),
    column: 'CoAP',
    info: 'CON, MID:59675, GET, TKN:07 90, /separate',
    bytes: wire("42 01 e91b 0790 | b8 'separate' | 61 12"),
    fields: { 'coap.opt.uri_path': 'separate' },
  },
  {
    protocol: 'bgp',
    ports: tcp(50000, 179),
    column: 'BGP',
    info: 'UPDATE Message, KEEPALIVE Message',
    bytes: wire('ff*16 001b 02 | 0000 0000 18 0a0100 | ff*16 0013 04'),
    fields: { 'bgp.nlri_prefix': '10.1.0.0' },
  },
  {
    protocol: 'telnet',
    ports: tcp(50000, 23),
    column: 'TELNET',
    info: 'Telnet Data ...',
    bytes: wire("ff fd 03 | ff fa 18 00 'xterm' ff f0 | 'login: '"),
    fields: { 'telnet.data': 'login: ' },
  },
  {
    protocol: 'mysql',
    ports: tcp(50000, 3306),
    column: 'MySQL',
    info: 'Request Query',
    bytes: wire("09 00 00 00 | 03 'SELECT 1'"),
    fields: { 'mysql.query': 'SELECT 1' },
  },
  {
    protocol: 'mysql',
    ports: tcp(3306, 50000),
    column: 'MySQL',
    info: 'Server Greeting  proto=10 version=5.0.54',
    bytes: wire("0c 00 00 00 | 0a '5.0.54' 00 5e000000"),
    fields: { 'mysql.thread_id': 0x5e },
  },
  {
    protocol: 'pgsql',
    ports: tcp(50000, 5432),
    column: 'PGSQL',
    info: '>Q',
    bytes: wire("'Q' 0000000e 'SELECT 1;' 00"),
    fields: { 'pgsql.query': 'SELECT 1;' },
  },
  {
    protocol: 'pgsql',
    ports: tcp(50000, 5432),
    column: 'PGSQL',
    info: '>',
    bytes: wire("00000012 00030000 | 'user' 00 'bob' 00 00"),
    fields: { 'pgsql.parameter_value': 'bob' },
  },
  {
    protocol: 'radius',
    ports: udp(50000, 1812),
    column: 'RADIUS',
    info: 'Access-Request id=5',
    bytes: wire("01 05 001b 00*16 | 01 07 'alice'"),
    fields: { 'radius.User_Name': 'alice' },
  },
  {
    protocol: 'syslog',
    ports: udp(50000, 514),
    column: 'Syslog',
    info: 'USER.ALERT: disk full',
    bytes: wire("'<9>disk full'"),
    fields: { 'syslog.facility': 1, 'syslog.level': 1 },
  },
  {
    protocol: 'rip',
    ports: udp(520, 520),
    column: 'RIPv2',
    info: 'Response',
    bytes: wire('02 02 0000 | 0002 0000 0a000000 ff000000 00000000 00000001'),
    fields: { 'rip.ip': '10.0.0.0', 'rip.metric': 1 },
  },
  {
    protocol: 'hsrp',
    ports: udp(1985, 1985),
    column: 'HSRP',
    info: 'Hello (state Active)',
    bytes: wire("00 00 10 01 03 69 fe 00 'cisco' 000000 0ac86501"),
    fields: { 'hsrp.virt_ip': '10.200.101.1' },
  },
  {
    protocol: 'openvpn',
    ports: udp(50000, 443),
    column: 'UDP',
    info: 'MessageType: P_CONTROL_HARD_RESET_CLIENT_V2',
    bytes: wire('38 334857703d96db39 00 00000000'),
  },
  {
    protocol: 'stratum',
    ports: tcp(50000, 3333),
    column: 'TCP',
    info: '',
    bytes: lines('{"id": 1, "method": "mining.subscribe", "params": []}'),
  },
  { protocol: 'bt-dht', ports: udp(50000, 6881), column: 'UDP', info: '', bytes: wire("'d1:ad2:id20:' aa*20 'e1:q4:ping1:t2:aa1:y1:qe'") },
  {
    protocol: 'mongo',
    ports: tcp(50000, 27017),
    column: 'MONGO',
    info: 'Request : Query',
    bytes: wire("1e000000 01000000 00000000 d4070000 | 00000000 'admin.$c' 00 00"),
    fields: { 'mongo.full_collection_name': 'admin.$c' },
  },
  {
    protocol: 'xmpp',
    ports: tcp(50000, 5222),
    column: 'XMPP/XML',
    info: "<presence type='unavailable'/>",
    bytes: new TextEncoder().encode("<presence type='unavailable'/>"),
  },
];
