import { describe, expect, it } from 'vitest';
import { NEED_MORE, NOT_MINE, partLength, TO_SEGMENT_END } from '../../../../../../src/engine/decode/application/protocol';
import { protocolNames } from '../../../../../../src/engine/decode/protocol-names';
import { certificate, clientHello, join, record, serverHello } from '../../../../../builders/tls';
import { wire } from '../../../../../builders/wire';
import { allFields, conversation, dissect, fieldValue, type Ports, protocolNamed } from '../message-runner';
import { RecordedSummary } from '../recorded-summary';

const tls = protocolNamed('tls');
const ports: Ports = { transport: 'tcp', source: 50_000, destination: 443 };

/** One flow: records given one after another keep its state. */
class Session {
  readonly #talk = conversation(ports);

  frame(bytes: Uint8Array): number {
    return tls.frame?.(bytes, 0, bytes.length, this.#talk) ?? 0;
  }

  read(bytes: Uint8Array): RecordedSummary & { column: string } {
    const summary = new RecordedSummary();
    tls.summarise(bytes, 0, bytes.length, this.#talk, summary);
    return Object.assign(summary, { column: protocolNames.name(summary.protocol) });
  }
}

const hello = clientHello({ name: 'www.example.org' });

describe('TLS, records in a stream', () => {
  it.each([
    ['a record', record(23, [1, 2, 3]), 8],
    ['one that goes on', record(23, new Array(1000).fill(0)).subarray(0, 200), 1005],
    ['part of its header', Uint8Array.of(22, 3), NEED_MORE],
    ['another protocol', wire("'SSH-2.0'"), NOT_MINE],
    ['no record', wire('ff ff ff ff ff ff'), TO_SEGMENT_END],
    ['a length that no record has', wire('17 0303 ffff'), TO_SEGMENT_END],
  ])('%s', (_title, bytes, length) => {
    expect(new Session().frame(bytes)).toBe(length);
  });

  it('a Client Hello in three records is one message', () => {
    const session = new Session();
    const pieces = [hello.subarray(0, 20), hello.subarray(20, 60), hello.subarray(60)].map((piece) => record(22, piece));
    const [one = hello, two = hello, three = hello] = pieces;
    expect([partLength(session.frame(one)), partLength(session.frame(two)), session.frame(three)]).toEqual([
      one.length,
      two.length,
      three.length,
    ]);
    expect(session.read(join(one, two, three)).name).toBe('www.example.org');
  });
});

describe('TLS, what messages say', () => {
  it('a Client Hello: the name, and the highest version that it offers', () => {
    const said = new Session().read(record(22, clientHello({ name: 'a.example', versions: '7a7a,0304,0303' })));
    expect([said.event, said.name, said.eventNumber, said.column]).toEqual(['TlsClientHello', 'a.example', 0x0304, 'TLSv1']);
  });

  it('the Server Hello decides the version that all later records show', () => {
    const session = new Session();
    session.read(record(22, hello));
    const said = session.read(record(22, serverHello(0x0304), 0x0303));
    expect([said.event, said.eventNumber, said.column]).toEqual(['TlsServerHello', 0x0304, 'TLSv1.3']);
    expect(session.read(record(23, [1], 0x0303)).column).toBe('TLSv1.3');
  });

  it.each([
    ['a session that is seen from its middle', record(23, [1], 0x0302), 'TLSv1.1'],
    ['bytes of no record', wire('ff ff ff ff ff ff'), 'SSL'],
    ['an SSL 2 hello', wire('80 1c 01 0301 0003 0000 0010 000004 00*16'), 'SSLv2'],
  ])('%s', (_title, bytes, column) => {
    expect(new Session().read(bytes).column).toBe(column);
  });

  it.each([
    ['a name longer than its list', 0x80],
    ['a name of length 0', 0],
  ])('%s gives no name', (_title, length) => {
    const bytes = record(22, hello);
    const at = bytes.indexOf(0x77, 40) - 1;
    bytes[at] = length;
    expect(new Session().read(bytes).name).toBeNull();
  });
});

/** FoxIO's published example of JA4 and of its unhashed form, Chrome over TCP (technical_details/JA4.md). */
const CHROME = {
  ciphers: '0a0a,1301,1302,1303,c02b,c02f,c02c,c030,cca9,cca8,c013,c014,009c,009d,002f,0035',
  extensions: '1a1a,001b,0000,0033,0010,4469,0017,002d,000d,0005,0023,0012,002b,ff01,000b,000a,0015',
  signatures: '0403,0804,0401,0503,0805,0501,0806,0601',
  versions: '3a3a,0304,0303',
  alpn: ['h2', 'http/1.1'],
  name: 'x.example',
};

describe('TLS, fingerprints', () => {
  const print = (shape: Parameters<typeof clientHello>[0], field = 'tls.handshake.ja4'): unknown =>
    fieldValue(dissect(tls, record(22, clientHello(shape)), ports), field);

  it('JA4 of the published example', () => {
    expect(print(CHROME)).toBe('t13d1516h2_8daaf6152771_e5627efa2ab1');
    expect(print(CHROME, 'tls.handshake.ja4_r')).toBe(
      't13d1516h2_002f,0035,009c,009d,1301,1302,1303,c013,c014,c02b,c02c,c02f,c030,cca8,cca9_' +
        '0005,000a,000b,000d,0012,0015,0017,001b,0023,002b,002d,0033,4469,ff01_0403,0804,0401,0503,0805,0501,0806,0601',
    );
  });

  it.each([
    ['no name', { ...CHROME, extensions: CHROME.extensions.replace('0000,', '') }, /^t13i1515h2_/],
    ['no protocol offered', { ...CHROME, alpn: [], extensions: CHROME.extensions.replace('0010,', '') }, /^t13d151500_/],
    ['a protocol of bytes that are no letters', { ...CHROME, alpn: ['\u00ab\u00cd'] }, /^t13d1516ad_/],
    ['TLS 1.2 at most', { extensions: '0000', name: 'a' }, /^t12d020100_/],
    ['no extensions', { extensions: '' }, /^t12i020000_[0-9a-f]{12}_000000000000$/],
  ])('JA4 with %s', (_title, shape, expected) => {
    expect(print(shape)).toMatch(expected);
  });

  it('JA3 leaves GREASE out', () => {
    const shape = { ciphers: '0a0a,1301,c02f', extensions: '1a1a,0000,000a,000b', groups: '2a2a,001d', name: 'a' };
    expect(print(shape, 'tls.handshake.ja3_full')).toBe('771,4865-49199,0-10-11,29,0');
  });
});

describe('TLS, tree', () => {
  it('a hello in several records has a source of its own', () => {
    const d = dissect(tls, join(record(22, hello.subarray(0, 30)), record(22, hello.subarray(30))), ports);
    expect(d.info).toBe('Client Hello (SNI=www.example.org)');
    expect(d.sources.map((source) => source.bytes.length)).toContain(hello.length);
  });

  it('a certificate: who it is for, who signed it, how long it is good', () => {
    const d = dissect(tls, record(22, certificate('www.example.org', 'Lab CA', ['www.example.org', 'example.org']), 0x0303), ports);
    const values = (name: string): unknown[] => [...allFields(d.root)].filter((field) => field.name === name).map((field) => field.value);
    expect(d.info).toBe('Certificate');
    expect(values('x509sat.uTF8String')).toEqual(['Lab', 'Lab CA', 'www.example.org']);
    expect(values('x509ce.dNSName')).toEqual(['www.example.org', 'example.org']);
    expect([...values('x509af.utcTime'), ...values('x509af.generalizedTime')]).toEqual([
      '2025-01-01 00:00:00 (UTC)',
      '2051-01-01 00:00:00 (UTC)',
    ]);
  });

  it('what follows a Change Cipher Spec in a packet is encrypted', () => {
    const bytes = join(record(20, [1], 0x0303), record(22, hello, 0x0303), record(21, [2, 40], 0x0303));
    expect(dissect(tls, bytes, ports).info).toBe(
      'Change Cipher Spec, Encrypted Handshake Message, Alert (Level: Fatal, Description: Handshake Failure)',
    );
  });

  it('a record that goes on in the next segment is left to the packet that completes it', () => {
    const d = dissect(tls, join(record(23, [1, 2]), record(23, new Array(50).fill(0)).subarray(0, 20)), ports);
    expect([d.info, d.malformed]).toEqual(['Application Data', null]);
  });
});
