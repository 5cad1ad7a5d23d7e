import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Engine } from '../../src/engine/engine';
import { fieldTest } from '../../src/renderer/stores/filter-text';
import type { EngineCalls, EngineTopics, Tick } from '../../src/shared/contract/engine';
import type { FieldNode } from '../../src/shared/model/records';
import { RpcClient } from '../../src/shared/rpc/client';
import { memoryPair } from '../../src/shared/rpc/memory-pair';

const CAPTURES = process.env.PORTLIGHT_CAPTURES ?? resolve(import.meta.dirname, '../../../shared/pcaps');
const FOLDER = join(CAPTURES, 'protocols');
/** Packets of each capture whose fields are tried. */
const PACKETS = 12;

function* all(fields: readonly FieldNode[]): Generator<FieldNode> {
  for (const field of fields) {
    yield field;
    yield* all(field.children);
  }
}

/** What "Filter to this" on a field of the tree writes into the filter bar. */
describe.skipIf(!existsSync(FOLDER))('the filter made from a field (skipped without the capture folder)', () => {
  const [near, far] = memoryPair();
  const client = new RpcClient<EngineCalls, EngineTopics>(near);
  let stop: () => void;

  beforeAll(() => {
    stop = new Engine().connect(far);
  });
  afterAll(() => stop());

  const until = (reached: (tick: Tick) => boolean): Promise<Tick> =>
    new Promise((done) => {
      const end = client.subscribe('tick', (tick) => {
        if (!reached(tick)) return;
        end();
        done(tick);
      });
    });

  it.each([
    ['frame.interface_name == "en0"', 62],
    ['frame.interface_name != "en0"', 2],
    ['frame.interface_name contains "0"', 64],
  ])('%s shows what Wireshark does', async (text, shown) => {
    await client.call('session.open', { path: join(CAPTURES, 'formats', 'pcapng-many-interfaces.pcapng') });
    await until(({ load }) => load.state === 'done');
    const answer = await client.call('filter.set', { text, range: null });
    const tick = await until(({ filter }) => answer.ok && filter.id === answer.filterId && !filter.scanning);
    expect(tick.filter.shown).toBe(shown);
  });

  it('is right, and lets the packet through that the field is of', { timeout: 180_000 }, async () => {
    const wrong = new Map<string, string>();
    const tried = new Set<string>();
    for (const file of readdirSync(FOLDER)) {
      await client.call('session.open', { path: join(FOLDER, file) });
      const { packets } = await until(({ load }) => load.state === 'done' || load.state === 'failed');
      for (let index = 0; index < Math.min(packets, PACKETS); index++) {
        const { fields } = await client.call('packets.details', { index });
        for (const field of all(fields)) {
          const test = fieldTest(field);
          if (test === null || tried.has(field.name)) continue;
          tried.add(field.name);
          const answer = await client.call('filter.set', { text: test, range: null });
          if (!answer.ok) {
            wrong.set(field.name, `${test}: ${answer.problem.sentence}`);
            continue;
          }
          await until(({ filter }) => filter.id === answer.filterId && !filter.scanning);
          const { exact } = await client.call('packets.position', { index });
          if (!exact) wrong.set(field.name, `${test} hides packet ${index + 1} of ${file}`);
        }
      }
    }
    expect([...wrong.values()]).toEqual([]);
  });
});
