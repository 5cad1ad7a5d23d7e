/** Where a part stands in the filter's text: UTF-16 offsets, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Comparison = 'eq' | 'all_eq' | 'ne' | 'any_ne' | 'gt' | 'ge' | 'lt' | 'le' | 'contains' | 'matches';

/** A field's name or an unquoted value: which of them, only the list of fields can tell. */
export interface WordNode extends Span {
  readonly kind: 'word';
  readonly text: string;
}
export interface StringNode extends Span {
  readonly kind: 'string';
  readonly text: string;
}
export type Literal = WordNode | StringNode;

export interface SetElement extends Span {
  readonly low: Literal;
  /** Null: a single value. */
  readonly high: Literal | null;
}

export type Node =
  | Literal
  | (Span & { readonly kind: 'and' | 'or' | 'xor'; readonly items: readonly Node[] })
  | (Span & { readonly kind: 'not'; readonly item: Node })
  | (Span & { readonly kind: 'compare'; readonly operator: Comparison; readonly left: Node; readonly right: Node })
  | (Span & { readonly kind: 'in'; readonly left: Node; readonly set: readonly SetElement[]; readonly negated: boolean })
  | (Span & { readonly kind: 'mask'; readonly left: Node; readonly right: Node })
  | (Span & { readonly kind: 'call'; readonly name: string; readonly items: readonly Node[] });
