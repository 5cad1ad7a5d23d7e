import { describe, expect, it } from 'vitest';
import { AlertOutbox } from '../../../../src/engine/history/alert-outbox';
import { draw } from '../../../builders/draw';
import { readCapture } from '../../../builders/read-capture';

/** Five scanners, each of which tries forty ports. */
const SCANS = Array.from({ length: 200 }, (_, i) => `203.0.113.${1 + (i % 5)}:40000 > 10.0.0.4:${1000 + 7 * i} S`).join('\n');

describe('alerts to be kept', () => {
  it('are given once, a few at a time, and again where they changed', async () => {
    const capture = await readCapture(draw(SCANS).pcap(), undefined, {});
    const alerts = capture.detection?.book.alerts ?? [];
    expect(alerts.length).toBeGreaterThanOrEqual(5);
    const outbox = new AlertOutbox(capture, () => 'DE');
    const keys: string[] = [];
    for (let rows = outbox.changed(2); rows.length > 0; rows = outbox.changed(2)) {
      expect(rows.length).toBeLessThanOrEqual(2);
      keys.push(...rows.map(({ key }) => key));
    }
    expect(keys).toHaveLength(alerts.length);
    expect(new Set(keys).size).toBe(alerts.length);
    const [first] = alerts;
    if (first) capture.detection?.book.fold(first, 0);
    const [again, ...others] = outbox.changed();
    expect(others).toEqual([]);
    expect(again).toMatchObject({ key: keys[0], count: first?.count, sourceCountry: 'DE' });
  });
});
