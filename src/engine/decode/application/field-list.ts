import type { FieldDefinition, FieldTable, FieldType } from '../tree/field';

const types: ReadonlySet<string> = new Set([
  'none',
  'uint',
  'int',
  'bool',
  'string',
  'bytes',
  'ipv4',
  'ipv6',
  'ether',
  'time',
  'float',
] satisfies FieldType[]);
const isType = (word: string): word is FieldType => types.has(word);

/** A field table from lines of 'name type Title'; a name that begins with a dot continues the protocol's name. The protocol itself is in it. */
export function fieldList(protocol: string, title: string, lines: string): FieldTable {
  const table: Record<string, FieldDefinition> = { [protocol]: { type: 'none', title } };
  for (const line of lines.split('\n')) {
    const [name = '', type = '', ...words] = line.trim().split(' ');
    if (name === '') continue;
    if (!isType(type)) throw new Error(`Field list of ${protocol}: '${line.trim()}' has no known type`);
    table[name.startsWith('.') ? protocol + name : name] = { type, title: words.join(' ') };
  }
  return table;
}
