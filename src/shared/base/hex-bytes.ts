/** The bytes that pairs of hexadecimal digits stand for ('47 45 54', '47:45:54', '0x474554'); null where they are no pairs. */
export function hexBytes(text: string): number[] | null {
  const digits = text.replaceAll(/[\s:]|0x/gi, '');
  if (!/^(?:[0-9a-f]{2})*$/i.test(digits)) return null;
  return (digits.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
}
