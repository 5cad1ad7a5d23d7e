import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { fail, ok, type Result } from '../../shared/base/result';
import type { SyslogTarget } from '../../shared/contract/alerts';

/** A receiver that takes nothing for so long is given up. */
const TIMEOUT_MS = 5000;

/** RFC 6587 section 3.4.1: the message's octets are counted before it, so a line end in it cannot begin another message. */
export const octetCounted = (message: string): string => `${Buffer.byteLength(message, 'utf8')} ${message}`;

/**
 * Sends messages of RFC 5424: over UDP one a datagram (RFC 5426), where nobody knows whether they arrived; over TCP octet-counted, and ok
 * once the receiver has closed or all was handed to the system.
 */
export function sendSyslog(messages: readonly string[], target: SyslogTarget, timeoutMs = TIMEOUT_MS): Promise<Result<number>> {
  if (messages.length === 0) return Promise.resolve(ok(0));
  return target.transport === 'udp' ? sendDatagrams(messages, target, timeoutMs) : sendStream(messages, target, timeoutMs);
}

const refused = ({ host, port }: SyslogTarget, reason: string) =>
  fail('syslog-failed', `The syslog receiver ${host}:${port} was not reached: ${reason}.`, 'Check its address, port and transport.');

function sendStream(messages: readonly string[], target: SyslogTarget, timeoutMs: number): Promise<Result<number>> {
  return new Promise((resolve) => {
    const socket = connect({ host: target.host, port: target.port });
    const settle = (result: Result<number>): void => {
      resolve(result);
      socket.destroy();
    };
    socket.setTimeout(timeoutMs, () => settle(refused(target, 'it does not answer')));
    socket.once('error', (error) => settle(refused(target, error.message)));
    // What a receiver says is of no interest, but must be read for its end to be seen.
    socket.resume();
    socket.once('connect', () => socket.end(messages.map(octetCounted).join(''), () => settle(ok(messages.length))));
  });
}

async function sendDatagrams(messages: readonly string[], target: SyslogTarget, timeoutMs: number): Promise<Result<number>> {
  const socket = createSocket(target.host.includes(':') ? 'udp6' : 'udp4');
  const { promise: failed, resolve: giveUp } = withResolver<Result<number>>();
  socket.once('error', (error) => giveUp(refused(target, error.message)));
  const timer = setTimeout(() => giveUp(refused(target, 'its name is not known in time')), timeoutMs);
  const send = (message: string): Promise<Error | null> =>
    new Promise((resolve) => socket.send(message, target.port, target.host, (error) => resolve(error)));
  const sending = (async (): Promise<Result<number>> => {
    for (const message of messages) {
      const error = await send(message);
      if (error) return refused(target, error.message);
    }
    return ok(messages.length);
  })();
  const result = await Promise.race([sending, failed]);
  clearTimeout(timer);
  socket.close();
  return result;
}

function withResolver<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
