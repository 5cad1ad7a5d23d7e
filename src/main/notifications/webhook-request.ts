import { STATUS_CODES } from 'node:http';
import { fail, ok, type Result } from '../../shared/base/result';
import type { WebhookOutcome } from '../../shared/contract/notifications';
import { signature } from './webhook-body';

const TIMEOUT_MS = 10_000;
const MAX_URL = 2048;

export interface WebhookTarget {
  readonly url: string;
  /** Null: messages are not signed. */
  readonly secret: string | null;
}

/** An outcome, and whether the same message may do better later. */
export interface Attempt extends WebhookOutcome {
  readonly mayRetry: boolean;
}

/** The address as it is kept. No sentence repeats it: whoever knows it can send to it. */
export function checkedUrl(text: string): Result<string> {
  const trimmed = text.trim();
  const wrong = (sentence: string) => fail('bad-webhook-url', sentence, 'Enter an address such as https://example.org/hook.');
  if (trimmed.length > MAX_URL) return wrong(`The address has more than ${MAX_URL.toLocaleString('en')} characters.`);
  if (!URL.canParse(trimmed)) return wrong('This is not a web address.');
  const url = new URL(trimmed);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return wrong('A webhook is reached by http or https only.');
  if (url.username !== '' || url.password !== '') return wrong('An address with a user name or password in it is not sent to.');
  return ok(trimmed);
}

/** Posts the body once. Redirects are not followed: they could carry it to somebody else. Never rejects. */
export async function postWebhook({ url, secret }: WebhookTarget, body: string, timeoutMs = TIMEOUT_MS): Promise<Attempt> {
  const headers: Record<string, string> = { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'Portlight' };
  if (secret !== null) headers['x-portlight-signature'] = signature(secret, body);
  try {
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    // What it says is of no interest, and may be endless.
    await response.body?.cancel().catch(() => undefined);
    return answered(response.status);
  } catch (error) {
    return failed(error, timeoutMs);
  }
}

function answered(status: number): Attempt {
  // The name is the standard's: what the server wrote there is not repeated.
  const answer = `The webhook answered ${status}${STATUS_CODES[status] ? ` ${STATUS_CODES[status]}` : ''}`;
  if (status >= 200 && status < 300) return { ok: true, code: 'delivered', sentence: `${answer}.`, mayRetry: false };
  const not = (code: string, sentence: string, next: string, mayRetry = false): Attempt => ({ ok: false, code, sentence, next, mayRetry });
  if (status >= 300 && status < 400) {
    return not('redirected', `${answer}: it points to another address, which is not followed.`, 'Enter the address that it points to.');
  }
  if (status === 429) return not('too-many', `${answer}.`, 'Allow fewer notifications a minute.', true);
  if (status === 408) return not('server-failed', `${answer}.`, 'Try again later.', true);
  if (status >= 500)
    return not('server-failed', `${answer}: it failed on its side.`, 'Look at the log of its server, or try again later.', true);
  const isDenied = status === 401 || status === 403;
  const next = isDenied ? 'Check the address and the signing secret.' : 'Check the address.';
  return not(isDenied ? 'denied' : 'rejected', `${answer}: it does not take the message.`, next);
}

interface Cause {
  readonly sentence: string;
  readonly next: string;
  readonly mayRetry: boolean;
}

const REFUSED = {
  sentence: 'Nothing accepts connections at the address of the webhook.',
  next: 'Check host and port, and whether its server runs.',
};
const UNREACHABLE = { sentence: 'The host of the webhook cannot be reached.', next: 'Check the network connection of this machine.' };
const LOST = { sentence: 'The webhook closed the connection without an answer.', next: 'Check whether the address wants https or http.' };

/** By the code of Node's error; the error's own words are not repeated, since they may hold the address. */
const CAUSES: Readonly<Record<string, readonly [code: string, cause: Omit<Cause, 'mayRetry'>]>> = {
  ECONNREFUSED: ['connection-refused', REFUSED],
  ENOTFOUND: ['unknown-host', { sentence: 'The name of the webhook’s host is not known.', next: 'Check how it is spelt.' }],
  EAI_AGAIN: ['unknown-host', { sentence: 'No name server could say where the webhook’s host is.', next: UNREACHABLE.next }],
  EHOSTUNREACH: ['unreachable', UNREACHABLE],
  ENETUNREACH: ['unreachable', UNREACHABLE],
  ECONNRESET: ['connection-lost', LOST],
  EPIPE: ['connection-lost', LOST],
  UND_ERR_SOCKET: ['connection-lost', LOST],
  UND_ERR_CONNECT_TIMEOUT: ['timed-out', { sentence: 'The host of the webhook did not answer in time.', next: REFUSED.next }],
};

function failed(error: unknown, timeoutMs: number): Attempt {
  if (error instanceof Error && error.name === 'TimeoutError') {
    const sentence = `The webhook did not answer within ${(timeoutMs / 1000).toLocaleString('en')} seconds.`;
    return { ok: false, code: 'timed-out', sentence, next: REFUSED.next, mayRetry: true };
  }
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  const code = codeOf(cause);
  const known = Object.hasOwn(CAUSES, code) ? CAUSES[code] : undefined;
  if (known) return { ok: false, code: known[0], ...known[1], mayRetry: true };
  if (/CERT|SELF_SIGNED|ISSUER|ALTNAME/.test(code)) {
    const sentence = `The certificate of the webhook’s server is not trusted (${code}).`;
    return {
      ok: false,
      code: 'bad-certificate',
      sentence,
      next: 'Check the name in the address, and the server’s certificate.',
      mayRetry: false,
    };
  }
  if (/SSL|TLS|EPROTO/.test(code)) {
    const sentence = `No encrypted connection to the webhook came about (${code}).`;
    return { ok: false, code: 'tls-failed', sentence, next: 'Check whether the address wants https or http.', mayRetry: false };
  }
  const isPort = cause instanceof Error && cause.message === 'bad port';
  const sentence = isPort ? 'Port numbers of other services are not sent to.' : `The webhook was not reached${code ? ` (${code})` : ''}.`;
  return { ok: false, code: isPort ? 'bad-port' : 'failed', sentence, next: 'Check the address.', mayRetry: !isPort };
}

/** Of an error, or of the first in a list of them: a name may have several addresses. Upper case and digits only. */
function codeOf(cause: unknown): string {
  if (typeof cause !== 'object' || cause === null) return '';
  const own = 'code' in cause ? cause.code : undefined;
  const code = own ?? (cause instanceof AggregateError ? codeOf(cause.errors[0]) : undefined);
  return typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? code : '';
}
