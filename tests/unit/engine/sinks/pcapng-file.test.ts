import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { PcapngEncoder } from '../../../../src/engine/sinks/pcapng-encoder';
import { PcapngFile } from '../../../../src/engine/sinks/pcapng-file';
import { openCaptureFile } from '../../../../src/engine/sources/open';
import type { CaptureSource } from '../../../../src/engine/sources/source';
import { draw } from '../../../builders/draw';
import { writePcap } from '../../../builders/pcap';
import { hasTshark } from '../../../builders/tshark';

const folder = mkdtempSync(join(tmpdir(), 'portlight-pcapng-'));
afterAll(() => rmSync(folder, { recursive: true }));

const OPTIONS = { application: 'Portlight', interfaceName: 'eth0', captureFilter: 'port 22' };

async function open(path: string): Promise<CaptureSource> {
  const opened = await openCaptureFile(path);
  if (!opened.ok) throw new Error(opened.problem.sentence);
  return opened.value;
}

/** Every frame as text, with its time. */
async function framesOf(source: CaptureSource): Promise<string[]> {
  const frames: string[] = [];
  for (let batch = await source.nextBatch(100, 50); batch; batch = await source.nextBatch(100, 50)) {
    for (let i = 0; i < batch.count; i++) {
      const start = batch.start[i] ?? 0;
      const bytes = Buffer.from(batch.bytes.subarray(start, start + (batch.capturedLength[i] ?? 0))).toString('hex');
      const comment = batch.comments.find(({ index }) => index === i)?.text ?? '';
      frames.push([batch.seconds[i], batch.nanoseconds[i], batch.length[i], batch.linkType[i], bytes, comment].join(' '));
    }
  }
  await source.close();
  return frames;
}

/** What is written again of a capture file. */
async function rewritten(
  bytes: Uint8Array,
  name: string,
  counts = { received: 12, droppedByInterface: 1, droppedByKernel: 2 },
): Promise<string> {
  const from = join(folder, `${name}.pcap`);
  spawnSync('tee', [from], { input: bytes });
  const source = await open(from);
  const path = join(folder, `${name}.pcapng`);
  const created = await PcapngFile.create(path, OPTIONS);
  if (!created.ok) throw new Error(created.problem.sentence);
  for (let batch = await source.nextBatch(3, 50); batch; batch = await source.nextBatch(3, 50)) {
    expect(await created.value.write(batch, source.interfaces)).toMatchObject({ ok: true });
  }
  await source.close();
  expect(await created.value.close([counts])).toMatchObject({ ok: true });
  return path;
}

const PCAP = draw(`
  10.0.0.1:40000 > 10.0.0.4:22 S
  10.0.0.4:22 > 10.0.0.1:40000 SA
  10.0.0.1:5000 > 1.1.1.1:53 udp dns A example.com
  10.0.0.1:40000 > 10.0.0.2:80 PA 'GET / HTTP/1'
`).pcap();

describe('a pcapng file', () => {
  it('gives every packet back, with its time', async () => {
    const path = await rewritten(PCAP, 'drawn');
    expect(await framesOf(await open(path))).toEqual(await framesOf(await open(join(folder, 'drawn.pcap'))));
  });

  it('says what was captured and what was lost', async () => {
    const source = await open(await rewritten(PCAP, 'facts'));
    await framesOf(source);
    expect(source.interfaces).toMatchObject([{ name: 'eth0', linkType: 1, droppedPackets: 3, details: { captureFilter: 'port 22' } }]);
    expect(source.details).toMatchObject({ application: 'Portlight' });
  });

  it('of any packets is read as they were', async () => {
    const packet = fc.record({
      data: fc.uint8Array({ maxLength: 300 }),
      seconds: fc.integer({ min: 0, max: 0xffffffff }),
      fraction: fc.integer({ min: 0, max: 999_999_999 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(packet, { minLength: 1, maxLength: 12 }), async (packets) => {
        const path = await rewritten(writePcap(packets, { magic: 'nanoseconds' }), 'any');
        expect(await framesOf(await open(path))).toEqual(await framesOf(await open(join(folder, 'any.pcap'))));
      }),
      { numRuns: 30 },
    );
  });

  it.skipIf(!hasTshark())(`is what Wireshark reads${hasTshark() ? '' : ' (skipped: tshark is not installed)'}`, async () => {
    const path = await rewritten(PCAP, 'wireshark');
    const fields = ['frame.time_epoch', 'frame.len', 'frame.interface_name', '_ws.col.Protocol'].flatMap((name) => ['-e', name]);
    const told = spawnSync('tshark', ['-r', path, '-T', 'fields', ...fields], { encoding: 'utf8' });
    expect(told.status).toBe(0);
    expect(told.stdout.trim().split('\n')).toEqual([
      '1700000000.000000000\t54\teth0\tTCP',
      '1700000000.001000000\t54\teth0\tTCP',
      '1700000000.002000000\t71\teth0\tDNS',
      '1700000000.003000000\t66\teth0\tTCP',
    ]);
    const info = spawnSync('capinfos', ['-M', path], { encoding: 'utf8' });
    expect(info.stdout).toMatch(/Capture filter += port 22|Filter string += port 22/i);
    expect(info.stdout).toMatch(/Time precision += nanoseconds/);
  });

  it('a folder that is not there: a sentence', async () => {
    const created = await PcapngFile.create(join(folder, 'nowhere', 'x.pcapng'), OPTIONS);
    expect(created).toMatchObject({ ok: false, problem: { code: 'write-failed' } });
  });
});

describe('the encoder', () => {
  it('says where each frame lies in the file', () => {
    const encoder = new PcapngEncoder('Portlight');
    const id = encoder.addInterface({ linkType: 1, snapLength: 100, name: null, description: null, filter: null });
    const pieces: Uint8Array[] = [];
    const places = Array.from({ length: 50 }, (_, i) => {
      const at = encoder.addPacket(id, 1, i, new Uint8Array(i).fill(i), 0, i, i, i % 7 === 0 ? ['a note'] : []);
      if (i % 10 === 0) pieces.push(encoder.take().slice());
      return at;
    });
    pieces.push(encoder.take().slice());
    const bytes = Buffer.concat(pieces);
    for (const [i, at] of places.entries()) expect(bytes.subarray(at, at + i)).toEqual(Buffer.alloc(i, i));
    expect(encoder.position).toBe(bytes.length);
    expect(encoder.pending).toBe(0);
  });

  it('keeps comments with their packets', async () => {
    const encoder = new PcapngEncoder('Portlight');
    const id = encoder.addInterface({ linkType: 1, snapLength: 100, name: 'x', description: 'y', filter: '' });
    encoder.addPacket(id, 5, 6, Uint8Array.of(1, 2, 3), 0, 3, 60, ['first \u2028 "one"']);
    encoder.addPacket(id, 5, 7, Uint8Array.of(1, 2, 3), 1, 2, 60);
    const path = join(folder, 'comments.pcapng');
    spawnSync('tee', [path], { input: encoder.take() });
    expect(await framesOf(await open(path))).toEqual(['5 6 60 1 010203 first \u2028 "one"', '5 7 60 1 0203 ']);
    expect(readFileSync(path).length).toBe(encoder.position);
  });
});
