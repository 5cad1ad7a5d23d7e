import { describe, expect, it } from 'vitest';
import { FlowTable } from '../../../../src/engine/flows/flow-table';
import { FlowOutbox } from '../../../../src/engine/history/flow-outbox';
import { Pipeline } from '../../../../src/engine/pipeline';
import { SessionTables } from '../../../../src/engine/session-tables';
import type { FlowRows } from '../../../../src/engine/store/records';
import { draw } from '../../../builders/draw';
import { FrameFeeder } from '../../../builders/frame-feeder';

/** The flows that an outbox gave, as they were last: packets of both directions by index. */
class Received {
  readonly flows = new Map<number, number>();
  messages = 0;

  take(rows: FlowRows | null): void {
    if (!rows) return;
    this.messages++;
    for (const [at, index] of rows.index.entries()) this.flows.set(index, (rows.packets[at] ?? 0) + (rows.packetsBack[at] ?? 0));
  }
}

const feed = (feeder: FrameFeeder, text: string): void => {
  for (const frame of draw(text).frames) feeder.add(frame);
  feeder.flush();
};

const NO_SERVICE = (): string => '';

describe('flows to be kept', () => {
  it('are given when they ended, once, and again where a straggler came', () => {
    const feeder = new FrameFeeder();
    const outbox = new FlowOutbox(feeder.tables, NO_SERVICE);
    const received = new Received();
    feed(feeder, '10.0.0.1:4000 > 10.0.0.2:80 S\n10.0.0.3:4000 > 10.0.0.2:80 S\n10.0.0.2:80 > 10.0.0.1:4000 RA');
    received.take(outbox.ended());
    expect([...received.flows]).toEqual([[0, 2]]);
    expect(outbox.ended()).toBeNull();
    feed(feeder, '10.0.0.1:4000 > 10.0.0.2:80 A');
    received.take(outbox.ended());
    expect([...received.flows]).toEqual([[0, 3]]);
    for (const rows of outbox.rest()) received.take(rows);
    expect([...received.flows]).toEqual([
      [0, 3],
      [1, 1],
    ]);
    expect([...outbox.rest()]).toEqual([]);
  });

  it('are given before their records are overwritten', () => {
    const capacity = 10_000;
    const flows = 25_000;
    const feeder = new FrameFeeder();
    feeder.tables = Object.assign(new SessionTables(), { flows: new FlowTable({ capacity }) });
    feeder.pipeline = new Pipeline(feeder.tables);
    const outbox = new FlowOutbox(feeder.tables, NO_SERVICE);
    const received = new Received();
    const frames = draw(Array.from({ length: 250 }, (_, i) => `10.0.0.1:${1000 + i} > 10.0.0.2:80 udp`).join('\n')).frames;
    const sourceAt = 26;
    for (let done = 0; done < flows; done += frames.length) {
      for (const frame of frames) {
        const other = frame.slice();
        new DataView(other.buffer).setUint32(sourceAt, 0x0a000000 + done);
        feeder.add(other);
      }
      feeder.flush();
      for (const rows of outbox.endangered()) received.take(rows);
    }
    for (const rows of outbox.rest()) received.take(rows);
    expect(feeder.tables.flows.count).toBe(flows);
    expect(received.flows.size).toBe(flows);
    expect(new Set(received.flows.values())).toEqual(new Set([1]));
  });
});
