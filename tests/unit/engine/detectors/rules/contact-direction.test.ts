import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadLists } from '../../../../../src/engine/enrich/lists/lists';
import { resourcePath } from '../../../../../src/engine/resources';
import { draw } from '../../../../builders/draw';
import { alertsIn } from '../../../../builders/found-alerts';
import { readCapture } from '../../../../builders/read-capture';

const folder = mkdtempSync(join(tmpdir(), 'lists-'));
writeFileSync(join(folder, 'mine.txt'), '203.0.113.9\n');
writeFileSync(join(folder, 'tor-relays.txt'), '203.0.113.7\n203.0.113.8\n');
writeFileSync(join(folder, 'tor-exits.txt'), '203.0.113.8\n');
const { forAddresses: lists } = loadLists(resourcePath('lists'), folder);
afterAll(() => rmSync(folder, { recursive: true }));

const found = async (type: 'blocklist_contact' | 'tor_contact', ...lines: readonly string[]) =>
  alertsIn(await readCapture(draw(lines.join('\n')).pcap(), undefined, { lists }), type);

/** A watched server with a public address, which nothing names as the user's own. */
const OURS = '198.51.100.1';
const [LISTED, RELAY, EXIT] = ['203.0.113.9', '203.0.113.7', '203.0.113.8'];
const handshake = (client: string, server: string): string[] => [
  `${client} > ${server} S`,
  `${server} > ${client} SA`,
  `${client} > ${server} A`,
];

describe('contact with a listed address', () => {
  it('that we connect to is high, answered or not', async () => {
    const expected = [{ severity: 'high', source: OURS, target: LISTED, targetPort: 443 }];
    expect(await found('blocklist_contact', `${OURS}:40000 > ${LISTED}:443 S`)).toMatchObject(expected);
    expect(await found('blocklist_contact', ...handshake(`${OURS}:40000`, `${LISTED}:443`))).toMatchObject(expected);
  });

  it('that connects to us is low', async () => {
    const expected = [{ severity: 'low', source: LISTED, target: OURS, targetPort: 22 }];
    expect(await found('blocklist_contact', ...handshake(`${LISTED}:40000`, `${OURS}:22`))).toMatchObject(expected);
  });

  it('is none where it knocks and is refused, in both directions or in one', async () => {
    const [syn, rst] = [`${LISTED}:40000 > ${OURS}:22 S`, `${OURS}:22 > ${LISTED}:40000 RA`];
    expect(await found('blocklist_contact', syn, rst)).toEqual([]);
    expect(await found('blocklist_contact', rst)).toEqual([]);
    expect(
      await found('blocklist_contact', `${LISTED}:40000 > ${OURS}:161 udp 'x'`, `${OURS}:161 > ${LISTED}:40000 icmp unreachable`),
    ).toEqual([]);
    expect(await found('blocklist_contact', `${LISTED} > ${OURS} icmp echo`, `${OURS} > ${LISTED} icmp reply`)).toEqual([]);
  });

  it('is low where only our answers were captured', async () => {
    const expected = [{ severity: 'low', source: LISTED, target: OURS, targetPort: 22 }];
    expect(await found('blocklist_contact', `${OURS}:22 > ${LISTED}:40000 SA`)).toMatchObject(expected);
    expect(await found('blocklist_contact', `${OURS}:22 > ${LISTED}:40000 PA 'SSH-2.0-x'`)).toMatchObject(expected);
  });

  it('is none where a visitor names it', async () => {
    expect(await found('blocklist_contact', '8.8.4.4:4000 > 10.0.0.2:80 PA http GET examplebotnetdomain.com/')).toEqual([]);
    expect(await found('blocklist_contact', '10.0.0.2:4000 > 8.8.4.4:80 PA http GET examplebotnetdomain.com/')).toHaveLength(1);
  });
});

describe('contact with Tor', () => {
  it('is a connection to a relay, or an accepted one from an exit', async () => {
    expect(await found('tor_contact', `${OURS}:40000 > ${RELAY}:9001 S`)).toMatchObject([{ severity: 'medium', source: OURS }]);
    expect(await found('tor_contact', ...handshake(`${EXIT}:40000`, `${OURS}:443`))).toMatchObject([{ severity: 'low', source: EXIT }]);
  });

  it('is none where an exit knocks, or our answer to one was all that was captured', async () => {
    expect(await found('tor_contact', `${EXIT}:40000 > ${OURS}:443 S`, `${OURS}:443 > ${EXIT}:40000 RA`)).toEqual([]);
    expect(await found('tor_contact', `${OURS}:443 > ${EXIT}:40000 SA`)).toEqual([]);
    expect(await found('tor_contact', `${OURS}:443 > ${EXIT}:40000 RA`)).toEqual([]);
    expect(await found('tor_contact', ...handshake(`${RELAY}:40000`, `${OURS}:443`))).toEqual([]);
  });
});
