import { describe, expect, it } from 'vitest';
import { dnsOverTcp } from '../../../../../../src/engine/decode/application/dns';
import { NEED_MORE, NOT_MINE } from '../../../../../../src/engine/decode/application/protocol';
import { dnsMessage } from '../../../../../builders/dns';
import { wire } from '../../../../../builders/wire';
import { conversation, dissect, fieldValue, type Ports, protocolNamed } from '../message-runner';
import { RecordedSummary } from '../recorded-summary';

const dns = protocolNamed('dns');
const ports: Ports = { transport: 'udp', source: 50_000, destination: 53 };

function read(bytes: Uint8Array): RecordedSummary {
  const summary = new RecordedSummary();
  expect(dns.summarise(bytes, 0, bytes.length, conversation(ports), summary)).toBe(true);
  return summary;
}
const question = (labels: string): Uint8Array => wire(`1234 0100 0001 0000 0000 0000 ${labels}`);

describe('DNS, first tier', () => {
  it('a query gives its name, flags and type', () => {
    const summary = read(dnsMessage({ questions: [['www.example.org', 28]] }));
    expect([summary.event, summary.name, summary.eventNumber]).toEqual(['Dns', 'www.example.org', (0x0100 << 16) | 28]);
  });

  it.each([
    ['the root', '00 0001 0001', '<Root>'],
    ['control characters', "05 'a' 00 07 1f 7f 00 0001 0001", 'a\\000\\a\\037\\177'],
    ['UTF-8', '02 c3a9 00 0001 0001', 'é'],
    ['a character that cannot be seen', '03 e2808b 00 0001 0001', '\\u200B'],
    ['a label with a dot', "03 'a.b' 00 0001 0001", 'a.b'],
    ['a pointer to itself', 'c00c 0001 0001', '<Name contains a pointer that loops>'],
    ['labels and a pointer back to them', "01 'a' c00c 0001 0001", '<Name contains a pointer that loops>'],
    ['300 bytes of labels', "01 'a'".concat(" 01 'a'".repeat(149), ' 00 0001 0001'), '<Name too long>'],
    ['a pointer out of the message', 'c0ff 0001 0001', null],
    ['an unknown kind of label', "41 'a' 00 0001 0001", null],
    ['a label that is cut off', "05 'ab'", null],
    ['no type after it', "01 'a' 00 00", null],
  ])('name: %s', (_title, labels, name) => {
    expect(read(question(labels)).name).toBe(name);
  });

  it('answers give the addresses of the name that was asked for, whatever aliases lie between', () => {
    const summary = read(
      dnsMessage({
        flags: 0x8180,
        questions: [['shop.example', 1]],
        answers: [
          { name: '@12', type: 5, data: { name: 'cdn.example' } },
          { name: 'cdn.example', type: 1, data: '0a000001' },
          { name: 'cdn.example', type: 28, data: '2001 0db8 00*11 01' },
          { name: 'cdn.example', type: 1, data: '0a0000' },
        ],
      }),
    );
    expect(summary.answers).toEqual(['shop.example 10.0.0.1', 'shop.example 32.1.13.184.0.0.0.0.0.0.0.0.0.0.0.1']);
  });

  it('an answer without a question gives its own name (mDNS), with the bit that says older ones are void', () => {
    const bytes = dnsMessage({ flags: 0x8400, answers: [{ name: 'printer.local', type: 1, class: 0x8001, data: 'c0a80005' }] });
    expect(read(bytes).answers).toEqual(['printer.local 192.168.0.5']);
  });

  it('a query gives no addresses though it carries some', () => {
    expect(read(dnsMessage({ questions: [['a', 1]], answers: [{ name: 'a', type: 1, data: '0a000001' }] })).answers).toEqual([]);
  });

  it('is recognised on any port but that of NetBIOS names', () => {
    const bytes = dnsMessage({ questions: [['tunnel.example', 16]] });
    const on = (destination: number): unknown =>
      dns.recogniseUdp?.(bytes, 0, bytes.length, conversation({ transport: 'udp', source: 50_000, destination }));
    expect([on(5300), on(137)]).toEqual([true, false]);
  });

  it('over TCP each message is as long as the two bytes before it say', () => {
    const talk = conversation({ transport: 'tcp', source: 50_000, destination: 53 });
    const frame = (hex: string): number | undefined => dnsOverTcp.frame?.(wire(hex), 0, wire(hex).length, talk);
    expect([frame('00'), frame('0100'), frame('0005 1234')]).toEqual([NEED_MORE, 258, NOT_MINE]);
  });
});

describe('DNS, tree', () => {
  it('several messages of one TCP segment', () => {
    const one = dnsMessage({ id: 1, questions: [['a.example', 1]] });
    const two = dnsMessage({ id: 2, questions: [['b.example', 1]] });
    const bytes = Uint8Array.from([0, one.length, ...one, 0, two.length, ...two]);
    const d = dissect(dns, bytes, { transport: 'tcp', source: 50_000, destination: 53 });
    expect(d.info).toBe('Standard query 0x0001 A a.example ; Standard query 0x0002 A b.example');
    expect(d.root.filter((layer) => layer.name === 'dns').map((layer) => layer.start)).toEqual([0, one.length + 2]);
  });

  it('a record that says more than is there stops the tree where it lies', () => {
    const bytes = dnsMessage({ flags: 0x8180, questions: [['a', 1]], answers: [{ name: '@12', type: 16, data: "05 'abc'" }] });
    const d = dissect(dns, bytes, ports);
    expect(d.malformed).toMatchObject({ layer: 'Domain Name System', offset: bytes.length - 3 });
    expect(fieldValue(d, 'dns.qry.name')).toBe('a');
  });

  it('escapes what a name could do to one line of text', () => {
    const d = dissect(dns, dnsMessage({ questions: [['a\n\u0007b', 1]] }), ports);
    expect(d.info).toBe('Standard query 0x1234 A a\\n\\ab');
  });
});
