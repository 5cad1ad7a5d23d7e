import { join } from 'node:path';
import type { Watch } from './capture';
import { type Lists, loadLists } from './enrich/lists/lists';
import { resourcePath } from './resources';
import { dataFolder } from './store/data-folder';

let lists: Lists | null = null;

/** What the rules of every capture go by: the lists that ship and, beside or in place of them, the user's own; read once. */
export function watchOptions(): Watch {
  lists ??= loadLists(resourcePath('lists'), join(dataFolder(), 'lists'));
  return { lists: lists.forAddresses };
}
