import { u16 } from '../bytes';
import { Layer, readable } from '../layer';
import { NameReader } from './name-reader';

const reader = new NameReader();
const decoder = new TextDecoder();

/** A message with its names: they may point back to anywhere after `messageStart`. */
export class DnsLayer extends Layer {
  messageStart = 0;

  /** The name at the cursor, which moves behind it; null where it is cut or has an unknown label. */
  readName(): string | null {
    if (this.failed) return null;
    const next = reader.read(this.bytes, this.at, this.messageStart, this.end);
    if (next < 0) {
      this.fail('a name is cut off or has an unknown kind of label');
      return null;
    }
    this.at = next;
    return decoder.decode(reader.text.subarray(0, reader.length));
  }

  name(field: string): string {
    const start = this.at;
    const text = this.readName();
    if (text === null) return '';
    this.add(field, text, readable(text), start, this.at - start);
    return text;
  }

  /** The number at the cursor, without moving it. */
  get next16(): number {
    return u16(this.bytes, this.at);
  }

  /** A length in one byte and so much text. */
  countedText(lengthField: string, field: string): string {
    return this.text(field, this.uint(lengthField, 1));
  }
}
