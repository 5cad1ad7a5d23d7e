/** `*` and `?` as in ssh_config(5) PATTERNS, letters of either case alike. Linear but for one step back to the last `*`. */
export function globMatches(pattern: string, text: string): boolean {
  const wanted = pattern.toLowerCase();
  const given = text.toLowerCase();
  let p = 0;
  let star = -1;
  let resume = 0;
  for (let t = 0; t < given.length; ) {
    if (wanted[p] === '*') {
      star = p++;
      resume = t;
    } else if (p < wanted.length && (wanted[p] === '?' || wanted[p] === given[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resume;
    } else return false;
  }
  while (wanted[p] === '*') p++;
  return p === wanted.length;
}

/** A list of patterns: one must match, and none with `!` before it may. */
export function matchesPatterns(patterns: readonly string[], text: string): boolean {
  let matched = false;
  for (const pattern of patterns) {
    if (pattern.startsWith('!')) {
      if (globMatches(pattern.slice(1), text)) return false;
    } else matched ||= globMatches(pattern, text);
  }
  return matched;
}
