/**
 * Bytes as one reads them off a page: hex pairs and quoted ASCII in any order, '|' and spaces to group, '*n' repeats the byte or text
 * before it: wire("01 00 | 'abc' | 00*4").
 */
export function wire(text: string): Uint8Array {
  const out: number[] = [];
  for (const token of text.match(/'[^']*'(\*\d+)?|[0-9a-fA-F]+(\*\d+)?/g) ?? []) {
    const [, body = '', times = '1'] = /^(.*?)(?:\*(\d+))?$/s.exec(token) ?? [];
    const bytes = body.startsWith("'") ? Array.from(body.slice(1, -1), (character) => character.charCodeAt(0)) : hexPairs(body);
    for (let i = 0; i < Number(times); i++) out.push(...bytes);
  }
  return Uint8Array.from(out);
}

function hexPairs(hex: string): number[] {
  if (hex.length % 2 !== 0) throw new Error(`wire: odd number of hex digits in '${hex}'`);
  return Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16));
}

/** Lines of text with CR LF behind each. */
export const lines = (...all: string[]): Uint8Array => new TextEncoder().encode(all.map((line) => `${line}\r\n`).join(''));
