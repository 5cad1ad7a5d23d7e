import type { ProtocolNames } from '../decode/protocol-names';
import type { WordNode } from './ast';
import { type FilterFields, type KnownField, nearestNames } from './field-catalog';
import { flagFields, ownFields } from './own-fields';
import { isColumnProtocol, layerNames } from './presence';
import { refuse } from './problem';

/** Every name that a filter may use. */
export class Catalog {
  readonly #fields: FilterFields;
  readonly #names: ProtocolNames | null;

  constructor(fields: FilterFields, names: ProtocolNames | null) {
    this.#fields = fields;
    this.#names = names;
  }

  find(name: string): KnownField | null {
    const own = ownFields.get(name);
    const definition = this.#fields.definitions.get(name);
    if (own !== undefined) return definition?.names === undefined ? own : { ...own, words: definition.names };
    if (definition !== undefined)
      return { name, names: [name], type: definition.type, title: definition.title, words: definition.names ?? null };
    const alias = this.#fields.aliases.get(name);
    const first = alias?.[0];
    if (alias !== undefined && first !== undefined) {
      const target = this.find(first);
      return target === null || target.name === name ? null : { ...target, name, names: alias };
    }
    const known =
      flagFields.has(name) ||
      layerNames.has(name) ||
      this.#fields.protocols.has(name) ||
      (this.#names !== null && isColumnProtocol(name, this.#names));
    return known ? { name, names: [name], type: 'none', title: name, words: null } : null;
  }

  *names(): Iterable<string> {
    yield* new Set([
      ...ownFields.keys(),
      ...this.#fields.definitions.keys(),
      ...this.#fields.aliases.keys(),
      ...flagFields.keys(),
      ...layerNames.keys(),
    ]);
  }

  refuseUnknown(word: WordNode): never {
    const near = nearestNames(word.text, this.names());
    const next = near.length === 0 ? undefined : `Did you mean ${near.join(' or ')}?`;
    return refuse(word, `There is no field or protocol "${word.text}".`, next);
  }
}
