import { Hello } from '../tls/hello';
import { CryptoStream } from './crypto-stream';
import type { LongHeader } from './header';
import { type InitialKeys, initialKeys, openInitial } from './keys';

/** Connections whose hello is in several packets and not complete: each keeps its keys and up to 16 KiB, so at most 64 MiB. Oldest go first. */
const MAX_PENDING = 4096;

interface Pending {
  readonly keys: InitialKeys;
  readonly stream: CryptoStream;
}

const pending = new Map<string, Pending>();
const single = new CryptoStream();

/** Hellos that took several packets, for the trees of the packets that completed them; the oldest go first. */
const MAX_COMPLETED_BYTES = 8 * 1024 * 1024;
interface Completed {
  readonly bytes: Uint8Array;
  /** Packet number of the one that completed it. */
  readonly packet: number;
}
const completed = new Map<string, Completed>();
let completedBytes = 0;

/** The Client Hello that this packet of the client completed; null where it is not that one or its bytes are no longer kept. */
export function completedHello(version: number, connectionId: Uint8Array, packet: number): Uint8Array | null {
  const found = completed.get(keyOf(version, connectionId));
  return found?.packet === packet ? found.bytes : null;
}

const keyOf = (version: number, id: Uint8Array): string => `${version}:${Buffer.from(id).toString('latin1')}`;

/** The hello that was read last, and the bytes that its offsets are into. */
export const hello = new Hello();
export let helloBytes = single.bytes;

export const Outcome = { Unreadable: 0, Incomplete: 1, Complete: 2 } as const;

/**
 * Decrypts a client's Initial packet and reads its Client Hello as far as it is known with the packets before. Complete: `hello` has it.
 * Allocates: decryption cannot do without, and only the first packets of a connection come here.
 */
export function readClientHello(bytes: Uint8Array, start: number, end: number, header: LongHeader): number {
  const id = bytes.subarray(header.destinationStart, header.destinationEnd);
  const key = keyOf(header.version, id);
  const known = pending.get(key);
  const keys = known?.keys ?? initialKeys(header.version, id, false);
  const opened = openInitial(bytes, start, end, header, keys);
  if (opened === null) return Outcome.Unreadable;
  const stream = known?.stream ?? single;
  if (known === undefined) single.clear();
  stream.addFrames(opened.payload);
  if (!stream.complete) {
    if (known === undefined) keep(key, keys, opened.payload);
    return Outcome.Incomplete;
  }
  if (known !== undefined) {
    pending.delete(key);
    remember(key, stream, opened.number);
  }
  helloBytes = stream.bytes;
  return hello.parse(stream.bytes, 0, stream.length) ? Outcome.Complete : Outcome.Unreadable;
}

function keep(key: string, keys: InitialKeys, payload: Uint8Array): void {
  if (pending.size >= MAX_PENDING) {
    const oldest = pending.keys().next();
    if (!oldest.done) pending.delete(oldest.value);
  }
  const stream = new CryptoStream();
  stream.addFrames(payload);
  pending.set(key, { keys, stream });
}

function remember(key: string, stream: CryptoStream, packet: number): void {
  completedBytes -= completed.get(key)?.bytes.length ?? 0;
  completed.delete(key);
  const bytes = stream.bytes.slice(0, stream.length);
  completed.set(key, { bytes, packet });
  completedBytes += bytes.length;
  for (const [oldest, hello] of completed) {
    if (completedBytes <= MAX_COMPLETED_BYTES) return;
    completed.delete(oldest);
    completedBytes -= hello.bytes.length;
  }
}
