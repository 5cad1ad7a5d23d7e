import { dnsMessage } from '../../../../builders/dns';
import { clientInitial, SAMPLE_CRYPTO } from '../../../../builders/quic';
import { certificate, clientHello, join, record, serverHello } from '../../../../builders/tls';
import { lines, wire } from '../../../../builders/wire';
import type { Sample } from './samples';

const tcp = (source: number, destination: number) => ({ transport: 'tcp', source, destination }) as const;
const udp = (source: number, destination: number) => ({ transport: 'udp', source, destination }) as const;

const everyRecord = dnsMessage({
  flags: 0x8180,
  questions: [['example.org', 255]],
  answers: [
    { name: '@12', type: 1, data: '0a000001' },
    { name: '@12', type: 28, data: '2001 0db8 00*11 01' },
    { name: '@12', type: 5, data: { name: 'a.@12' } },
    { name: '@12', type: 15, data: "000a 02 'mx' c00c" },
    { name: '@12', type: 6, data: "02 'ns' c00c 05 'admin' c00c 00000001 00000e10 00000258 00093a80 0000003c" },
    { name: '@12', type: 16, data: "03 'one' 00 03 'two'" },
    { name: '_sip._udp.@12', type: 33, data: '0001 0002 13c4 c00c' },
    { name: '@12', type: 65, data: "0001 00 0001 0006 02 'h2' 02 'h3' 0003 0002 01bb 0004 0004 0a000002 0005 0002 abcd" },
    { name: '@12', type: 46, data: '0001 08 02 00000e10 65920080 6592d200 1234 c00c 00*16' },
    { name: '@12', type: 48, data: '0101 03 0d 00*32' },
    { name: '@12', type: 43, data: '1234 0d 02 00*32' },
    { name: '@12', type: 47, data: "01 'b' c00c 00 06 400000080003" },
    { name: '@12', type: 50, data: '01 00 000a 02 abcd 04 01020304 00 01 40' },
    { name: '@12', type: 35, data: "0064 000a 01 'u' 07 'E2U+sip' 00 00" },
    { name: '@12', type: 257, data: "00 05 'issue' 'ca.example'" },
    { name: '@12', type: 44, data: '04 02 00*32' },
    { name: '@12', type: 52, data: '03 01 01 00*32' },
    { name: '@12', type: 1234, data: 'abcdef' },
  ],
  additional: [{ name: '', type: 41, class: 1232, data: '0008 0007 0001 18 00 c00002 000a 0008 0102030405060708 000c 0002 0000' }],
});

/** DNS, HTTP, TLS and QUIC: messages with much in them. */
export const webSamples: readonly Sample[] = [
  {
    protocol: 'dns',
    ports: udp(50_000, 53),
    bytes: dnsMessage({ id: 0x9c1a, questions: [['api.stripe.com', 1]] }),
    column: 'DNS',
    info: 'Standard query 0x9c1a A api.stripe.com',
    fields: { 'dns.qry.name': 'api.stripe.com', 'dns.count.labels': 3, 'dns.flags.recdesired': true },
  },
  {
    protocol: 'dns',
    ports: udp(53, 50_000),
    bytes: everyRecord,
    column: 'DNS',
    info:
      'Standard query response 0x1234 ANY example.org A 10.0.0.1 AAAA 2001:db8::1 CNAME a.example.org MX 10 mx.example.org SOA ns.example.org TXT ' +
      'SRV 1 2 5060 example.org HTTPS RRSIG DNSKEY DS NSEC NSEC3 NAPTR 100 10 u CAA SSHFP TLSA Unknown (1234) OPT',
    fields: { 'dns.svcb.svcparam.alpn': 'h2', 'dns.opt.client.addr4': '192.0.2.0', 'dns.mx.mail_exchange': 'mx.example.org' },
  },
  {
    protocol: 'dns',
    ports: udp(53, 50_000),
    bytes: dnsMessage({ flags: 0x8183, questions: [['no.example', 1]] }),
    column: 'DNS',
    info: 'Standard query response 0x1234 No such name A no.example',
    fields: { 'dns.flags.rcode': 3 },
  },
  {
    protocol: 'mdns',
    ports: udp(5353, 5353),
    bytes: dnsMessage({ id: 0, flags: 0, questions: [['_ipp._tcp.local', 12]] }),
    column: 'MDNS',
    info: 'Standard query 0x0000 PTR _ipp._tcp.local, "QM" question',
    fields: { 'dns.qry.qu': false },
  },
  {
    protocol: 'llmnr',
    ports: udp(50_000, 5355),
    bytes: dnsMessage({ flags: 0, questions: [['wpad', 1]] }),
    column: 'LLMNR',
    info: 'Standard query 0x1234 A wpad',
  },
  {
    protocol: 'http',
    ports: tcp(50_000, 80),
    bytes: lines('GET /search?q=1&p=2 HTTP/1.1', 'Host: example.org', 'User-Agent: test', 'Cookie: a=1; b=2', ''),
    column: 'HTTP',
    info: 'GET /search?q=1&p=2 HTTP/1.1 ',
    fields: {
      'http.host': 'example.org',
      'http.request.uri.query.parameter': 'q=1',
      'http.request.full_uri': 'http://example.org/search?q=1&p=2',
      'http.cookie_pair': 'a=1',
    },
  },
  {
    protocol: 'http',
    ports: tcp(80, 50_000),
    bytes: join(lines('HTTP/1.1 404 Not Found', 'Content-Type: text/html', 'Content-Length: 4', ''), wire("'gone'")),
    column: 'HTTP',
    info: 'HTTP/1.1 404 Not Found  (text/html)',
    fields: { 'http.response.code': 404, 'http.content_length': 4, 'http.response.phrase': 'Not Found' },
  },
  {
    protocol: 'ssdp',
    ports: udp(50_000, 1900),
    bytes: lines('M-SEARCH * HTTP/1.1', 'HOST: 239.255.255.250:1900', 'ST: ssdp:all', ''),
    column: 'SSDP',
    info: 'M-SEARCH * HTTP/1.1 ',
    fields: { 'http.request.full_uri': 'http://239.255.255.250:1900*' },
  },
  {
    protocol: 'tls',
    ports: tcp(50_000, 443),
    bytes: record(
      22,
      clientHello({ name: 'example.org', alpn: ['h2'], extensions: '0a0a,0000,000a,000b,000d,0010,002b,002d,0033,0029,001b,4469,fe0d' }),
    ),
    column: 'TLSv1',
    info: 'Client Hello (SNI=example.org)',
    fields: { 'tls.handshake.extensions_server_name': 'example.org', 'tls.handshake.extensions_alpn_str': 'h2' },
  },
  {
    protocol: 'tls',
    ports: tcp(443, 50_000),
    bytes: join(
      record(22, serverHello(0x0303, 0xc02f), 0x0303),
      record(22, certificate('a.example', 'Lab CA', ['a.example']), 0x0303),
      record(22, wire('0c 00000a 03 001d 02 abcd 0401 0000'), 0x0303),
      record(20, [1], 0x0303),
      record(21, [2, 42], 0x0303),
    ),
    column: 'TLSv1.2',
    info: 'Server Hello, Certificate, Server Key Exchange, Change Cipher Spec, Alert (Level: Fatal, Description: Bad Certificate)',
    fields: { 'tls.handshake.ja3s_full': '771,49199,', 'x509sat.uTF8String': 'Lab', 'tls.alert_message.desc': 42 },
  },
  {
    protocol: 'quic',
    ports: udp(50_000, 443),
    bytes: clientInitial(2, SAMPLE_CRYPTO),
    column: 'QUIC',
    info: 'Initial, DCID=8394c8f03e515708, PKN: 2, CRYPTO, PADDING',
    fields: { 'tls.handshake.extensions_server_name': 'example.com', 'quic.crypto.length': 241 },
  },
  {
    protocol: 'gquic',
    ports: udp(50_000, 443),
    bytes: wire("09 0102030405060708 'Q035' 01 00*12 a0 01 1000 'CHLO' 0100 0000 'SNI' 00 05000000 'a.org'"),
    column: 'GQUIC',
    info: 'Client Hello, PKN: 1, CID: 578437695752307201',
  },
];
