import { describe, expect, it } from 'vitest';
import { FlowSpans } from '../../../../src/engine/alerts/flow-spans';
import { findShownAlerts } from '../../../../src/engine/alerts/shown-alerts';
import { Alert, MAX_EVIDENCE_ROWS } from '../../../../src/engine/detectors/alert';
import { draw } from '../../../builders/draw';
import { readCapture } from '../../../builders/read-capture';

/** Two attempts of one host on two ports, and one of another: flows 0, 1 and 2. */
const CAPTURE = ['203.0.113.9:4000 > 10.0.0.4:22 S', '203.0.113.9:4001 > 10.0.0.4:23 S', '203.0.113.7:4002 > 10.0.0.4:22 S'].join('\n');

interface Drawn {
  readonly rows?: readonly number[];
  readonly flows?: readonly number[];
  readonly from?: number;
  readonly to?: number;
}

async function world() {
  const { tables } = await readCapture(draw(CAPTURE).pcap());
  const source = tables.flows.source(0);
  const target = tables.flows.destination(0);
  const alertOf = ({ rows = [], flows = [], from = 100, to = 200 }: Drawn, id = 1): Alert => {
    const describe = () => {
      throw new Error('nobody reads it');
    };
    const alert = new Alert(id, { type: 'port_scan', source, target, since: from, rows: [], flows: [], describe }, 'high', to);
    alert.rows.push(...rows);
    alert.flows.push(...flows);
    return alert;
  };
  /** `shown`: flow, first and last time of its shown packets. */
  const find = (alerts: readonly Alert[], rows: readonly number[], ...shown: readonly (readonly [number, number, number])[]): number[] => {
    const spans = new FlowSpans();
    for (const [flow, first, last] of shown) {
      spans.add(flow, last);
      spans.add(flow, first);
    }
    return [...findShownAlerts(tables.flows, alerts, { has: (row) => rows.includes(row), spans })];
  };
  return { alertOf, find };
}

describe('an alert is shown', () => {
  it('where a packet of its evidence is, whenever that was', async () => {
    const { alertOf, find } = await world();
    expect(find([alertOf({ rows: [7] })], [7])).toEqual([1]);
    expect(find([alertOf({ rows: [7] })], [8])).toEqual([]);
  });

  it('where a flow of its evidence has shown packets while it lasted', async () => {
    const { alertOf, find } = await world();
    const alert = alertOf({ flows: [0] });
    expect(find([alert], [], [0, 150, 160])).toEqual([1]);
    expect(find([alert], [], [0, 50, 300])).toEqual([1]);
    expect(find([alert], [], [0, 200, 300])).toEqual([1]);
    expect(find([alert], [], [0, 201, 300])).toEqual([]);
    expect(find([alert], [], [0, 50, 99])).toEqual([]);
    expect(find([alert], [], [1, 150, 160])).toEqual([]);
  });

  it('by its ends where it has more evidence than is kept', async () => {
    const { alertOf, find } = await world();
    const many = Array.from({ length: MAX_EVIDENCE_ROWS }, (_, i) => 1000 + i);
    expect(find([alertOf({ rows: many })], [], [1, 150, 160])).toEqual([1]);
    expect(find([alertOf({ rows: many })], [], [1, 250, 260])).toEqual([]);
    expect(find([alertOf({ rows: many })], [], [2, 150, 160])).toEqual([]);
    expect(find([alertOf({ rows: many.slice(1) })], [], [1, 150, 160])).toEqual([]);
  });

  it('where one that became part of it is', async () => {
    const { alertOf, find } = await world();
    const parent = alertOf({ rows: [1] }, 1);
    const child = alertOf({ rows: [2] }, 2);
    child.parent = parent;
    expect(find([parent, child], [2])).toEqual([1]);
  });
});

describe('the times of flows', () => {
  it('are kept of many flows, the newest of those that share a place', () => {
    const spans = new FlowSpans();
    const flows = [0, 5, 3000, 70_000, 1_048_575, 1_048_576 + 5];
    for (const flow of flows) spans.add(flow, flow);
    expect([...spans.flows()].sort((a, b) => a - b)).toEqual(flows.filter((flow) => flow !== 5));
    expect(spans.touches(3000, 2999, 3001)).toBe(true);
    expect(spans.touches(3000, 3001, 3002)).toBe(false);
    expect(spans.touches(5, 0, 10)).toBe(false);
  });
});
