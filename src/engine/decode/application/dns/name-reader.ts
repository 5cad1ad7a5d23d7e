/** Longest name that RFC 1035 allows, as text with dots. */
const MAX_NAME = 255;
/** Every byte may become four ('\001'). */
const CAPACITY = MAX_NAME * 4 + 8;
/** A name of 255 bytes has at most 127 labels, so more jumps than that are a loop. */
const MAX_POINTERS = 128;

const encoder = new TextEncoder();
const ROOT = encoder.encode('<Root>');
const LOOPS = encoder.encode('<Name contains a pointer that loops>');
const TOO_LONG = encoder.encode('<Name too long>');
/** What C writes for 0x07 to 0x0d after the backslash. */
const SHORT_ESCAPES = encoder.encode('abtnvfr');

/** Reads compressed names (RFC 1035, 4.1.4) into one reused buffer, as Wireshark prints them: dots between labels, control characters as C escapes. */
export class NameReader {
  /** The name read last is text[0..length). */
  readonly text = new Uint8Array(CAPACITY);
  length = 0;

  /** Offset after the name at `at` of the message bytes[start..end), or -1 where it is cut off or has an unknown kind of label. */
  read(bytes: Uint8Array, at: number, start: number, end: number): number {
    this.length = 0;
    let next = -1;
    let pointers = 0;
    let size = 0;
    let position = at;
    for (;;) {
      if (position >= end) return -1;
      const label = bytes[position] ?? 0;
      if (label === 0) {
        if (next < 0) next = position + 1;
        break;
      }
      if (label >= 0xc0) {
        if (position + 1 >= end) return -1;
        if (next < 0) next = position + 2;
        const target = start + (((label & 0x3f) << 8) | (bytes[position + 1] ?? 0));
        if (++pointers > MAX_POINTERS) return this.#set(LOOPS, next);
        if (target >= end) return -1;
        position = target;
        continue;
      }
      if (label > 63 || position + 1 + label > end) return -1;
      size += label + 1;
      // A loop that collects labels ends here too; which of the two it was shows in the number of jumps.
      if (size > MAX_NAME) return next < 0 ? this.#skipTooLong(bytes, position, end) : this.#set(pointers > 2 ? LOOPS : TOO_LONG, next);
      if (this.length > 0) this.text[this.length++] = 0x2e;
      for (let i = position + 1; i <= position + label; i++) this.#put(bytes[i] ?? 0);
      position += label + 1;
    }
    return this.length === 0 ? this.#set(ROOT, next) : next;
  }

  #put(byte: number): void {
    if (byte >= 0x20 && byte !== 0x7f) {
      this.text[this.length++] = byte;
      return;
    }
    this.text[this.length++] = 0x5c;
    if (byte >= 7 && byte <= 13) {
      this.text[this.length++] = SHORT_ESCAPES[byte - 7] ?? 0;
    } else {
      this.text[this.length++] = 0x30 | (byte >> 6);
      this.text[this.length++] = 0x30 | ((byte >> 3) & 7);
      this.text[this.length++] = 0x30 | (byte & 7);
    }
  }

  #skipTooLong(bytes: Uint8Array, at: number, end: number): number {
    const next = skipName(bytes, at, end);
    return next < 0 ? -1 : this.#set(TOO_LONG, next);
  }

  #set(text: Uint8Array, next: number): number {
    this.text.set(text);
    this.length = text.length;
    return next;
  }
}

/** Offset after the name at `at`, without following pointers; -1 where it is cut off. */
export function skipName(bytes: Uint8Array, at: number, end: number): number {
  let position = at;
  while (position < end) {
    const label = bytes[position] ?? 0;
    if (label === 0) return position + 1;
    if (label >= 0xc0) return position + 2 <= end ? position + 2 : -1;
    if (label > 63) return -1;
    position += label + 1;
  }
  return -1;
}
