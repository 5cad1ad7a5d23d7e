import type { Watch } from './capture';
import { type Lists, loadLists } from './enrich/lists/lists';
import { resourcePath } from './resources';

let lists: Lists | null = null;

/** What the rules of every session go by: the lists that ship, read once. */
export function watchOptions(): Watch {
  lists ??= loadLists(resourcePath('lists'), null);
  return { lists: lists.forAddresses };
}
