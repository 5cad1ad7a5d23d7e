import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ApplicationProtocol, NEED_MORE, NOT_MINE, TO_SEGMENT_END } from '../../../../../src/engine/decode/application/protocol';
import { applicationProtocols } from '../../../../../src/engine/decode/application/registry';
import { allFields, conversation, dissect, type Ports, TestSummary } from './message-runner';
import { samples } from './samples';

const MUTATIONS = 20_000;
/** A message of some hundred bytes has no more parts than this, whatever it claims. */
const FIELDS_PER_BYTE = 16;

/** Both tiers over bytes that may be anything: no throw, every frame makes progress, fields lie inside the bytes and have known names. */
function survive(protocol: ApplicationProtocol, bytes: Uint8Array, ports: Ports, state: number): void {
  const talk = conversation(ports, false, state);
  const summary = new TestSummary();
  const { length } = bytes;
  protocol.recogniseTcp?.(bytes, 0, length);
  protocol.recogniseUdp?.(bytes, 0, length, talk);
  for (let at = 0; at < length; ) {
    const answer = protocol.frame?.(bytes, at, length, talk) ?? TO_SEGMENT_END;
    expect(Number.isInteger(answer)).toBe(true);
    const stop = answer > 0 ? Math.min(length, at + answer) : length;
    if (answer === NEED_MORE || answer === NOT_MINE) break;
    protocol.summarise(bytes, at, stop, talk, summary);
    expect(Number.isInteger(talk.state)).toBe(true);
    at = stop;
  }
  const d = dissect(protocol, bytes, ports);
  expect(d.depth).toBeLessThan(64);
  let count = 0;
  for (const field of allFields(d.root)) {
    count++;
    const source = d.sources[field.source]?.bytes.length ?? 0;
    if (field.start < 0 || field.length < 0 || field.start + field.length > source)
      expect.fail(`${field.name} '${field.label}' at ${field.start}+${field.length} of ${source}`);
  }
  expect(count).toBeLessThanOrEqual(length * FIELDS_PER_BYTE + 64);
}

const portsOf = (protocol: ApplicationProtocol): Ports => {
  const tcp = protocol.tcpPorts?.[0];
  const isTcp = tcp !== undefined || protocol.frame !== undefined || protocol.recogniseTcp !== undefined;
  return { transport: isTcp ? 'tcp' : 'udp', source: 50_000, destination: tcp ?? protocol.udpPorts?.[0] ?? 50_001 };
};

describe('hostile input', () => {
  it.each(applicationProtocols.map((protocol) => [protocol.name, protocol] as const))(
    '%s: every truncation of every message there is',
    (_name, protocol) => {
      for (const sample of samples) {
        const own = sample.protocol === protocol.name;
        for (let end = 1; end <= sample.bytes.length; end += own ? 1 : 7)
          survive(protocol, sample.bytes.slice(0, end), own ? sample.ports : portsOf(protocol), own ? (sample.state ?? 0) : 0);
      }
    },
  );

  it(`${MUTATIONS.toLocaleString('en')} mutations of messages, read by all protocols in turn`, () => {
    const seed = fc.constantFrom(...samples);
    const edits = fc.array(fc.tuple(fc.nat(), fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), fc.integer({ min: 0, max: 255 }))), {
      minLength: 1,
      maxLength: 6,
    });
    let turn = 0;
    fc.assert(
      fc.property(seed, edits, fc.boolean(), fc.integer(), (sample, changes, own, state) => {
        const bytes = sample.bytes.slice();
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        const protocol = own
          ? applicationProtocols.find((one) => one.name === sample.protocol)
          : applicationProtocols[turn++ % applicationProtocols.length];
        if (protocol) survive(protocol, bytes, own ? sample.ports : portsOf(protocol), state);
      }),
      { numRuns: MUTATIONS },
    );
  }, 60_000);

  it('random bytes', () => {
    let turn = 0;
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), (bytes) => {
        const protocol = applicationProtocols[turn++ % applicationProtocols.length];
        if (protocol) survive(protocol, bytes, portsOf(protocol), 0);
      }),
      { numRuns: 4000 },
    );
  });

  it('a message that claims 2^32 parts is cut', () => {
    for (const protocol of applicationProtocols) survive(protocol, new Uint8Array(60_000).fill(0xff), portsOf(protocol), 0);
    for (const protocol of applicationProtocols) survive(protocol, new Uint8Array(60_000), portsOf(protocol), 0);
  }, 60_000);
});
