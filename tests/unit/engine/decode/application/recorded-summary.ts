import { EventKind } from '../../../../../src/shared/model/event-kinds';
import { TestSummary } from './message-runner';

const text = (bytes: Uint8Array, start: number, end: number): string => new TextDecoder().decode(bytes.subarray(start, end));

/** Keeps as text what a protocol said of a message. */
export class RecordedSummary extends TestSummary {
  name: string | null = null;
  method: string | null = null;
  uri: string | null = null;
  connectionId: string | null = null;
  /** 'name address', the address as decimal bytes. */
  readonly answers: string[] = [];

  get event(): string {
    return Object.entries(EventKind).find(([, kind]) => kind === this.eventKind)?.[0] ?? '';
  }

  override setName(bytes?: Uint8Array, start = 0, end = 0): void {
    if (bytes) this.name = text(bytes, start, end);
  }

  override setMethod(bytes?: Uint8Array, start = 0, end = 0): void {
    if (bytes) this.method = text(bytes, start, end);
  }

  override setUri(bytes?: Uint8Array, start = 0, end = 0): void {
    if (bytes) this.uri = text(bytes, start, end);
  }

  override addAnswer(names?: Uint8Array, start = 0, end = 0, addresses?: Uint8Array, at = 0, length = 0): void {
    if (names && addresses) this.answers.push(`${text(names, start, end)} ${addresses.subarray(at, at + length).join('.')}`);
  }

  override setConnectionId(bytes?: Uint8Array, start = 0, end = 0): void {
    if (bytes) this.connectionId = Buffer.from(bytes.subarray(start, end)).toString('hex');
  }
}
