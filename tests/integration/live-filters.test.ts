import { appendFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { draw } from '../builders/draw';
import { EngineBench } from '../builders/engine';

let bench: EngineBench;
beforeEach(async () => {
  bench = await EngineBench.start();
});
afterEach(() => bench.close());

const CLIENT = '192.0.2.1:41000';
const SERVER = '192.0.2.2:80';

it('a filter that asks for flows follows what they become while packets come', async () => {
  // One drawing, so that the times go on: a SYN to each server, then one of them answers.
  const whole = draw(`
    ${CLIENT} > ${SERVER} S
    +0.01 192.0.2.1:41001 > 192.0.2.3:80 S
    +0.01 ${SERVER} > ${CLIENT} SA
    +0.01 ${CLIENT} > ${SERVER} A
  `).pcap();
  const record = (whole.length - 24) / 4;
  const first = 24 + 2 * record;
  const path = await bench.file('growing.pcap', whole.subarray(0, first));
  await bench.client.call('session.open', { path, follow: true });
  await bench.until(({ packets }) => packets === 2);
  const answer = await bench.client.call('filter.set', { text: 'flow.state == "S0"', range: null });
  expect(answer.ok).toBe(true);
  const before = await bench.until(({ filter }) => filter.text !== '' && !filter.scanning);
  expect(before.filter).toMatchObject({ shown: 2 });
  appendFileSync(path, whole.subarray(first));
  const after = await bench.until(({ packets, filter }) => packets === 4 && filter.shown === 1 && !filter.scanning);
  expect(after.filter.id).toBe(before.filter.id);
  const { rows } = await bench.client.call('packets.rows', { from: 0, count: 10 });
  expect(rows.map(({ destination }) => destination)).toEqual(['192.0.2.3']);
});
