import { join } from 'node:path';
import type { DetectionSettings } from '../shared/model/detection-settings';
import type { Watch } from './capture';
import { UserLists } from './enrich/lists/user-lists';
import { resourcePath } from './resources';
import { dataFolder } from './store/data-folder';

/** The lists that ship and, beside or in place of them, those in the data folder. */
export const userLists = (folder: string = dataFolder()): UserLists => new UserLists(resourcePath('lists'), join(folder, 'lists'));

/** What the rules of a capture go by; without settings, the defaults. */
export function watchOptions(lists: UserLists = userLists(), settings?: DetectionSettings): Watch {
  return { lists: lists.current.forAddresses, ...(settings && { settings }) };
}
