import { join } from 'node:path';
import type { Watch } from './capture';
import { type Lists, loadLists } from './enrich/lists/lists';
import { resourcePath } from './resources';
import { dataFolder } from './store/data-folder';

let lists: Lists | null = null;

/** What ships and, in place of it or beside it, the user's own files in `lists` of the data folder; read once. */
export function detectionLists(): Lists {
  lists ??= loadLists(resourcePath('lists'), join(dataFolder(), 'lists'));
  return lists;
}

/** What the rules of every capture go by. */
export const watchOptions = (): Watch => ({ lists: detectionLists().forAddresses });
