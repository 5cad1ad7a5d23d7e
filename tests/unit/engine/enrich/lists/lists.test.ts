import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { AddressTable } from '../../../../../src/engine/columns/address-table';
import { parseList } from '../../../../../src/engine/enrich/lists/list-file';
import { loadLists } from '../../../../../src/engine/enrich/lists/lists';
import { resourcePath } from '../../../../../src/engine/resources';
import { addressBytes } from '../../../../builders/addresses';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'lists-'));
  folders.push(folder);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return folder;
}

/** Answers of lists for addresses as text. */
function asking(files: Readonly<Record<string, string>>) {
  const addresses = new AddressTable();
  const lists = loadLists(folderWith({}), folderWith(files)).forAddresses(addresses);
  const index = (text: string): number => {
    const bytes = addressBytes(text);
    return bytes.length === 4 ? addresses.internIpv4(Buffer.from(bytes).readUInt32BE(0)) : addresses.internIpv6(bytes, 0);
  };
  return { lists, blocked: (text: string) => lists.blockedAddress(index(text)), tor: (text: string) => lists.torRelay(index(text)) };
}

describe('a blocklist', () => {
  it('has addresses, prefixes, ranges of IPv4 and IPv6, with remarks', () => {
    const { blocked } = asking({
      'bad.netset':
        '# name: Bad hosts\n192.0.2.1\n198.51.100.0/24 ; SBL1\n203.0.113.5-203.0.113.9 # few\r\n2001:db8::/32\n198.51.100.128/25\n192.0.2.0/32',
    });
    const listed = ['192.0.2.0', '192.0.2.1', '198.51.100.0', '198.51.100.255', '203.0.113.5', '203.0.113.9', '2001:db8::1'];
    const others = ['192.0.2.2', '198.51.101.0', '198.51.99.255', '203.0.113.4', '203.0.113.10', '2001:db9::', '0.0.0.0'];
    for (const address of listed) expect([address, blocked(address)]).toEqual([address, 'Bad hosts']);
    for (const address of others) expect([address, blocked(address)]).toEqual([address, null]);
    expect(blocked('192.0.2.1')).toBe('Bad hosts');
  });

  it('has names, which stand for their subdomains, plain or in a hosts file', () => {
    const { lists } = asking({ 'names.txt': '*.evil.example\n0.0.0.0 worse.example\n' });
    expect(lists.blockedName('evil.example')).toBe('names.txt');
    expect(lists.blockedName('A.B.Evil.example.')).toBe('names.txt');
    expect(lists.blockedName('worse.example:8080')).toBe('names.txt');
    expect(lists.blockedName('notevil.example')).toBeNull();
    expect(lists.blockedName('example')).toBeNull();
  });

  it('takes nothing that would name a good part of the internet or is read in two ways', () => {
    const parsed = parseList(
      '0.0.0.0/0\n::/0\n10.0.0.0/7\n010.1.1.1\n1.2.3\n1.2.3.4/33\n1.2.3.4.5\n0.0.0.0-255.255.255.255\ncom\n<b>x</b>\n',
    );
    expect(parsed).toMatchObject({ ipv4: [], ipv6: [], refused: 10 });
    expect(parsed.names.size).toBe(0);
  });
});

it('lists of Tor relays, pools, ports and probes are replaced by the user files of their names', () => {
  const { lists, tor } = asking({
    'tor-relays.txt': '192.0.2.1\n192.0.2.2',
    'tor-exits.txt': '192.0.2.2',
    'mining-pools.txt': 'pool.example',
  });
  expect([tor('192.0.2.1'), tor('192.0.2.2'), tor('192.0.2.3')]).toEqual([1, 2, 0]);
  expect(lists.poolDomain('eu.pool.example')).toBe('pool.example');
  expect([lists.isPoolPort(3333), lists.probe('/.env'), lists.blockedName('pool.example')]).toEqual([false, null, null]);
});

it('what ships says where it is from and has no line that is no entry', () => {
  const { loaded } = loadLists(resourcePath('lists'), null);
  expect(loaded.length).toBeGreaterThanOrEqual(5);
  for (const { file, header, entries, refused, problem } of loaded) {
    expect([file, refused, problem]).toEqual([file, 0, null]);
    expect(entries).toBeGreaterThan(0);
    for (const said of [header.name, header.source, header.date, header.licence]) expect(said).not.toBe('');
  }
});

it('folders that are not there hold nothing', () => {
  expect(loadLists('/nowhere/at/all', '/nowhere/either').loaded).toEqual([]);
});

describe('any text', () => {
  const word = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.ipV4(),
    fc.ipV6(),
    fc.domain(),
    fc.constantFrom('/', '/24', '-', '#', ' ', '\n', ';'),
  );

  it('gives ordered ranges and no more entries than lines', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), (words) => {
        const text = words.join('');
        const { ipv4, ipv6, names, refused } = parseList(text);
        const entries = ipv4.length / 2 + ipv6.length / 2 + names.size;
        expect(entries + refused).toBeLessThanOrEqual(text.split('\n').length);
        for (let i = 0; i < ipv4.length; i += 2) expect(ipv4[i]).toBeLessThanOrEqual(ipv4[i + 1] ?? -1);
        for (let i = 0; i < ipv6.length; i += 2) expect((ipv6[i] ?? 0n) <= (ipv6[i + 1] ?? -1n)).toBe(true);
      }),
    );
  });

  it('as a list of probes matches or not, and never throws', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { maxLength: 20 }),
        fc.string({ unit: 'binary' }),
        (lines, uri) => {
          const { lists } = asking({ 'probe-paths.txt': lines.join('\n') });
          const found = lists.probe(uri);
          if (found !== null) expect(found.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 50 },
    );
  });
});
