import { dissectUnguarded } from '../../../../../src/engine/decode/tree/dissect-frame';
import type { Dissection, PacketContext } from '../../../../../src/engine/decode/tree/dissection';
import type { Field } from '../../../../../src/engine/decode/tree/field';
import { packetContext } from '../../../../builders/packet-context';

export const dissect = (frame: Uint8Array, facts: Partial<PacketContext> = {}): Dissection =>
  dissectUnguarded(frame, packetContext(frame, facts));

export function* allFields(fields: readonly Field[]): Generator<Field> {
  for (const field of fields) {
    yield field;
    yield* allFields(field.children);
  }
}

/** Values of a field in the order of the tree. */
export const values = (d: Dissection, name: string): unknown[] =>
  [...allFields(d.root)].filter((field) => field.name === name).map((field) => field.value);

export const labels = (d: Dissection, name: string): string[] =>
  [...allFields(d.root)].filter((field) => field.name === name).map((field) => field.label);

/** The tree as text, two spaces a level, from the node with this name on. */
export function text(d: Dissection, name: string): string[] {
  const lines = (field: Field, depth: number): string[] => [
    `${'  '.repeat(depth)}${field.label}`,
    ...field.children.flatMap((child) => lines(child, depth + 1)),
  ];
  return d.root.filter((field) => field.name === name).flatMap((field) => lines(field, 0));
}
