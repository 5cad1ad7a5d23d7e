import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EdgeSums } from '../../../../src/engine/topology/edge-sums';
import { byBytes, byRank, foldUnits, REST, type Unit } from '../../../../src/engine/topology/fold';

const LIMIT = 50;

const indices = (units: readonly Unit[], compare: (a: Unit, b: Unit) => number): number[] =>
  units
    .map((unit, index) => ({ unit, index }))
    .sort((a, b) => compare(a.unit, b.unit))
    .map(({ index }) => index);

const fold = (units: readonly Unit[], limit = LIMIT): Int32Array =>
  foldUnits(units, { byRank: indices(units, byRank), byBytes: indices(units, byBytes) }, limit);

const unit = (id: string, bytes: number, { rank = 0, parent = -1, isOpen = false } = {}): Unit => ({ id, bytes, rank, parent, isOpen });

/** Nodes that there are in the end: those that stand for themselves and have somebody, and the rest where somebody is in it. */
function nodesOf(units: readonly Unit[], standsFor: Int32Array): Set<number> {
  const nodes = new Set<number>();
  for (const [index, { isOpen }] of units.entries()) if (!isOpen) nodes.add(standsFor[index] ?? REST);
  return nodes;
}

const anyUnits = fc
  .tuple(
    fc.integer({ min: 0, max: 10 }),
    fc.array(fc.record({ bytes: fc.nat(1000), rank: fc.integer({ min: 0, max: 6 }), group: fc.nat(30) }), { maxLength: 300 }),
  )
  .map(([open, hosts]) => [
    ...Array.from({ length: open }, (_, group) => unit(`group ${group}`, 0, { isOpen: true })),
    ...hosts.map(({ bytes, rank, group }, i) => unit(`host ${i}`, bytes, { rank, parent: group < open ? group : -1 })),
  ]);

describe('which hosts are nodes', () => {
  it('all where there is room', () => {
    const units = Array.from({ length: LIMIT }, (_, i) => unit(`${i}`, i));
    expect([...fold(units)]).toEqual(units.map((_, i) => i));
  });

  it('those with alerts and those with the most bytes, of more', () => {
    const units = [...Array.from({ length: 200 }, (_, i) => unit(`${i}`, i)), unit('quiet attacker', 0, { rank: 5 })];
    const standsFor = fold(units);
    expect(standsFor[200]).toBe(200);
    expect(standsFor[199]).toBe(199);
    expect(standsFor[0]).toBe(REST);
  });

  it('alerts leave half of the room to the talkers', () => {
    const units = [...Array.from({ length: 200 }, (_, i) => unit(`a${i}`, 0, { rank: 1 })), unit('talker', 9e9)];
    expect(fold(units)[200]).toBe(200);
  });

  it('members of an open group that find no room stay in it', () => {
    const units = [unit('group', 0, { isOpen: true }), ...Array.from({ length: 100 }, (_, i) => unit(`${i}`, i, { parent: 0 }))];
    const standsFor = fold(units);
    expect(standsFor[100]).toBe(100);
    expect(standsFor[1]).toBe(0);
  });

  it('are never more than the limit, and the same whatever the order they come in', () => {
    fc.assert(
      fc.property(anyUnits, (units) => {
        const standsFor = fold(units);
        expect(nodesOf(units, standsFor).size).toBeLessThanOrEqual(LIMIT);
        const kept = (of: readonly Unit[], stands: Int32Array): string[] => of.filter((_, i) => stands[i] === i).map(({ id }) => id);
        const open = units.filter(({ isOpen }) => isOpen);
        const turned = [...open, ...units.filter(({ isOpen }) => !isOpen).reverse()];
        expect(kept(turned, fold(turned)).sort()).toEqual(kept(units, standsFor).sort());
      }),
    );
  });
});

describe('which edges are drawn', () => {
  const anyFlows = fc.array(fc.record({ from: fc.nat(40), to: fc.nat(40), packets: fc.nat(9), bytes: fc.nat(999), family: fc.nat(10) }), {
    maxLength: 400,
  });

  it('never more than the limit, and what is left out is counted', () => {
    fc.assert(
      fc.property(anyFlows, fc.integer({ min: 0, max: 60 }), (flows, limit) => {
        const between = flows.filter(({ from, to }) => from !== to);
        const sums = new EdgeSums(41);
        for (const { from, to, packets, bytes, family } of between) sums.add(from, to, packets, bytes, family);
        const { edges, folded } = sums.choose(limit);
        expect(edges.length).toBeLessThanOrEqual(limit);
        for (const what of ['packets', 'bytes'] as const) {
          const drawn = edges.reduce((sum, edge) => sum + edge[what], 0);
          expect(drawn + folded[what]).toBe(between.reduce((sum, flow) => sum + flow[what], 0));
        }
        expect(edges.reduce((sum, edge) => sum + edge.flows, 0) + folded.flows).toBe(between.length);
      }),
    );
  });

  it('a host whose only flow is small is not left alone', () => {
    const sums = new EdgeSums(10);
    for (let to = 1; to < 9; to++) sums.add(0, to, 100, 100_000, 0);
    for (let to = 2; to < 9; to++) sums.add(1, to, 100, 100_000, 0);
    sums.add(9, 0, 1, 60, 0);
    expect(sums.choose(9).edges.some(({ low, high }) => low === 0 && high === 9)).toBe(true);
  });
});
