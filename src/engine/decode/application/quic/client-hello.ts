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
  const key = `${header.version}:${Buffer.from(id).toString('latin1')}`;
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
  pending.delete(key);
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
