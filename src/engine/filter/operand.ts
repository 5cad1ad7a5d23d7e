import type { FieldValue } from '../decode/tree/field';
import type { Literal, Node, Span } from './ast';
import type { Catalog } from './catalog';
import type { KnownField } from './field-catalog';
import { integerOf } from './literals';
import { refuse } from './problem';
import { kindOf, numberOf } from './value-test';

/** The side of a comparison that reads the packet. */
export interface Operand extends Span {
  /** `type` is that of the result, where a function changes it. */
  readonly field: KnownField;
  readonly transform: ((value: FieldValue) => FieldValue) | null;
  /** How often the field occurs, instead of its values. */
  readonly counted: boolean;
}

export const isLiteral = (node: Node): node is Literal => node.kind === 'word' || node.kind === 'string';

/** Null where the node is a value rather than something that reads the packet. */
export function operandOf(node: Node, catalog: Catalog): Operand | null {
  switch (node.kind) {
    case 'string':
      return null;
    case 'word': {
      const field = catalog.find(node.text);
      return field === null ? null : { field, transform: null, counted: false, start: node.start, end: node.end };
    }
    case 'mask':
      return masked(node.left, node.right, node, catalog);
    case 'call':
      return called(node.name, node.items, node, catalog);
    default:
      return refuse(node, 'A test cannot be compared: compare a field.');
  }
}

function masked(left: Node, right: Node, at: Span, catalog: Catalog): Operand {
  const fieldFirst = operandOf(left, catalog);
  const operand = fieldFirst ?? operandOf(right, catalog);
  if (operand === null) return left.kind === 'word' ? catalog.refuseUnknown(left) : refuse(left, 'One side of "&" has to be a field.');
  const literal = fieldFirst === null ? left : right;
  if (!isLiteral(literal)) return refuse(literal, 'The other side of "&" has to be a number.');
  if (kindOf(operand.field.type) !== 'whole') return refuse(operand, `"&" needs a number, and ${operand.field.name} is none.`);
  const mask = BigInt(integerOf(literal));
  const small = mask >= 0n && mask <= 0xffffffffn ? Number(mask) : null;
  return then(operand, at, operand.field.type, (value) => {
    const number = numberOf(value);
    if (number === null) return null;
    if (small !== null && typeof number === 'number' && number >= 0) return (number & small) >>> 0;
    return BigInt(number) & mask;
  });
}

function called(name: string, items: readonly Node[], at: Span, catalog: Catalog): Operand {
  const [item] = items;
  const known = ['len', 'upper', 'lower', 'count'].includes(name);
  if (!known) return refuse(at, `There is no function "${name}".`, 'Functions are len(), count(), upper() and lower().');
  if (item === undefined || items.length !== 1) return refuse(at, `${name}() takes one field.`);
  const operand = operandOf(item, catalog);
  if (operand === null) return item.kind === 'word' ? catalog.refuseUnknown(item) : refuse(item, `${name}() takes a field, not a value.`);
  if (name === 'count') {
    if (operand.transform !== null || operand.counted) return refuse(item, 'count() takes a field, not a function.');
    return { ...operand, counted: true, field: { ...operand.field, type: 'uint', words: null }, start: at.start, end: at.end };
  }
  if (operand.counted) return refuse(item, `${name}() takes a field, not a count.`);
  const kind = kindOf(operand.field.type);
  if (name === 'len') {
    if (kind !== 'text' && kind !== 'bytes') return refuse(item, `len() needs a text or bytes, and ${operand.field.name} is neither.`);
    return then(operand, at, 'uint', (value) =>
      typeof value === 'string' ? Buffer.byteLength(value) : value instanceof Uint8Array ? value.length : null,
    );
  }
  if (kind !== 'text') return refuse(item, `${name}() needs a text, and ${operand.field.name} is none.`);
  return then(operand, at, 'string', (value) =>
    typeof value !== 'string' ? null : name === 'upper' ? value.toUpperCase() : value.toLowerCase(),
  );
}

function then(operand: Operand, at: Span, type: KnownField['type'], transform: (value: FieldValue) => FieldValue): Operand {
  const before = operand.transform;
  return {
    field: { ...operand.field, type, words: null },
    transform: before === null ? transform : (value) => transform(before(value)),
    counted: operand.counted,
    start: at.start,
    end: at.end,
  };
}
