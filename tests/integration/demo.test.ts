import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline as pipe } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flowRow } from '../../src/engine/api/flow-rows';
import { Capture } from '../../src/engine/capture';
import { CHUNK_MASK } from '../../src/engine/columns/column-chunk';
import { Geo } from '../../src/engine/enrich/geo/geo';
import { watchOfDemo } from '../../src/engine/live/demo-watch';
import { Traffic } from '../../src/engine/sources/demo/traffic';
import { userLists, watchOptions } from '../../src/engine/watch';
import type { AlertType } from '../../src/shared/model/alerts';
import { PacketFlag } from '../../src/shared/model/packet-flags';
import { named, whyNot } from '../rig/available';

const SECOND = 1_000_000_000;
const MINUTE = 60;
const HOUR = 3600;
const SEED = 1;
/** Packets between two looks at what was found: half a second. */
const BATCH = 256;

/** So many seconds of a demo, as fast as they can be generated: a second at a time. */
function* generated(seconds: number, attacks: boolean, seed = SEED): Generator<Buffer> {
  const traffic = new Traffic({ seed, epoch: 1_800_000_000_000, attacks });
  for (let second = 1; second <= seconds; second++) yield Buffer.from(traffic.take(second * SECOND));
}

interface Found {
  readonly type: AlertType;
  /** Seconds from the start to when it was told. */
  readonly raised: number;
  readonly source: string;
}

interface Read {
  readonly alerts: readonly Found[];
  readonly capture: Capture;
  readonly malformed: number;
}

/** Read as the window reads a demo: with the lists that ship and its own addresses. Only what rules found is kept. */
async function read(pieces: Iterable<Buffer>): Promise<Read> {
  const watch = watchOfDemo(watchOptions(userLists('/nowhere')));
  const opened = await Capture.openStream(Readable.from(pieces, { objectMode: false }), { watch });
  if (!opened.ok) throw new Error(opened.problem.sentence);
  const capture = opened.value;
  const { packets, addresses } = capture.tables;
  const { book } = capture.detection ?? { book: null };
  const raised: number[] = [];
  let malformed = 0;
  for (let batch = await capture.next(BATCH); batch !== null; batch = await capture.next(BATCH)) {
    const now = packets.time(packets.count - 1) / SECOND;
    while (raised.length < (book?.alerts.length ?? 0)) raised.push(now);
    for (let row = packets.count - batch.count; row < packets.count; row++)
      if (((packets.chunkOf(row).flags[row & CHUNK_MASK] ?? 0) & PacketFlag.Malformed) !== 0) malformed++;
  }
  const alerts = (book?.alerts ?? []).flatMap(({ type, source, parent }, i) =>
    parent === null ? [{ type, raised: raised[i] ?? Number.NaN, source: source < 0 ? '' : addresses.text(source) }] : [],
  );
  return { alerts, capture, malformed };
}

describe('a demo without its attacks', () => {
  it('is an hour in which no rule finds anything', { timeout: 300_000 }, async () => {
    const { alerts, capture, malformed } = await read(generated(HOUR, false));
    expect(alerts).toEqual([]);
    expect(malformed).toBe(0);
    const rate = capture.tables.packets.count / HOUR;
    expect(rate).toBeGreaterThan(300);
    expect(rate).toBeLessThan(800);
  });
});

describe('ten minutes of a demo', () => {
  let demo: Read;
  beforeAll(async () => {
    demo = await read(generated(10 * MINUTE, true));
  }, 120_000);

  it.each<AlertType>([
    'port_scan',
    'slow_scan',
    'brute_force',
    'ssh_login_after_failures',
    'exploit_probe',
    'cleartext_credentials',
    'cryptominer',
    'tor_contact',
    'dns_tunneling',
    'host_sweep',
    'beaconing',
    'syn_flood',
  ])('have %s, the first time within two minutes', (type) => {
    const first = demo.alerts.find((alert) => alert.type === type);
    expect(first?.raised).toBeLessThan(2 * MINUTE);
  });

  it('have the first alert within fifteen seconds', () => {
    expect(Math.min(...demo.alerts.map(({ raised }) => raised))).toBeLessThan(15);
  });

  it('have each scene again, from somebody else', () => {
    const scans = new Set(demo.alerts.filter(({ type }) => type === 'port_scan').map(({ source }) => source));
    expect(scans.size).toBeGreaterThan(1);
    const types = new Set(demo.alerts.filter(({ raised }) => raised > 3 * MINUTE).map(({ type }) => type));
    expect(types.size).toBeGreaterThan(5);
  });

  it('have no malformed packet, and the protocols of a server', () => {
    const { capture, malformed } = demo;
    expect(malformed).toBe(0);
    const services = new Set<string>();
    const { tables, pipeline } = capture;
    const serviceName = (service: number): string => pipeline.applications.protocolName(service);
    for (let flow = 0; flow < tables.flows.count; flow++)
      if (tables.flows.has(flow)) services.add(flowRow(tables, serviceName, flow).service ?? '');
    expect([...services]).toEqual(expect.arrayContaining(['tls', 'http', 'dns', 'ntp', 'ssh', 'quic', 'ftp', 'telnet', 'stratum']));
  });

  it('have hosts of at least forty countries', async () => {
    const geo = new Geo();
    expect((await geo.load()).ok).toBe(true);
    const countries = new Set<string>();
    const { addresses } = demo.capture.tables;
    for (let address = 0; address < addresses.count; address++) {
      const country = geo.country(addresses, address);
      if (country !== null) countries.add(country);
    }
    await geo.close();
    expect(countries.size).toBeGreaterThan(40);
  });
});

describe('what a demo is made of', () => {
  const joined = (seconds: number, seed: number): Buffer => Buffer.concat([...generated(seconds, true, seed)]);

  it('is the same for the same seed, however it is taken, and another for another', () => {
    const inSeconds = joined(30, 5);
    const atOnce = new Traffic({ seed: 5, epoch: 1_800_000_000_000 }).take(30 * SECOND);
    expect(inSeconds.equals(atOnce)).toBe(true);
    expect(inSeconds.equals(joined(30, 6))).toBe(false);
  });
});

const reason = whyNot('tshark');
describe.skipIf(reason !== null)(named('tshark, of ten minutes of a demo', reason), () => {
  const CHECKED = ['ip', 'tcp', 'udp'].flatMap((protocol) => ['-o', `${protocol}.check_checksum:TRUE`]);
  const BAD = ['ip', 'tcp', 'udp', 'icmp', 'icmpv6'].map((protocol) => `${protocol}.checksum.status == 0`).join(' || ');
  // Of a segment that is seen a second time it says that new data overlaps old where the record was complete: that is what it is.
  const WRONG = `(_ws.malformed && !tcp.analysis.retransmission) || ${BAD}`;
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portlight-demo-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('finds nothing malformed and no bad checksum', { timeout: 120_000 }, async () => {
    const path = join(folder, 'demo.pcap');
    await pipe(Readable.from(generated(10 * MINUTE, true), { objectMode: false }), createWriteStream(path));
    const output = await new Promise<string>((settle, fail) => {
      execFile('tshark', ['-r', path, ...CHECKED, '-Y', WRONG], (error, stdout) => (error ? fail(error) : settle(stdout)));
    });
    expect(output).toBe('');
  });
});
