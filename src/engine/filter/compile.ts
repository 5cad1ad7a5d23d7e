import type { Comparison, Literal, Node, Span } from './ast';
import type { Test } from './block';
import type { Catalog } from './catalog';
import { everyValue, type Leaves } from './leaves';
import { all, any, not, xor } from './logic';
import { isLiteral, type Operand, operandOf } from './operand';
import { refuse } from './problem';
import { kindOf, makeSetTest, makeTest, ordered, type ValueOperator } from './value-test';

const MIRRORED: Partial<Record<Comparison, Comparison>> = {
  eq: 'eq',
  all_eq: 'all_eq',
  ne: 'ne',
  any_ne: 'any_ne',
  gt: 'lt',
  ge: 'le',
  lt: 'gt',
  le: 'ge',
};

/** Turns syntax into tests; refuses, by throwing, what makes no sense. */
export class Compiler {
  readonly #catalog: Catalog;
  readonly #leaves: Leaves;

  constructor(catalog: Catalog, leaves: Leaves) {
    this.#catalog = catalog;
    this.#leaves = leaves;
  }

  test(node: Node): Test {
    switch (node.kind) {
      case 'and':
        return all(node.items.map((item) => this.test(item)));
      case 'or':
        return any(node.items.map((item) => this.test(item)));
      case 'xor':
        return node.items.map((item) => this.test(item)).reduce(xor);
      case 'not':
        return not(this.test(node.item));
      case 'word':
        return this.#leaves.named(this.#catalog.find(node.text) ?? this.#catalog.refuseUnknown(node));
      case 'string':
        return refuse(node, 'A text alone is no test: compare a field with it, as in http.host contains "example".');
      case 'call':
        return refuse(node, `${node.name}() gives a value: compare it, as in ${node.name}(...) > 10.`);
      case 'mask': {
        const operand = this.#operand(node);
        return this.#leaves.anyValue(
          operand,
          makeTest(operand.field, 'any_ne', { kind: 'word', text: '0', start: node.start, end: node.end }, node),
        );
      }
      case 'in': {
        const operand = this.#operand(node.left);
        const found = this.#leaves.anyValue(operand, makeSetTest(operand.field, node.set));
        return node.negated ? not(found) : found;
      }
      case 'compare':
        return this.#comparison(node, node.operator, node.left, node.right);
    }
  }

  #operand(node: Node): Operand {
    const operand = operandOf(node, this.#catalog);
    if (operand !== null) return operand;
    return node.kind === 'word' ? this.#catalog.refuseUnknown(node) : refuse(node, 'A field is expected here, not a text.');
  }

  #comparison(at: Span, operator: Comparison, left: Node, right: Node): Test {
    const a = operandOf(left, this.#catalog);
    const b = operandOf(right, this.#catalog);
    if (a !== null && b !== null) return this.#fields(at, operator, a, b);
    if (a !== null && isLiteral(right)) return this.#literal(at, operator, a, right);
    if (b !== null && isLiteral(left)) {
      const mirrored = MIRRORED[operator];
      if (mirrored === undefined) return refuse(left, `The field belongs on the left of "${operator}".`);
      return this.#literal(at, mirrored, b, left);
    }
    return left.kind === 'word' ? this.#catalog.refuseUnknown(left) : refuse(left, 'One side of a comparison has to be a field.');
  }

  #literal(at: Span, operator: Comparison, operand: Operand, literal: Literal): Test {
    const found = (wanted: ValueOperator): Test => this.#leaves.anyValue(operand, makeTest(operand.field, wanted, literal, at));
    if (operator === 'ne') return everyValue(this.#leaves.presence(operand.field.names), found('eq'));
    if (operator === 'all_eq') return everyValue(this.#leaves.presence(operand.field.names), found('any_ne'));
    return found(operator);
  }

  #fields(at: Span, operator: Comparison, a: Operand, b: Operand): Test {
    if (operator === 'contains' || operator === 'matches') return refuse(b, `On the right of "${operator}" a text is expected.`);
    if (a.counted || b.counted) return refuse(at, 'count() is compared with a number.');
    const [kindA, kindB] = [kindOf(a.field.type), kindOf(b.field.type)];
    const addresses = kindA === 'address' && a.field.type !== b.field.type && a.field.type !== 'address' && b.field.type !== 'address';
    if (kindA !== kindB || kindA === 'none' || addresses) return refuse(at, `${a.field.name} and ${b.field.name} cannot be compared.`);
    if (kindA === 'time') return refuse(at, 'Two times cannot be compared yet: compare one with a time.');
    const found = (wanted: ValueOperator): Test => this.#leaves.anyPair(a, b, ordered(wanted));
    const both = (): Test => all([this.#leaves.presence(a.field.names), this.#leaves.presence(b.field.names)]);
    if (operator === 'ne') return everyValue(both(), found('eq'));
    if (operator === 'all_eq') return everyValue(both(), found('any_ne'));
    return found(operator);
  }
}
