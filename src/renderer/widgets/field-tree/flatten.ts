import type { FieldNode } from '../../../shared/model/records';

/** Indexes of children from the roots down. */
export type FieldPath = readonly number[];

/** A field that is on show: itself, and where it stands in the tree. */
export interface FlatField {
  readonly node: FieldNode;
  readonly path: FieldPath;
  /** Of the path, unique in the tree. */
  readonly id: string;
  /** Stays the same from packet to packet: what is remembered as open. */
  readonly key: string;
  readonly depth: number;
  readonly open: boolean;
  /** Among its siblings, from 1. */
  readonly position: number;
  readonly siblings: number;
}

export const idOf = (path: FieldPath): string => path.join('.');

/** A field's filter name, or for a plain text its words up to the value, under its parent's. */
export const keyOf = (node: FieldNode, parent: string): string => (node.name !== '' ? node.name : `${parent}/${labelName(node.label)}`);

/** 'Source Port: 41022' is named 'Source Port'. */
export const labelName = (label: string): string => label.split(':', 1)[0] ?? label;

/** The fields on show, in order. `isOpen` is asked for fields that have children. */
export function flatten(fields: readonly FieldNode[], isOpen: (key: string, path: FieldPath) => boolean): FlatField[] {
  const rows: FlatField[] = [];
  const visit = (nodes: readonly FieldNode[], parentPath: FieldPath, parentKey: string): void => {
    for (const [index, node] of nodes.entries()) {
      const path = [...parentPath, index];
      const key = keyOf(node, parentKey);
      const open = node.children.length > 0 && isOpen(key, path);
      rows.push({ node, path, id: idOf(path), key, depth: parentPath.length, open, position: index + 1, siblings: nodes.length });
      if (open) visit(node.children, path, key);
    }
  };
  visit(fields, [], '');
  return rows;
}

export function nodeAt(fields: readonly FieldNode[], path: FieldPath): FieldNode | null {
  let nodes = fields;
  let found: FieldNode | null = null;
  for (const index of path) {
    found = nodes[index] ?? null;
    if (!found) return null;
    nodes = found.children;
  }
  return found;
}

/** Keys of a field and of all below it that have children. */
export function branchKeys(node: FieldNode, key: string): string[] {
  if (node.children.length === 0) return [];
  return [key, ...node.children.flatMap((child) => branchKeys(child, keyOf(child, key)))];
}

/** Keys of the fields along a path, the last one its own. */
export function keysAlong(fields: readonly FieldNode[], path: FieldPath): string[] {
  const keys: string[] = [];
  let nodes = fields;
  for (const index of path) {
    const node = nodes[index];
    if (!node) break;
    keys.push(keyOf(node, keys.at(-1) ?? ''));
    nodes = node.children;
  }
  return keys;
}

/** The field with the same keys in another packet's tree; null where it has none. */
export function pathOfKeys(fields: readonly FieldNode[], keys: readonly string[]): FieldPath | null {
  const path: number[] = [];
  let nodes = fields;
  for (const [depth, key] of keys.entries()) {
    const index = nodes.findIndex((node) => keyOf(node, keys[depth - 1] ?? '') === key);
    const node = nodes[index];
    if (!node) return null;
    path.push(index);
    nodes = node.children;
  }
  return path;
}

/** The field with the fewest bytes that covers this byte of this source; the deepest where several have as few. */
export function innermostField(fields: readonly FieldNode[], source: number, offset: number): FieldPath | null {
  let best: FieldPath | null = null;
  let bestLength = Number.POSITIVE_INFINITY;
  const visit = (nodes: readonly FieldNode[], parent: FieldPath): void => {
    for (const [index, node] of nodes.entries()) {
      const path = [...parent, index];
      const covers = node.source === source && offset >= node.start && offset < node.start + node.length;
      if (covers && node.length <= bestLength) {
        best = path;
        bestLength = node.length;
      }
      // Children may lie in another source, or beyond what a text over them claims.
      visit(node.children, path);
    }
  };
  visit(fields, []);
  return best;
}
