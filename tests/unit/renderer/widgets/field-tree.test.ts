import { describe, expect, it } from 'vitest';
import { flatten, innermostField, keysAlong, nodeAt, pathOfKeys } from '../../../../src/renderer/widgets/field-tree/flatten';
import type { FieldNode } from '../../../../src/shared/model/records';

const field = (name: string, label: string, start: number, length: number, children: FieldNode[] = [], source = 0): FieldNode => ({
  name,
  label,
  value: null,
  start,
  length,
  source,
  children,
});

/** Ethernet, IP with two addresses under a text, and a message put together from several packets. */
const packet: FieldNode[] = [
  field('eth', 'Ethernet II', 0, 14, [field('eth.dst', 'Destination: 02', 0, 6), field('eth.src', 'Source: 04', 6, 6)]),
  field('ip', 'Internet Protocol', 14, 20, [
    field('', 'Addresses: two', 26, 8, [field('ip.src', 'Source: 10.0.0.1', 26, 4), field('ip.dst', 'Destination: 10.0.0.4', 30, 4)]),
  ]),
  field('http', 'Hypertext', 0, 90, [field('http.host', 'Host: a', 10, 9, [], 1)], 1),
];

const names = (open: readonly string[]): string[] =>
  flatten(packet, (key) => open.includes(key)).map(({ node, depth }) => `${'  '.repeat(depth)}${node.label}`);

describe('the field tree', () => {
  it('shows children of open fields only', () => {
    expect(names([])).toEqual(['Ethernet II', 'Internet Protocol', 'Hypertext']);
    expect(names(['ip', 'ip/Addresses'])).toEqual([
      'Ethernet II',
      'Internet Protocol',
      '  Addresses: two',
      '    Source: 10.0.0.1',
      '    Destination: 10.0.0.4',
      'Hypertext',
    ]);
  });

  it('finds the innermost field of a byte within one source', () => {
    const nameAt = (source: number, offset: number): string | undefined => {
      const path = innermostField(packet, source, offset);
      return path === null ? undefined : nodeAt(packet, path)?.name;
    };
    expect(nameAt(0, 31)).toBe('ip.dst');
    expect(nameAt(0, 12)).toBe('eth');
    expect(nameAt(0, 20)).toBe('ip');
    expect(nameAt(1, 12)).toBe('http.host');
    expect(nameAt(1, 2)).toBe('http');
    expect(nameAt(0, 60)).toBeUndefined();
  });

  it('finds the same field in another packet, wherever it stands there', () => {
    const keys = keysAlong(packet, [1, 0, 1]);
    const other = [field('sll', 'Linux cooked', 0, 16), ...packet.slice(1)];
    expect(pathOfKeys(other, keys)).toEqual([1, 0, 1]);
    expect(pathOfKeys([packet[1] as FieldNode], keys)).toEqual([0, 0, 1]);
    expect(pathOfKeys(packet.slice(2), keys)).toBeNull();
  });
});
