import { describe, expect, it } from 'vitest';
import { applicationProtocols } from '../../../../../src/engine/decode/application/registry';
import { allFields, column, conversation, dissect, fieldValue, protocolNamed } from './message-runner';
import { samples } from './samples';

describe('application protocols', () => {
  it.each(samples.map((sample) => [sample.protocol, sample.column, sample.info, sample] as const))(
    '%s: %s, %s',
    (name, shown, info, sample) => {
      const protocol = protocolNamed(name);
      expect(column(protocol, sample.bytes, sample.ports, conversation(sample.ports, false, sample.state ?? 0))).toBe(shown);
      const d = dissect(protocol, sample.bytes, sample.ports);
      expect(d.malformed).toBeNull();
      expect(d.info).toBe(info);
      for (const [field, value] of Object.entries(sample.fields ?? {})) expect([field, fieldValue(d, field)]).toEqual([field, value]);
      for (const { name: field } of allFields(d.root))
        if (field !== '' && !field.startsWith(sample.ports.transport)) expect(Object.keys(protocol.fields)).toContain(field);
    },
  );

  it('of one name read the same: DNS over UDP and TCP', () => {
    for (const protocol of applicationProtocols) expect(protocolNamed(protocol.name).dissect).toBe(protocol.dissect);
  });

  it.each([
    ['dtls', 'udp', 'hello'],
    ['mqtt', 'tcp', '\0\0\0\0\0\0\0\0'],
    ['bgp', 'tcp', 'GET / HTTP/1.0\r\n\r\n'],
    ['kerberos', 'tcp', 'GET / HTTP/1.0\r\n\r\n'],
    ['ldap', 'tcp', 'GET / HTTP/1.0\r\n\r\n'],
    ['mbtcp', 'tcp', 'GET / HTTP/1.0\r\n\r\n'],
    ['dnp3', 'tcp', 'GET / HTTP/1.0\r\n\r\n'],
    ['rtsp', 'tcp', 'GET / HTTP/1.0\r\n\r\n'],
    ['snmp', 'udp', 'not BER at all'],
    ['coap', 'udp', '\xff\xff\xff\xff'],
    ['radius', 'udp', 'x'.repeat(40)],
    ['isakmp', 'udp', 'short'],
  ] as const)('%s refuses what is not its own', (name, transport, text) => {
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    expect(column(protocolNamed(name), bytes, { transport, source: 50_000, destination: 50_001 })).toBe('');
  });
});
