import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dialectOf, type Report } from '../../../../../src/engine/sources/live/local/dialects';
import { oneLine } from '../../../../../src/engine/sources/live/local/problems';
import type { CaptureToolKind } from '../../../../../src/shared/model/capture-interfaces';

const KINDS: readonly CaptureToolKind[] = ['helper', 'dumpcap', 'tcpdump'];
const dialect = (kind: CaptureToolKind) => dialectOf({ kind, path: kind });

/** What several lines say together. */
const told = (kind: CaptureToolKind, text: string): Report => {
  const reports = text.split('\n').map((line) => dialect(kind).read(line.trim()));
  return Object.assign({}, ...reports, { counts: Object.assign({}, ...reports.map(({ counts }) => counts)) });
};

describe('final counts', () => {
  it('of tcpdump', () => {
    const text = `100 packets captured
      130 packets received by filter
      25 packets dropped by kernel
      5 packets dropped by interface`;
    expect(told('tcpdump', text)).toMatchObject({ ended: true, counts: { received: 130, droppedByKernel: 25, droppedByInterface: 5 } });
    expect(told('tcpdump', '1 packet received by filter').counts).toEqual({ received: 1 });
  });

  it("of dumpcap: what it dropped itself counts as the kernel's, and as received", () => {
    const text = `Packets captured: 100
      Packets received/dropped on interface 'v1': 100/32 (pcap:30/dumpcap:2/flushed:0/ps_ifdrop:5) (72.9%)`;
    expect(told('dumpcap', text)).toMatchObject({ ended: true, counts: { received: 132, droppedByKernel: 32, droppedByInterface: 5 } });
  });

  it('of the helper; what is no count is unknown', () => {
    const line = '{"type":"end","received":5000000000,"droppedByKernel":-1,"droppedByInterface":"7","reason":"signal"}';
    expect(told('helper', line)).toMatchObject({
      ended: true,
      counts: { received: 5_000_000_000, droppedByKernel: null, droppedByInterface: null },
    });
  });
});

describe('arguments', () => {
  it.each(KINDS)('%s: a filter is one word, at its place, and never an option', (kind) => {
    const filter = '-w /etc/passwd; rm -rf $HOME';
    const words = dialect(kind).arguments({ interface: 'eth0', filter: ` ${filter} ` });
    const at = words.indexOf(filter);
    expect(['--filter', '-f', '--']).toContain(words[at - 1]);
    expect(dialect(kind).arguments({ interface: 'eth0', filter: '  ' })).not.toContain('');
  });
});

describe('whatever a program prints', () => {
  it.each(KINDS)('%s: is taken without a throw', (kind) => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (line) => {
        expect(typeof dialect(kind).read(line)).toBe('object');
      }),
    );
  });

  it('becomes one line that moves no cursor', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters must be gone
        expect(oneLine(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
        expect(oneLine(text).length).toBeLessThanOrEqual(300);
      }),
    );
  });
});
