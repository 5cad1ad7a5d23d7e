import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { columnFields, type Value } from '../../src/engine/exports/packet-fields';
import { CAPTURES, hasCaptures, readCaptureFile } from '../builders/read-capture';

/** Our field and tshark's key of the same fact, in the records below `truth`. */
const HEADER_FIELDS = {
  time: 't',
  length: 'len',
  capturedLength: 'cap',
  source: 'src',
  destination: 'dst',
  ipProtocol: 'ipProto',
  sourcePort: 'sport',
  destinationPort: 'dport',
  tcpFlags: 'flags',
  vlan: 'vlan',
} as const;
const APPLICATION_FIELDS = { dnsName: 'dns', tlsSni: 'sni', httpMethod: 'hm', httpUri: 'hu', httpHost: 'hh' } as const;
const FIELDS = { ...HEADER_FIELDS, ...APPLICATION_FIELDS };

/** Least shares that must be equal, in percent. */
const HEADER_FLOOR = 99.9;
const APPLICATION_FLOOR = 98;
const PROTOCOL_FLOOR = 90;

type FieldName = keyof typeof FIELDS;
type TruthPacket = Readonly<Record<string, string | number | undefined>>;

const NUMBERS = new Set<string>(['length', 'capturedLength', 'ipProtocol', 'sourcePort', 'destinationPort', 'vlan', 'tcpFlags']);
/** Facts that Portlight may have where tshark's record has none: quoted ports and the like are not held against it. */
const MAY_HAVE_MORE = new Set<string>(['time', 'source', 'destination', 'ipProtocol', 'sourcePort', 'destinationPort']);

/** Both sides in one form: numbers as numbers, addresses in lower case, times with nine decimals. */
function normal(name: FieldName, value: Value | undefined): string | number | null {
  if (value === undefined || value === null || value === '') return null;
  if (NUMBERS.has(name)) return Number(value);
  if (name === 'time') {
    const [second = '', fraction = ''] = String(value).split('.');
    return `${second}.${fraction.padEnd(9, '0').slice(0, 9)}`;
  }
  return name === 'source' || name === 'destination' ? String(value).toLowerCase() : String(value);
}

class Score {
  equal = 0;
  total = 0;
  /** First differences, to be shown. */
  readonly different: string[] = [];

  count(equal: boolean, what: () => string): void {
    this.total++;
    if (equal) this.equal++;
    else if (this.different.length < 5) this.different.push(what());
  }

  get percent(): number {
    return this.total === 0 ? 100 : (100 * this.equal) / this.total;
  }
}

const scores = new Map<string, Score>();

function score(name: string): Score {
  let known = scores.get(name);
  if (!known) {
    known = new Score();
    scores.set(name, known);
  }
  return known;
}

async function compare(folder: string, name: string): Promise<void> {
  const file = `${folder}/${name}`;
  const records = JSON.parse(gunzipSync(readFileSync(join(CAPTURES, 'truth', folder, `${name}.json.gz`))).toString('utf8'));
  const truth: readonly TruthPacket[] = records.packets;
  if (truth.length === 0) return;
  const capture = await readCaptureFile(join(CAPTURES, folder, name));
  const { tables } = capture;
  const rows = Math.min(tables.packets.count, truth.length);
  score('count').count(rows === truth.length, () => `${file}: ${truth.length} packets, not ${tables.packets.count}`);
  for (const [row, packet] of truth.slice(0, rows).entries()) {
    for (const field of Object.keys(FIELDS) as FieldName[]) {
      const theirs = normal(field, packet[FIELDS[field]]);
      const ours = normal(field, columnFields[field]?.(tables, row));
      if (theirs === null && (ours === null || MAY_HAVE_MORE.has(field))) continue;
      score(field).count(ours === theirs, () => `${file} packet ${row + 1}: ${theirs}, not ${ours}`);
    }
    const protocol = columnFields.protocol?.(tables, row);
    const known = protocol === packet.proto || protocol === packet.proto2;
    score('protocol').count(known, () => `${file} packet ${row + 1}: ${packet.proto}, not ${protocol}`);
  }
  await capture.source.close();
}

const folders = ['protocols', 'linktypes', 'formats', 'attacks', 'sized'];
const capturesOf = (folder: string): string[] => {
  const truth = join(CAPTURES, 'truth', folder);
  if (!existsSync(truth)) return [];
  return readdirSync(truth).flatMap((name) => (name.endsWith('.json.gz') ? [name.slice(0, -'.json.gz'.length)] : []));
};

describe.skipIf(!hasCaptures)(`packets of the captures in ${CAPTURES} (skipped where that folder is missing)`, () => {
  // The floors hold for the whole set, as one file may be a single packet of an odd protocol.
  it.each(folders)(
    '%s: every capture is read to its end and compared with tshark',
    async (folder) => {
      const captures = capturesOf(folder);
      expect(captures.length).toBeGreaterThan(0);
      for (const name of captures) await compare(folder, name);
    },
    120_000,
  );

  it('no packet is missing', () => {
    expect(score('count').different).toEqual([]);
    expect(score('count').total).toBeGreaterThan(0);
  });

  const atLeast = (name: string, floor: number): void => {
    const { total, percent, different } = score(name);
    expect(total).toBeGreaterThan(0);
    expect(percent, `${name}\n${different.join('\n')}`).toBeGreaterThanOrEqual(floor);
  };
  it.each(Object.keys(HEADER_FIELDS))(`${HEADER_FLOOR} % of %s`, (name) => atLeast(name, HEADER_FLOOR));
  it.each(Object.keys(APPLICATION_FIELDS))(`${APPLICATION_FLOOR} % of %s`, (name) => atLeast(name, APPLICATION_FLOOR));
  it(`${PROTOCOL_FLOOR} % of the Protocol column`, () => atLeast('protocol', PROTOCOL_FLOOR));

  afterAll(() => {
    const lines = [...scores].map(([name, { equal, total, percent }]) => `${name.padEnd(16)} ${equal}/${total} ${percent.toFixed(3)} %`);
    process.stdout.write(`${lines.join('\n')}\n`);
  });
});
