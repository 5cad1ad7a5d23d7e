import type { Conversation } from '../protocol';

/** What the next bytes of one direction are. */
export const Mode = { Head: 0, ChunkSize: 1, Trailer: 2, Tunnel: 3, WebSocket: 4, Http2: 5 } as const;

/** Bits of one direction; the other one's are 16 higher in `Conversation.state`. */
const MODE_MASK = 7;
const LAST_WAS_HEAD = 1 << 3;
const LAST_WAS_CONNECT = 1 << 4;
const SEEN = 1 << 5;
const SCANNED_SHIFT = 8;
/** Bytes that one step of the scanned length stands for: 255 of them cover the longest head that is kept. */
export const SCAN_STEP = 64;

const shiftOf = (backward: boolean): number => (backward ? 16 : 0);
const set = (conversation: Conversation, shift: number, mask: number, value: number): void => {
  conversation.state = (conversation.state & ~(mask << shift)) | (value << shift);
};

export const modeOf = (conversation: Conversation): number => (conversation.state >>> shiftOf(conversation.backward)) & MODE_MASK;
export const setMode = (conversation: Conversation, mode: number): void =>
  set(conversation, shiftOf(conversation.backward), MODE_MASK, mode);
export const setBothModes = (conversation: Conversation, mode: number): void => {
  set(conversation, 0, MODE_MASK, mode);
  set(conversation, 16, MODE_MASK, mode);
};

/** Remembers the method of a request for the response that comes the other way. */
export const rememberRequest = (conversation: Conversation, isHead: boolean, isConnect: boolean): void =>
  set(
    conversation,
    shiftOf(conversation.backward),
    LAST_WAS_HEAD | LAST_WAS_CONNECT,
    (isHead ? LAST_WAS_HEAD : 0) | (isConnect ? LAST_WAS_CONNECT : 0),
  );
export const answersHead = (conversation: Conversation): boolean =>
  ((conversation.state >>> shiftOf(!conversation.backward)) & LAST_WAS_HEAD) !== 0;
export const answersConnect = (conversation: Conversation): boolean =>
  ((conversation.state >>> shiftOf(!conversation.backward)) & LAST_WAS_CONNECT) !== 0;

/** Some message of this flow was HTTP: what cannot be read after it is the rest of a body. */
export const hasSeenHttp = (conversation: Conversation): boolean => (conversation.state & (SEEN | (SEEN << 16))) !== 0;
export const markSeen = (conversation: Conversation): void => {
  conversation.state |= SEEN;
};

/** How far the head that is being collected was searched for its end, so that a head in many small segments is not searched again and again. */
export const scannedOf = (conversation: Conversation): number =>
  ((conversation.state >>> (shiftOf(conversation.backward) + SCANNED_SHIFT)) & 0xff) * SCAN_STEP;
export const setScanned = (conversation: Conversation, length: number): void =>
  set(conversation, shiftOf(conversation.backward) + SCANNED_SHIFT, 0xff, Math.min(255, Math.floor(length / SCAN_STEP)));
