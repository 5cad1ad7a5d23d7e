const MAX_TEXT = 300;

/** What a server said, for a sentence: one line, no control or direction characters, not longer than a few lines of the window. */
export function plainText(text: string, max: number = MAX_TEXT): string {
  const clean = text
    .slice(0, max * 4)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  return clean.length > max ? `${clean.slice(0, max)}...` : clean;
}
