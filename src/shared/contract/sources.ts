import type { InterfaceRequest } from './live';

/** A source that was used, with what it takes to use it again. Nothing secret is in it. */
export type RecentSource = { readonly kind: 'file'; readonly path: string } | InterfaceRequest;

export const MAX_RECENT_SOURCES = 12;
