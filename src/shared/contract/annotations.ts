import type { PacketIndex } from '../model/units';

/** Octets that a pcapng option can hold: its length has 16 bits. */
export const MAX_COMMENT_BYTES = 65_535;
/** Own comments of one session: more than anybody writes by hand. */
export const MAX_OWN_COMMENTS = 10_000;
/** Marked packets of one session: what is kept of them stays below a few megabytes. */
export const MAX_MARKS = 1_000_000;

/** What a person marked and wrote, and what the file brought. A marked packet has `PacketFlag.Marked`, a commented one `PacketFlag.Comment`. */
export interface AnnotationNews {
  /** Another one: marks or comments changed, or what a filter shows because of them. */
  readonly revision: number;
  /** Packets that are marked; `Annotations.markedRows` (engine/annotations) lists them. */
  readonly marked: number;
  /** Packets with a comment, the file's or an own one. */
  readonly commented: number;
}

export interface AnnotationCalls {
  /**
   * Of the packets that the filter shows those in these ranges, first and last packet of each; a range of one packet means it, shown or not.
   * Where all of them are marked they are unmarked, else all are marked.
   */
  'marks.toggle': { args: { ranges: readonly (readonly [PacketIndex, PacketIndex])[] }; result: AnnotationNews };
  /** Every packet that the filter shows. More than `MAX_MARKS` is a problem, and marks none. */
  'marks.shown': { args: { marked: boolean }; result: AnnotationNews };
  /** Unmarks all packets, shown or not. */
  'marks.clear': { args: Record<string, never>; result: AnnotationNews };
  /** The nearest marked packet that the filter shows, after (or before) `from`; beyond the end it goes on at the other one. Null: there is none. */
  'marks.next': {
    args: { from: PacketIndex; backward: boolean };
    result: { readonly packet: PacketIndex | null; readonly wrapped: boolean };
  };
  /** The packet's own comment, beside those that its file brought; '' where there is none. */
  'comments.get': { args: { packet: PacketIndex }; result: { readonly own: string } };
  /** '' removes it. Too long a text, or too many, is a problem. */
  'comments.set': { args: { packet: PacketIndex; text: string }; result: AnnotationNews };
}
