import { EventKind } from '../../../../shared/model/event-kinds';
import { u16 } from '../bytes';
import type { MessageSummary } from '../protocol';
import { NameReader, skipName } from './name-reader';

export const HEADER_LENGTH = 12;
/** Answers of one message that are looked at for addresses; more are not needed to name a flow. */
const MAX_ANSWERS = 64;
const TYPE_A = 1;
const TYPE_AAAA = 28;
const CLASS_IN = 1;

const query = new NameReader();
const owner = new NameReader();

/** First tier of DNS, mDNS and LLMNR: the message is bytes[start..end), without the length that TCP puts before it. */
export function summariseMessage(bytes: Uint8Array, start: number, end: number, protocol: number, summary: MessageSummary): boolean {
  summary.protocol = protocol;
  if (end - start < HEADER_LENGTH) return true;
  const flags = u16(bytes, start + 2);
  const questions = u16(bytes, start + 4);
  let at = start + HEADER_LENGTH;
  summary.eventKind = EventKind.Dns;
  summary.eventNumber = (flags << 16) >>> 0;
  if (questions > 0) {
    at = query.read(bytes, at, start, end);
    if (at < 0 || at + 4 > end) return true;
    summary.setName(query.text, 0, query.length);
    summary.eventNumber = ((flags << 16) | u16(bytes, at)) >>> 0;
    at += 4;
  }
  if (flags & 0x8000) addAnswers(bytes, start, end, at, questions, summary);
  return true;
}

function addAnswers(bytes: Uint8Array, start: number, end: number, from: number, questions: number, summary: MessageSummary): void {
  let at = from;
  for (let i = 1; i < questions && i < MAX_ANSWERS; i++) {
    at = skipName(bytes, at, end);
    if (at < 0) return;
    at += 4;
  }
  const answers = Math.min(u16(bytes, start + 6), MAX_ANSWERS);
  for (let i = 0; i < answers; i++) {
    const name = at;
    at = skipName(bytes, name, end);
    if (at < 0 || at + 10 > end) return;
    const type = u16(bytes, at);
    const length = u16(bytes, at + 8);
    const data = at + 10;
    if (data + length > end) return;
    const isAddress = (type === TYPE_A && length === 4) || (type === TYPE_AAAA && length === 16);
    // mDNS sets the top bit of the class to say that older answers are void.
    if (isAddress && (u16(bytes, at + 2) & 0x7fff) === CLASS_IN) {
      // What was asked for names the flow better than the last of a chain of aliases does.
      if (questions > 0) summary.addAnswer(query.text, 0, query.length, bytes, data, length);
      else if (owner.read(bytes, name, start, end) > 0) summary.addAnswer(owner.text, 0, owner.length, bytes, data, length);
    }
    at = data + length;
  }
}

/** Is this a DNS message although the port does not say so? Strict: one question of an ordinary class, printable labels, known operation. */
export function looksLikeDns(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < HEADER_LENGTH + 5) return false;
  const flags = u16(bytes, start + 2);
  const answers = u16(bytes, start + 6);
  const isResponse = (flags & 0x8000) !== 0;
  if ((flags & 0x7800) !== 0 || (flags & 0x40) !== 0 || u16(bytes, start + 4) !== 1) return false;
  if (!isResponse && ((flags & 0x000f) !== 0 || answers !== 0 || u16(bytes, start + 8) !== 0)) return false;
  if (answers > 100 || u16(bytes, start + 8) > 100 || u16(bytes, start + 10) > 100) return false;
  let at = start + HEADER_LENGTH;
  for (;;) {
    if (at >= end) return false;
    const label = bytes[at] ?? 0;
    at++;
    if (label === 0) break;
    if (label > 63 || at + label > end) return false;
    for (const stop = at + label; at < stop; at++) {
      const byte = bytes[at] ?? 0;
      if (byte < 0x21 || byte > 0x7e) return false;
    }
  }
  if (at + 4 > end) return false;
  const type = u16(bytes, at);
  const queryClass = u16(bytes, at + 2);
  return type > 0 && type < 260 && (queryClass === 1 || queryClass === 255);
}
