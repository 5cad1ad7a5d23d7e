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

const HEX = encoder.encode('0123456789ABCDEF');

/** Bytes of the UTF-8 sequence at `at`; 1 where it is not one. */
function sequenceLength(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at] ?? 0;
  const size = first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1;
  if (first >= 0xf5 || at + size > end) return 1;
  for (let i = 1; i < size; i++) if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 1;
  // Shorter forms of the same character and surrogates are not UTF-8.
  if (size === 3) {
    const point = codePoint(bytes, at, 3);
    if (point < 0x800 || (point >= 0xd800 && point < 0xe000)) return 1;
  }
  return size;
}

const codePoint = (bytes: Uint8Array, at: number, size: number): number =>
  size === 2
    ? (((bytes[at] ?? 0) & 0x1f) << 6) | ((bytes[at + 1] ?? 0) & 0x3f)
    : (((bytes[at] ?? 0) & 0x0f) << 12) | (((bytes[at + 1] ?? 0) & 0x3f) << 6) | ((bytes[at + 2] ?? 0) & 0x3f);

/** One bit a character of the basic plane; made when the first name needs it. */
let visible: Uint8Array | null = null;
function isVisible(point: number): boolean {
  if (visible === null) {
    visible = new Uint8Array(0x10000 / 8);
    const unseen = /^[\p{Cc}\p{Cf}\p{Cn}\p{Cs}]$/u;
    for (let i = 0; i < 0x10000; i++) if (!unseen.test(String.fromCharCode(i))) visible[i >> 3] = (visible[i >> 3] ?? 0) | (1 << (i & 7));
  }
  return (((visible[point >> 3] ?? 0) >> (point & 7)) & 1) === 1;
}

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
      for (let i = position + 1; i <= position + label; ) i = this.#put(bytes, i, position + 1 + label);
      position += label + 1;
    }
    return this.length === 0 ? this.#set(ROOT, next) : next;
  }

  /** Writes the character at `at` of a label that ends at `end`; gives the offset after it. */
  #put(bytes: Uint8Array, at: number, end: number): number {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x80) return this.#putEncoded(bytes, at, end);
    if (byte >= 0x20 && byte !== 0x7f) {
      this.text[this.length++] = byte;
      return at + 1;
    }
    this.text[this.length++] = 0x5c;
    if (byte >= 7 && byte <= 13) {
      this.text[this.length++] = SHORT_ESCAPES[byte - 7] ?? 0;
    } else {
      this.text[this.length++] = 0x30 | (byte >> 6);
      this.text[this.length++] = 0x30 | ((byte >> 3) & 7);
      this.text[this.length++] = 0x30 | (byte & 7);
    }
    return at + 1;
  }

  /** UTF-8 stays as it is, but for characters that cannot be seen: '\\u200B'. Bytes that are not UTF-8 are left to whoever decodes the text. */
  #putEncoded(bytes: Uint8Array, at: number, end: number): number {
    const byte = bytes[at] ?? 0;
    if (byte >= 0xf5 && byte <= 0xf7) return this.#putBroken(bytes, at, end);
    const size = sequenceLength(bytes, at, end);
    if (size === 2 || size === 3) {
      const point = codePoint(bytes, at, size);
      if (!isVisible(point)) {
        this.text[this.length++] = 0x5c;
        this.text[this.length++] = 0x75;
        for (let shift = 12; shift >= 0; shift -= 4) this.text[this.length++] = HEX[(point >> shift) & 15] ?? 0;
        return at + size;
      }
    }
    for (let i = at; i < at + size; i++) this.text[this.length++] = bytes[i] ?? 0;
    return at + size;
  }

  /** Wireshark takes the start of a character beyond Unicode's range and what continues it for one error, decoders of today for several. */
  #putBroken(bytes: Uint8Array, at: number, end: number): number {
    let next = at + 1;
    while (next < end && next < at + 4 && ((bytes[next] ?? 0) & 0xc0) === 0x80) next++;
    this.text[this.length++] = 0xef;
    this.text[this.length++] = 0xbf;
    this.text[this.length++] = 0xbd;
    return next;
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
