import type { Problem } from '../base/result';
import type { Bytes, PacketIndex } from '../model/units';

export const FIND_MODES = ['filter', 'text', 'bytes'] as const;

export type FindMode = (typeof FIND_MODES)[number];

/** Characters of a text, and bytes of a pattern. */
export const MAX_FIND_LENGTH = 1024;

/** `text` is looked for in a packet's bytes, as UTF-8 and as UTF-16 (little endian), and in its Info text. */
export type FindQuery =
  | { readonly mode: 'filter'; readonly text: string }
  | { readonly mode: 'text'; readonly text: string; readonly caseSensitive: boolean }
  | { readonly mode: 'bytes'; readonly bytes: readonly number[] };

/** Where in the packet's frame the bytes are. */
export interface FindMatch {
  readonly start: Bytes;
  readonly length: Bytes;
}

export type FindAnswer =
  /** `match` null: it is the Info text that matches, or the filter. */
  | { readonly state: 'found'; readonly packet: PacketIndex; readonly match: FindMatch | null; readonly searched: number }
  /**
   * 'more': nothing up to here: ask again with `from` being `at`. 'end': nothing up to the end. `searched`: packets that this call looked at;
   * `unreadable`: those of them whose bytes could not be read.
   */
  | { readonly state: 'more'; readonly at: PacketIndex | null; readonly searched: number; readonly unreadable: number }
  | { readonly state: 'end'; readonly searched: number; readonly unreadable: number }
  /** Of a filter: which characters are wrong. */
  | { readonly state: 'wrong'; readonly problem: Problem; readonly start: number; readonly end: number };

export interface FindCalls {
  /**
   * The next packet that matches, of those that the filter shows, beginning behind (or, `backward`, before) `from`; null: with the first
   * (last). Ends with `until`, or where it is null with the last (first). Answers 'more' after about a quarter of a second, so that the window
   * can say how far it is, and stop asking.
   */
  'packets.find': {
    args: { query: FindQuery; from: PacketIndex | null; until: PacketIndex | null; backward: boolean };
    result: FindAnswer;
  };
}
