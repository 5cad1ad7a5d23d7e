import { describe, expect, it } from 'vitest';
import { CLIENT_HELLO, CONNECTION_ID, clientInitial, cryptoFrame, SAMPLE_CRYPTO } from '../../../../../builders/quic';
import { wire } from '../../../../../builders/wire';
import { conversation, dissect, fieldValue, type Ports, protocolNamed } from '../message-runner';
import { RecordedSummary } from '../recorded-summary';

const quic = protocolNamed('quic');
const gquic = protocolNamed('gquic');
const ports: Ports = { transport: 'udp', source: 50_000, destination: 443 };

class Flow {
  readonly talk = conversation(ports);

  /** What the datagram says; null where it is not taken for QUIC. */
  read(bytes: Uint8Array): RecordedSummary | null {
    if (quic.recogniseUdp?.(bytes, 0, bytes.length, this.talk) !== true) return null;
    const summary = new RecordedSummary();
    quic.summarise(bytes, 0, bytes.length, this.talk, summary);
    return summary;
  }
}

const whole = clientInitial(2, SAMPLE_CRYPTO);
/** The hello of RFC 9001 in two packets and four pieces out of order, as browsers send theirs. */
const first = clientInitial(0, Uint8Array.from([...cryptoFrame(CLIENT_HELLO, 100, 180), 1, ...cryptoFrame(CLIENT_HELLO, 0, 40)]));
const second = clientInitial(1, Uint8Array.from([...cryptoFrame(CLIENT_HELLO, 180, 241), ...cryptoFrame(CLIENT_HELLO, 40, 100)]));

describe('QUIC, first tier', () => {
  it('the protected packet is the one of RFC 9001, appendix A.2', () => {
    const start =
      'c000000001088394c8f03e5157080000449e7b9aec34d1b1c98dd7689fb8ec11d242b123dc9bd8bab936b47d92ec356c0bab7df5976d27cd449f63300099f399';
    expect(Buffer.from(whole.subarray(0, start.length / 2)).toString('hex')).toBe(start);
  });

  it('reads the server’s name from the client’s Initial packet', () => {
    const said = new Flow().read(whole);
    expect([said?.event, said?.name, said?.eventNumber, said?.connectionId]).toEqual([
      'TlsClientHello',
      'example.com',
      0x0304,
      CONNECTION_ID,
    ]);
  });

  it('a hello in two packets belongs to the one that completes it, whichever that is', () => {
    for (const [one, two] of [
      [first, second],
      [second, first],
    ] as const) {
      const flow = new Flow();
      expect([flow.read(one)?.name, flow.read(two)?.name]).toEqual([null, 'example.com']);
    }
  });

  it('one changed byte, and the packet is not decrypted', () => {
    for (const at of [30, 600, 1199]) {
      const changed = Uint8Array.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(new Flow().read(changed)?.name).toBeNull();
    }
  });

  it('packets with a short header are QUIC in a flow that is', () => {
    const short = wire('41 00*40');
    expect(new Flow().read(short)).toBeNull();
    const flow = new Flow();
    flow.read(whole);
    expect(flow.read(short)).not.toBeNull();
  });

  it.each([
    ['random bytes', 'c3 12345678 08 00*60'],
    ['a connection id that no version allows', 'c3 00000001 ff 00*60'],
    ['a cut header', 'c3 00000001 08 00'],
    ['a token longer than the packet', 'c3 00000001 08 00*8 00 7fff 00*30'],
  ])('%s is not QUIC', (_title, bytes) => {
    expect(new Flow().read(wire(bytes))).toBeNull();
  });
});

describe('QUIC, tree', () => {
  it('an Initial packet: header, frames, the hello and its JA4', () => {
    const d = dissect(quic, whole, ports);
    expect(d.info).toBe(`Initial, DCID=${CONNECTION_ID}, PKN: 2, CRYPTO, PADDING`);
    expect(fieldValue(d, 'quic.dcid')).toEqual(wire(CONNECTION_ID));
    expect(fieldValue(d, 'tls.handshake.extensions_server_name')).toBe('example.com');
    expect(fieldValue(d, 'tls.handshake.ja4')).toMatch(/^q13d0211an_/);
    expect(d.sources.map((source) => source.title)).toEqual(['Frame', 'Decrypted QUIC', 'TLS handshake in QUIC']);
  });

  it('the packet that completed a hello shows it, the one before does not', () => {
    const flow = new Flow();
    flow.read(first);
    flow.read(second);
    const name = (bytes: Uint8Array): unknown => fieldValue(dissect(quic, bytes, ports), 'tls.handshake.extensions_server_name');
    expect([name(first), name(second)]).toEqual([undefined, 'example.com']);
  });

  it('version negotiation and retry', () => {
    expect(dissect(quic, wire('80 00000000 00 02 abcd 00000001 0a0a0a0a'), ports).info).toBe('Version Negotiation, SCID=abcd');
    const retry = dissect(quic, wire("f0 00000001 00 02 abcd 'token' 11*16"), ports);
    expect([retry.info, fieldValue(retry, 'quic.retry_token')]).toEqual(['Retry, SCID=abcd', wire("'token'")]);
  });
});

describe('GQUIC', () => {
  const hello = wire("09 0102030405060708 'Q035' 01 00*12 a0 01 1000 'CHLO' 0100 0000 'SNI' 00 05000000 'a.org'");

  it('is recognised by its version, and the rest of the flow with it', () => {
    const talk = conversation(ports);
    const looks = (bytes: Uint8Array): unknown => gquic.recogniseUdp?.(bytes, 0, bytes.length, talk);
    expect([looks(wire('08 00*20')), looks(hello)]).toEqual([false, true]);
    gquic.summarise(hello, 0, hello.length, talk, new RecordedSummary());
    expect(looks(wire('08 00*20'))).toBe(true);
  });

  it('shows the public header and the name in the hello', () => {
    const d = dissect(gquic, hello, ports);
    expect([d.info, fieldValue(d, 'gquic.tag.sni')]).toEqual(['Client Hello, PKN: 1, CID: 578437695752307201', 'a.org']);
  });
});
