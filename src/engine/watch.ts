import type { Watch } from './capture';

/** What the rules of every session that the window opens go by. */
export const watchOptions = (): Watch => ({});
