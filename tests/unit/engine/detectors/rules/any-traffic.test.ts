import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertRecords } from '../../../../../src/cli/alert-records';
import { draw } from '../../../../builders/draw';
import { watchedCapture } from '../../../../rig/analyse';

const hex = (text: string): string => Buffer.from(text, 'latin1').toString('hex').replace(/../g, '$& ').trim();
const hosts = ['10.0.0.1', '10.0.0.2', '10.0.0.7', '198.51.100.9', '203.0.113.9', '5.45.99.251', '[2001:db8::1]'] as const;
const ports = [
  21, 22, 23, 25, 53, 67, 80, 88, 110, 143, 389, 443, 445, 1433, 3306, 3333, 5060, 5432, 5900, 6379, 6667, 9001, 40_000,
] as const;
const texts = [
  'USER joe\r\nPASS x\r\n',
  '530 no\r\n',
  'RFB 003.008\n',
  '\0\0\0\x01',
  'x'.repeat(16),
  '\x04\x01\0\x11\0\0\x01\0\xaa\x06\0\x18\x48\0\0\x01\x0e',
  'REGISTER sip:a SIP/2.0\r\nCSeq: 1 REGISTER\r\nAuthorization: x\r\n\r\n',
  'SIP/2.0 401 no\r\nCSeq: 1 REGISTER\r\n\r\n',
  '\x7e\x0e\x30\x0c\xa0\x03\x02\x01\x05\xa6\x03\x02\x01\x18\0\0',
  '{"id":1,"method":"login","params":{"login":"w","agent":"x"}}\n',
  '{"method":"job","params":{"blob":"0e","job_id":"10"}}\n',
  'GET /\x24{jndi:x HTTP/1.1\r\nHost: a\r\nAuthorization: Basic am9lOng=\r\n\r\n',
  'POST / HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 8\r\n\r\npass=1&a',
  'HTTP/1.1 404 no\r\nContent-Length: 0\r\n\r\n',
  '\0\x01\x81\x83\0\x01\0\0\0\0\0\0\x03abc\x04evil\x03com\0\0\x10\0\x01',
] as const;

/** One packet of anything, some time after the one before. */
const packet = fc
  .record({
    after: fc.constantFrom('0.001', '0.01', '0.2', '1', '30', '400'),
    source: fc.constantFrom(...hosts),
    destination: fc.constantFrom(...hosts),
    sourcePort: fc.constantFrom(...ports),
    destinationPort: fc.constantFrom(...ports),
    what: fc.oneof(
      fc.constantFrom('S', 'SA', 'A', 'RA', 'FA', 'A len=1400', 'udp len=900', "udp 'x'"),
      fc.constantFrom(...texts).map((text) => `PA hex ${hex(text)}`),
      fc.constantFrom(...texts).map((text) => `udp hex ${hex(text)}`),
      fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes) => `PA hex ${hex(Buffer.from(bytes).toString('latin1'))}`),
    ),
    kind: fc.constantFrom('flow', 'flow', 'flow', 'arp who-has', 'arp is-at', 'icmp echo 7 1 len=99', 'icmp reply 7 1 len=60'),
  })
  .filter(({ source, destination }) => source !== destination && source.startsWith('[') === destination.startsWith('['))
  .map(({ after, source, destination, sourcePort, destinationPort, what, kind }) =>
    kind === 'flow'
      ? `+${after} ${source}:${sourcePort} > ${destination}:${destinationPort} ${what}`
      : `+${after} ${source.replace(/[[\]]/g, '')} > ${destination.replace(/[[\]]/g, '')} ${source.startsWith('[') && kind.startsWith('arp') ? 'icmp echo 1 1' : kind}`,
  );

async function alertsOf(pcap: Uint8Array, batch: number): Promise<string> {
  const capture = await watchedCapture(pcap);
  while ((await capture.next(batch)) !== null);
  const records = alertRecords(capture).map(({ id: _, ...record }) => record);
  await capture.source.close();
  return JSON.stringify(records);
}

describe('rules at arbitrary traffic', () => {
  it('never throw, and find the same whatever the batches', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(packet, { minLength: 1, maxLength: 120 }), async (lines) => {
        const pcap = draw(lines.join('\n')).pcap();
        expect(await alertsOf(pcap, 7)).toBe(await alertsOf(pcap, 4096));
      }),
      { numRuns: 60 },
    );
  });
});
