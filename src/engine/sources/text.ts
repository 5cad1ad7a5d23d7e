/** Longest text of one option, whose length has 16 bits; what is longer is cut, so that a file cannot fill the memory with it. */
export const MAX_TEXT_BYTES = 65_535;

const decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true });
// Control characters could steer a terminal that prints the text; line breaks and tabs are meant.
const CONTROLS = /[^\P{Cc}\t\n]/gu;

/** UTF-8 text of a capture file up to its first NUL, safe to print. */
export function readText(bytes: Uint8Array, start: number, length: number): string {
  let end = start + Math.min(length, MAX_TEXT_BYTES);
  const terminator = bytes.subarray(start, end).indexOf(0);
  if (terminator >= 0) end = start + terminator;
  return decoder.decode(bytes.subarray(start, end)).replace(CONTROLS, '\ufffd');
}
