import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportAlerts, syslogLine, timestamp } from '../../../../src/engine/alerts/export';
import type { AlertRow } from '../../../../src/shared/model/alerts';
import { parseCsv } from '../../../builders/csv';

const ROW: AlertRow = {
  id: 1,
  key: 'k',
  type: 'port_scan',
  severity: 'high',
  time: 0,
  lastTime: 0,
  epoch: '1700000000.123456789',
  lastEpoch: '1700000001.000000000',
  sourceIp: '203.0.113.9',
  sourcePort: null,
  targetIp: '10.0.0.4',
  targetPort: 22,
  sourceCountry: null,
  targetCountry: null,
  title: 'Port scan',
  description: 'It scans.',
  technique: 'T1046',
  count: 3,
  absorbed: 0,
  status: 'open',
  note: '',
  mute: null,
};

describe('an export of alerts', () => {
  it('writes CSV that reads back, whatever packets and people wrote, and never a formula', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('', '=', '+', '-', '@', ' =', '\t'), (text, prefix) => {
        const [head = [], fields = [], ...more] = parseCsv(exportAlerts([{ ...ROW, note: prefix + text }], 'csv'));
        const note = fields[head.indexOf('note')] ?? '';
        expect([fields.length, more.length]).toEqual([head.length, 0]);
        expect(note.replace(/^'/, '')).toBe((prefix + text).replace(/^'/, ''));
        expect(note).not.toMatch(/^\s*[=+\-@]/);
      }),
    );
  });

  it('writes syslog lines of at most 2,048 octets without control characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (text) => {
        const line = syslogLine({ ...ROW, description: text });
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(2048);
        expect(line).not.toMatch(/\p{Cc}/u);
      }),
    );
    expect(syslogLine({ ...ROW, technique: 'a"b]c\\' }, 'my host')).toContain('technique="a\\"b\\]c\\\\"] \uFEFFPort scan: It scans.');
    expect(syslogLine(ROW, 'my host')).toMatch(/^<107>1 2023-11-14T22:13:20\.123456Z myhost portlight - port_scan \[/);
  });

  it('says nothing for a time that no calendar has', () => {
    expect(timestamp('1700000000.123456789')).toBe('2023-11-14T22:13:20.123456789Z');
    expect(timestamp('99999999999999.0')).toBe('');
  });
});
