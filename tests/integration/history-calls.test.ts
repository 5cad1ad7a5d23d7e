import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canonical } from '../../src/engine/history/history-reader';
import { EngineBench } from '../builders/engine';

let bench: EngineBench;
beforeEach(async () => {
  bench = await EngineBench.start();
});
afterEach(() => bench.close());

describe('the calls of the history', () => {
  it('answer null where nothing is kept', async () => {
    const { client } = bench;
    expect(await client.call('history.captures', { search: '', count: 10 })).toBeNull();
    expect(await client.call('history.host', { address: '10.0.0.1' })).toBeNull();
    expect(await client.call('history.series', { kind: 'protocol', key: null, from: null, to: null, tier: 'day' })).toBeNull();
    expect(await client.call('history.forget', { captureId: 1 })).toBeNull();
  });

  it('refuse what would read without bounds, and what is no address', async () => {
    const { client } = bench;
    const series = { kind: 'host', key: null, from: null, to: null, tier: 'day' } as const;
    await expect(client.call('history.series', series)).rejects.toMatchObject({ problem: { code: 'bad-arguments' } });
    await expect(client.call('history.captures', { search: '', count: 501 })).rejects.toMatchObject({ problem: { code: 'bad-arguments' } });
    await expect(client.call('history.host', { address: 'server.example' })).rejects.toMatchObject({ problem: { code: 'no-address' } });
  });

  it('read an address however it is written', () => {
    expect(['10.0.0.1 ', '2001:DB8:0:0::1', '::ffff:192.0.2.1', '02-00-0A-00-00-01'].map(canonical)).toEqual([
      '10.0.0.1',
      '2001:db8::1',
      '::ffff:192.0.2.1',
      '02:00:0a:00:00:01',
    ]);
    expect(['', '10', '10.0', '10.0.0.256', '10.0.0.1/8', ':', 'fe80::1%eth0', 'g::1', '1:2'].map(canonical)).toEqual(
      new Array<null>(9).fill(null),
    );
  });
});
