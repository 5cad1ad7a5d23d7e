/** JetBrains Mono is 0.6 em wide; 11.5 px is the grid's size. */
const CHARACTER_PX = 11.5 * 0.6;
const PADDING_PX = 18;
const MAX_FIT_PX = 900;

/** Width at which the longest of these texts is not cut. */
export function fittingWidth(title: string, texts: Iterable<string>): number {
  let longest = title.length + 2;
  for (const text of texts) longest = Math.max(longest, text.length);
  return Math.min(MAX_FIT_PX, Math.ceil(longest * CHARACTER_PX + PADDING_PX));
}
