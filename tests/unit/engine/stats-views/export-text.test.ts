import { describe, expect, it } from 'vitest';
import { exportText } from '../../../../src/engine/stats-views/export-text';

const ROW = {
  id: 3,
  a: '10.0.0.1',
  portA: 41022,
  packets: [3, 2],
  service: '=cmd|calc',
  ending: null,
  tcp: { state: 'SF', resets: [0, 1] },
};

describe('the export of a table', () => {
  it('is CSV with a column for each way, and runs nothing in a spreadsheet', () => {
    expect(exportText([ROW], 'csv')).toBe(
      "a,portA,packetsAB,packetsBA,service,ending,state,resetsAB,resetsBA\r\n10.0.0.1,41022,3,2,'=cmd|calc,,SF,0,1\r\n",
    );
  });

  it('is one JSON object a line', () => {
    const lines = exportText([ROW, ROW], 'jsonl').trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ a: '10.0.0.1', packetsAB: 3, packetsBA: 2, state: 'SF', resetsBA: 1 });
  });
});
