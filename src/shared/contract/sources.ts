import type { InterfaceRequest, SshRequest } from './live';

/** A source that was used, with what it takes to use it again. Nothing secret is in it. */
export type RecentSource = { readonly kind: 'file'; readonly path: string } | InterfaceRequest | SshRequest;

export const MAX_RECENT_SOURCES = 12;
