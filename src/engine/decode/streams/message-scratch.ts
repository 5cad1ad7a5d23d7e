import type { MessageSummary } from '../application/protocol';
import type { ApplicationSink } from './sink';

const NONE = -1;

/** The one summary that protocols fill, message by message; texts are interned as they are set. */
export class MessageScratch implements MessageSummary {
  protocol = 0;
  eventKind = 0;
  eventNumber = 0;
  name = NONE;
  method = NONE;
  uri = NONE;
  /** Flow and row of the packet that is being read. */
  flow = NONE;
  row = NONE;
  readonly #sink: ApplicationSink;

  constructor(sink: ApplicationSink) {
    this.#sink = sink;
  }

  reset(): void {
    this.protocol = 0;
    this.eventKind = 0;
    this.eventNumber = 0;
    this.name = NONE;
    this.method = NONE;
    this.uri = NONE;
  }

  setName(bytes: Uint8Array, start: number, end: number): void {
    this.name = this.#sink.text(bytes, start, end);
  }

  setMethod(bytes: Uint8Array, start: number, end: number): void {
    this.method = this.#sink.text(bytes, start, end);
  }

  setUri(bytes: Uint8Array, start: number, end: number): void {
    this.uri = this.#sink.text(bytes, start, end);
  }

  text(bytes: Uint8Array, start: number, end: number): number {
    return this.#sink.text(bytes, start, end);
  }

  addEvent(kind: number, number: number, name: number): void {
    this.#sink.event(this.row, kind, name, NONE, NONE, number);
  }

  addAddressEvent(kind: number, number: number, bytes: Uint8Array, name: number, method: number, uri: number): void {
    this.#sink.addressEvent(this.row, kind, bytes, name, method, uri, number);
  }

  setConnectionId(bytes: Uint8Array, start: number, end: number): void {
    this.#sink.connectionId(this.flow, bytes, start, end);
  }

  addAnswer(nameBytes: Uint8Array, nameStart: number, nameEnd: number, addresses: Uint8Array, addressStart: number, length: number): void {
    const name = this.#sink.text(nameBytes, nameStart, nameEnd);
    if (name >= 0) this.#sink.answer(name, addresses, addressStart, length);
  }
}
