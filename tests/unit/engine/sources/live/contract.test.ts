import { spawnSync } from 'node:child_process';
import { chmodSync, renameSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { Capture } from '../../../../../src/engine/capture';
import { openLocalCapture } from '../../../../../src/engine/sources/live/local/local-capture';
import type { CaptureTool } from '../../../../../src/shared/model/capture-interfaces';
import { draw } from '../../../../builders/draw';
import { column, readCapture, readToEnd } from '../../../../builders/read-capture';
import { StandIns, says } from '../../../../builders/stand-in';

const PCAP = draw(`
  10.0.0.1:40000 > 10.0.0.4:22 S
  10.0.0.4:22 > 10.0.0.1:40000 SA
  10.0.0.1:40000 > 10.0.0.4:22 A
  10.0.0.1:5000 > 1.1.1.1:53 udp dns A example.com
`).pcap();
/** Of the last record. */
const CUT = 20;

const standIns = new StandIns();
afterAll(() => standIns.remove());
const file = standIns.file('drawn.pcap', PCAP);
const counts = { received: 6, droppedByKernel: 2, droppedByInterface: 0 };
const end = says({ type: 'end', ...counts, written: 4, reason: 'signal' });
const untilAsked = 'cat >/dev/null';

async function open(tool: CaptureTool) {
  const opened = await openLocalCapture([tool], { interface: 'eth0' });
  if (!opened.ok) throw new Error(opened.problem.sentence);
  return opened.value;
}

async function readAll(tool: CaptureTool) {
  const live = await open(tool);
  const opened = await Capture.openStream(live.stream, {});
  if (!opened.ok) throw new Error(opened.problem.sentence);
  const capture = await readToEnd(opened.value);
  return { live, capture, end: await live.ended };
}

describe.skipIf(process.platform === 'win32')('a live capture is the same as the file', () => {
  it.each([
    ['in one piece', `cat ${file}`],
    ['byte by byte', `dd bs=1 if=${file} 2>/dev/null`],
  ])('%s', async (_, send) => {
    const { capture, end: ended } = await readAll(standIns.tool(`${says({ type: 'ready' })}; ${send}; ${end}`));
    const reference = await readCapture(PCAP);
    for (const name of ['time', 'source', 'destination', 'protocol', 'length'])
      expect(column(capture, name)).toEqual(column(reference, name));
    expect(ended).toEqual({ problem: null, counts });
    expect(capture.source.truncated).toBe(false);
  });

  it('shows a packet before the next one comes', async () => {
    // The last record is sent only when something was written to a file by the reader of the others.
    const next = `${standIns.folder}/next`;
    const script = `head -c ${PCAP.length - 87} ${file}; while [ ! -e ${next} ]; do sleep 0.02; done; tail -c 87 ${file}`;
    const live = await open(standIns.tool(`${says({ type: 'ready' })}; ${script}; ${end}`));
    const opened = await Capture.openStream(live.stream, {});
    if (!opened.ok) throw new Error(opened.problem.sentence);
    const capture = opened.value;
    while (capture.tables.packets.count < 3) await capture.next();
    standIns.file('next', new Uint8Array(0));
    await readToEnd(capture);
    expect(capture.tables.packets.count).toBe(4);
    expect((await live.ended).problem).toBeNull();
  });
});

describe.skipIf(process.platform === 'win32')('what was captured before a failure is kept', () => {
  it('the helper is killed in the middle of a record', async () => {
    const tool = standIns.tool(`${says({ type: 'ready' })}; head -c ${PCAP.length - CUT} ${file}; kill -9 $$`);
    const { capture, end: ended } = await readAll(tool);
    expect(capture.tables.packets.count).toBe(3);
    expect(capture.source.truncated).toBe(true);
    expect(ended.problem).toMatchObject({ code: 'tool-killed', sentence: 'The capture helper ended unexpectedly: it got SIGKILL.' });
    expect(ended.counts).toEqual({ received: null, droppedByKernel: null, droppedByInterface: null });
  });

  it('the tail is cut although the helper says that all is well', async () => {
    const { capture } = await readAll(standIns.tool(`${says({ type: 'ready' })}; head -c ${PCAP.length - CUT} ${file}; ${end}`));
    expect(capture.tables.packets.count).toBe(3);
    expect(capture.source.warnings).toMatchObject([{ code: 'cut-off' }]);
  });

  it('a record has an impossible length', async () => {
    const bad = PCAP.slice();
    // Of the second record: behind the file header, the first record, and its own time.
    const second = 24 + 16 + new DataView(bad.buffer).getUint32(24 + 8, true);
    bad.fill(0xff, second + 8, second + 12);
    const { capture } = await readAll(standIns.tool(`${says({ type: 'ready' })}; cat ${standIns.file('bad.pcap', bad)}; ${end}`));
    expect(capture.tables.packets.count).toBe(1);
    expect(capture.source.warnings).toMatchObject([{ code: 'bad-record' }]);
  });

  it('the interface goes away', async () => {
    const gone = says({ type: 'end', ...counts, written: 4, reason: 'interface', message: 'The interface disappeared' });
    const { capture, end: ended } = await readAll(standIns.tool(`${says({ type: 'ready' })}; cat ${file}; ${gone}; exit 1`));
    expect(capture.tables.packets.count).toBe(4);
    expect(ended).toMatchObject({ problem: { code: 'interface-gone' }, counts });
  });
});

describe.skipIf(process.platform === 'win32')('a capture that does not begin', () => {
  const refused = (code: string, message: string): string => `${says({ type: 'error', code, message })}; exit 1`;
  it.each([
    ['no such interface', refused('no-such-interface', 'x'), 'no-such-interface', /^There is no interface eth0\.$/],
    ['no rights', refused('no-rights', 'x'), 'no-rights', /may not capture for you\.$/],
    ['the interface is down', refused('interface-down', 'x'), 'interface-down', /is down\.$/],
    ['a wrong filter', refused('bad-filter', 'syntax error'), 'bad-filter', /wrong: syntax error\.$/],
    ['an unknown failure', refused('never-heard', 'a\u001b[2Jb\nc'), 'tool-failed', /could not capture eth0: a \[2Jb c\.$/],
    ['no message', 'exit 3', 'tool-failed', /gave status 3\.$/],
    ['a message that is none', 'echo "{" >&2; echo "[1]" >&2; exit 3', 'tool-failed', /: \[1\]\.$/],
    ['an end before the beginning', end, 'tool-failed', /ended before it began\.$/],
    ['a death', 'kill -9 $$', 'tool-killed', /SIGKILL\.$/],
  ])('%s', async (_, script, code, sentence) => {
    const opened = await openLocalCapture([standIns.tool(script)], { interface: 'eth0' });
    expect(opened).toMatchObject({ ok: false, problem: { code, sentence: expect.stringMatching(sentence) } });
  });

  it.runIf(process.platform === 'linux')('gives the one command that grants the right, whatever the path is', async () => {
    const { path } = standIns.tool(refused('no-rights', 'x'));
    const odd = `${standIns.folder}/it's; a path`;
    renameSync(path, odd);
    const opened = await openLocalCapture([{ kind: 'helper', path: odd }], { interface: 'eth0' });
    const command = opened.ok ? '' : (opened.problem.next ?? '').split('\n').slice(1).join('\n');
    // The shell takes it apart as it would, with programs that only print their words.
    const words = spawnSync('sh', ['-c', `sudo() { printf '%s\\n' "$@"; }; ${command}`], { encoding: 'utf8' }).stdout.split('\n');
    expect(words.slice(0, 3)).toEqual(['chown', expect.stringMatching(/^root:.+/), odd]);
    expect(words.slice(3)).toEqual(['chmod', '750', odd, 'setcap', 'cap_net_raw=ep', odd, '']);
  });

  it('a program that may not be run, that is not there, or whose name is none', async () => {
    const { path } = standIns.tool('exit 0');
    chmodSync(path, 0o644);
    expect(await openLocalCapture([{ kind: 'helper', path }], { interface: 'eth0' })).toMatchObject({ problem: { code: 'no-rights' } });
    for (const kind of ['helper', 'tcpdump'] as const)
      for (const none of ['/nowhere/at/all', 'a\0b'])
        expect(await openLocalCapture([{ kind, path: none }], { interface: 'eth0' })).toMatchObject({ problem: { code: 'tool-failed' } });
  });

  it('another program is tried where one has no right, and only then', async () => {
    const none = standIns.tool(refused('no-rights', 'x'));
    const able = standIns.tool(`echo "Capturing on 'eth0'" >&2; cat ${file}`, 'dumpcap');
    const opened = await openLocalCapture([none, able], { interface: 'eth0' });
    expect(opened.ok).toBe(true);
    if (opened.ok) await opened.value.stop();
    const wrong = standIns.tool(refused('bad-filter', 'x'));
    expect(await openLocalCapture([wrong, able], { interface: 'eth0' })).toMatchObject({ ok: false, problem: { code: 'bad-filter' } });
  });

  it('there is no program at all', async () => {
    expect(await openLocalCapture([], { interface: 'eth0' })).toMatchObject({ ok: false, problem: { code: 'tool-missing' } });
  });
});

describe.skipIf(process.platform === 'win32')('stopping', () => {
  const running = () => standIns.tool(`${says({ type: 'ready' })}; cat ${file}; ${untilAsked}; ${end}`);

  it('gives the final counts, any number of times', async () => {
    const live = await open(running());
    live.stream.resume();
    const ends = await Promise.all([live.stop(), live.stop(), live.ended]);
    expect(new Set(ends.map((one) => JSON.stringify(one)))).toEqual(new Set([JSON.stringify({ problem: null, counts })]));
  });

  it('lets a reader that comes late have what was captured', async () => {
    const live = await open(running());
    const stopped = live.stop();
    const opened = await Capture.openStream(live.stream, {});
    expect(opened.ok && (await readToEnd(opened.value)).tables.packets.count).toBe(4);
    expect((await stopped).problem).toBeNull();
  });

  it('a signal cancels, before and after', async () => {
    const early = await openLocalCapture([running()], { interface: 'eth0' }, AbortSignal.abort());
    expect(early).toMatchObject({ ok: false, problem: { code: 'cancelled' } });
    const control = new AbortController();
    const opened = await openLocalCapture([running()], { interface: 'eth0' }, control.signal);
    if (!opened.ok) throw new Error(opened.problem.sentence);
    opened.value.stream.resume();
    control.abort();
    expect((await opened.value.ended).problem).toBeNull();
  });

  it('the other programs get their signal although they do not look at their input', async () => {
    const script = `trap 'echo "4 packets received by filter" >&2; exit 0' TERM; echo "tcpdump: listening on eth0" >&2; cat ${file}; while :; do sleep 0.05; done`;
    const live = await open(standIns.tool(script, 'tcpdump'));
    live.stream.resume();
    expect(await live.stop()).toEqual({ problem: null, counts: { received: 4, droppedByKernel: null, droppedByInterface: null } });
  });
});
