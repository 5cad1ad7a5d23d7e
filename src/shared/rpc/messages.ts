import type { Problem } from '../base/result';

/** Client to server. `sequence` counts every message of its sender from 0: a gap is a bug of ours and is thrown. */
export type Request =
  | { readonly sequence: number; readonly verb: 'call'; readonly id: number; readonly name: string; readonly args: unknown }
  | { readonly sequence: number; readonly verb: 'cancel'; readonly id: number }
  | { readonly sequence: number; readonly verb: 'subscribe'; readonly id: number; readonly topic: string }
  | { readonly sequence: number; readonly verb: 'acknowledge'; readonly id: number }
  | { readonly sequence: number; readonly verb: 'unsubscribe'; readonly id: number };

/** Server to client. */
export type Response =
  | { readonly sequence: number; readonly verb: 'result'; readonly id: number; readonly value: unknown }
  | { readonly sequence: number; readonly verb: 'problem'; readonly id: number; readonly problem: Problem }
  | { readonly sequence: number; readonly verb: 'event'; readonly id: number; readonly value: unknown };

const REQUESTS = new Set(['call', 'cancel', 'subscribe', 'acknowledge', 'unsubscribe']);

/** The window is not trusted: what it sends is looked at before it is used. */
export function asRequest(message: unknown): Request | null {
  if (typeof message !== 'object' || message === null) return null;
  const { sequence, verb, id, name, topic } = message as Record<string, unknown>;
  if (!Number.isSafeInteger(sequence) || !Number.isSafeInteger(id) || typeof verb !== 'string' || !REQUESTS.has(verb)) return null;
  if (verb === 'call' && typeof name !== 'string') return null;
  if (verb === 'subscribe' && typeof topic !== 'string') return null;
  return message as Request;
}
