import { connect as connectSocket, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Client, ClientChannel, ConnectConfig } from 'ssh2';
import { fail, ok, type Problem, type Result } from '../../../shared/base/result';
import { Authentication } from './authentication';
import type { SshHost, SshRoute } from './host';
import { HostKeys } from './host-keys';
import { plainText } from './plain-text';
import type { SshPrompts } from './prompts';
import { loadSsh2 } from './ssh2';
import { Stopwatch } from './stopwatch';

const CONNECT_MS = 15_000;
/** Key exchange and authentication, without the time that a person takes to answer. */
const HANDSHAKE_MS = 30_000;
/** A dead connection is noticed when three of these went by without an answer. */
const KEEPALIVE_MS = 5_000;
const KEEPALIVE_MISSED = 2;
const END_MS = 2_000;

/** An authenticated connection, perhaps through other servers. */
export class SshConnection {
  readonly host: SshHost;
  /** Why it is no longer there; `null` where `end` was called. Resolves once. */
  readonly closed: Promise<Problem | null>;
  readonly #clients: readonly Client[];
  readonly #socket: Socket;
  #ending = false;

  private constructor(host: SshHost, clients: readonly Client[], socket: Socket, lost: Promise<Problem>) {
    this.host = host;
    this.#clients = clients;
    this.#socket = socket;
    this.closed = lost.then((problem) => {
      this.#socket.destroy();
      return this.#ending ? null : problem;
    });
  }

  /** Problem codes: those of `HostKeys` and `Authentication`, `ssh-unreachable`, `ssh-timeout`, `ssh-handshake-failed`, `cancelled`. */
  static async open(route: SshRoute, prompts: SshPrompts, signal?: AbortSignal): Promise<Result<SshConnection>> {
    const [first] = route.hops;
    if (first === undefined) return fail('ssh-unreachable', 'No server was named.');
    const reached = await openSocket(first, signal);
    if (!reached.ok) return reached;
    const socket = reached.value;
    const clients: Client[] = [];
    let stream: Duplex = socket;
    let lost: Promise<Problem> = new Promise(() => {});
    for (const [index, hop] of route.hops.entries()) {
      const logged = await logIn(hop, stream, prompts, signal);
      if (!logged.ok) {
        closeAll(clients, socket);
        return logged;
      }
      clients.push(logged.value.client);
      lost = logged.value.lost;
      const next = route.hops[index + 1];
      if (next === undefined) return ok(new SshConnection(hop, clients, socket, lost));
      const forwarded = await forward(logged.value.client, hop, next);
      if (!forwarded.ok) {
        closeAll(clients, socket);
        return forwarded;
      }
      stream = forwarded.value;
    }
    throw new Error('a route ends with its goal');
  }

  /** Bytes of the outermost connection, encryption and all. */
  get received(): number {
    return this.#socket.bytesRead;
  }

  get sent(): number {
    return this.#socket.bytesWritten;
  }

  /** Starts a command. Problem code: `ssh-command-refused`. */
  start(command: string): Promise<Result<ClientChannel>> {
    return new Promise((resolve) => {
      const refused = (error: Error): void =>
        resolve(
          fail(
            'ssh-command-refused',
            `${this.host.host} did not start a command: ${plainText(error.message)}.`,
            'The account may be limited to file transfer or to one command; use one with a shell.',
          ),
        );
      try {
        this.#clients.at(-1)?.exec(command, (error, channel) => (error ? refused(error) : resolve(ok(channel))));
      } catch (error) {
        refused(error instanceof Error ? error : new Error(String(error)));
      }
    });
  }

  /** Idempotent; nothing is open when it resolves. */
  async end(): Promise<void> {
    this.#ending = true;
    this.#clients.at(-1)?.end();
    await Promise.race([this.closed, new Promise((resolve) => setTimeout(resolve, END_MS).unref())]);
    closeAll(this.#clients, this.#socket);
  }
}

function closeAll(clients: readonly Client[], socket: Socket): void {
  for (const client of clients.toReversed()) client.destroy();
  socket.destroy();
}

function openSocket(host: SshHost, signal?: AbortSignal): Promise<Result<Socket>> {
  return new Promise((resolve) => {
    const socket = connectSocket({ host: host.host, port: host.port, noDelay: true });
    const finish = (result: Result<Socket>): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      socket.off('connect', onConnect);
      if (!result.ok) socket.destroy();
      resolve(result);
    };
    const onAbort = (): void => finish(cancelled);
    const onConnect = (): void => finish(ok(socket));
    const timer = setTimeout(() => finish(unreachable(host, `it did not answer within ${CONNECT_MS / 1000} s`, 'ssh-timeout')), CONNECT_MS);
    socket.on('connect', onConnect);
    // Stays: an error after the connection was made must find a listener.
    socket.on('error', (error) => finish(unreachable(host, socketReason(error))));
    signal?.addEventListener('abort', onAbort, { once: true });
    if (signal?.aborted === true) onAbort();
  });
}

const cancelled = fail('cancelled', 'The connection was cancelled.');

const unreachable = (host: SshHost, reason: string, code = 'ssh-unreachable'): Result<never> =>
  fail(code, `${host.host} port ${host.port} could not be reached: ${reason}.`, 'Check the name, the port, and that the server is on.');

function socketReason(error: Error): string {
  switch ('code' in error ? error.code : '') {
    case 'ECONNREFUSED':
      return 'nothing accepts connections there';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'there is no such name';
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'there is no way to it in the network';
    case 'ETIMEDOUT':
      return 'it did not answer';
    case 'ECONNRESET':
      return 'it closed the connection';
    default:
      return plainText(error.message);
  }
}

/** Opens the way from one server to the next (RFC 4254 7.2). */
function forward(client: Client, hop: SshHost, next: SshHost): Promise<Result<Duplex>> {
  return new Promise((resolve) => {
    client.forwardOut('127.0.0.1', 0, next.host, next.port, (error, channel) =>
      resolve(
        error
          ? fail(
              'ssh-jump-failed',
              `${hop.host} could not connect on to ${next.host} port ${next.port}: ${plainText(error.message)}.`,
              `Check that ${hop.host} reaches it and allows TCP forwarding (AllowTcpForwarding).`,
            )
          : ok(channel),
      ),
    );
  });
}

/** Types of host key (RFC 4253 6.6) and the signatures that they make; RSA makes three (RFC 8332). */
const signatures = (keyType: string): string[] => (keyType === 'ssh-rsa' ? ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'] : [keyType]);

interface LoggedIn {
  readonly client: Client;
  readonly lost: Promise<Problem>;
}

async function logIn(host: SshHost, stream: Duplex, prompts: SshPrompts, signal?: AbortSignal): Promise<Result<LoggedIn>> {
  const time = new Stopwatch(HANDSHAKE_MS);
  const asked = time.pausingFor(prompts);
  const keys = await HostKeys.read(host, asked);
  if (!keys.ok) {
    stream.destroy();
    return keys;
  }
  const { Client } = await loadSsh2();
  const authentication = await Authentication.prepare(host, asked);
  const client = new Client();
  return await new Promise((resolve) => {
    /** The first reason is the true one; what follows comes of it. */
    let problem: Problem | null = null;
    let ready = false;
    let lose: (problem: Problem) => void = () => {};
    const lost = new Promise<Problem>((gone) => {
      lose = gone;
    });
    const stop = (why: Problem): void => {
      problem ??= why;
      client.destroy();
      stream.destroy();
      settle();
    };
    const settle = (): void => {
      time.stop();
      signal?.removeEventListener('abort', onAbort);
      const why = problem ?? {
        code: 'ssh-connection-lost',
        sentence: ready ? `The connection to ${host.host} was lost.` : `${host.host} closed the connection before the login.`,
      };
      if (ready) lose(why);
      else resolve({ ok: false, problem: why });
    };
    const onAbort = (): void => stop(cancelled.problem);
    time.start(() =>
      stop({ code: 'ssh-timeout', sentence: `${host.host} did not finish the login within ${HANDSHAKE_MS / 1000} s.`, next: 'Try again.' }),
    );
    signal?.addEventListener('abort', onAbort, { once: true });

    client.on('ready', () => {
      ready = true;
      time.stop();
      signal?.removeEventListener('abort', onAbort);
      resolve(ok({ client, lost }));
    });
    client.on('error', (error) => {
      // These say that one key did not work; the next one is tried.
      if (error.level === 'agent' || (error.level === 'client-authentication' && /sign/i.test(error.message))) return;
      problem ??= error.level === 'client-authentication' ? authentication.failure() : connectionProblem(host, error, ready);
    });
    client.on('close', settle);
    const config: ConnectConfig = {
      sock: stream,
      username: host.user,
      readyTimeout: 0,
      keepaliveInterval: KEEPALIVE_MS,
      keepaliveCountMax: KEEPALIVE_MISSED,
      algorithms: {
        // GCM runs in the runtime's own library; ssh2's ChaCha20-Poly1305 is several times slower without a compiled part.
        cipher: preferring(/-gcm@openssh\.com$/),
        ...preferKnown(keys.value.knownTypes),
      },
      hostVerifier: (key: Buffer, verify: (accepted: boolean) => void) => {
        keys.value.check(key).then(
          (refused) => {
            problem ??= refused;
            verify(refused === null);
          },
          () => verify(false),
        );
      },
      authHandler: (left, partial, next) => {
        authentication.next(left, partial).then(next as (step: unknown) => void, () => (next as (step: unknown) => void)(false));
      },
    };
    try {
      client.connect(config);
    } catch (error) {
      stop(connectionProblem(host, error instanceof Error ? error : new Error(String(error)), false));
    }
    if (signal?.aborted === true) onAbort();
  });
}

/** A server with several keys is asked for one that is known; another would look like a changed one. */
function preferKnown(types: readonly string[]): { serverHostKey?: never } {
  if (types.length === 0) return {};
  const wanted = new RegExp(
    `^(${types
      .flatMap(signatures)
      .map((name) => name.replace(/[^\w-]/g, '\\$&'))
      .join('|')})$`,
  );
  return { serverHostKey: preferring(wanted) };
}

/** Puts what matches first. The types know names only; ssh2 also takes expressions, which leave out what this runtime lacks. */
const preferring = (pattern: RegExp): never => ({ remove: pattern, prepend: pattern }) as never;

function connectionProblem(host: SshHost, error: Error & { level?: string }, ready: boolean): Problem {
  const said = plainText(error.message);
  if (/too many authentication failures/i.test(said)) {
    return {
      code: 'ssh-too-many-keys',
      sentence: `${host.host} ended the login after too many keys.`,
      next: 'Name the right key file, or set IdentitiesOnly yes for this host in ~/.ssh/config.',
    };
  }
  if (error.level === 'client-timeout') {
    return { code: 'ssh-connection-lost', sentence: `The connection to ${host.host} was lost: it no longer answers.` };
  }
  if (ready) return { code: 'ssh-connection-lost', sentence: `The connection to ${host.host} was lost: ${socketReason(error)}.` };
  if (error.level === 'client-socket') return unreachableProblem(host, error);
  return {
    code: 'ssh-handshake-failed',
    sentence: `${host.host} port ${host.port} and Portlight could not agree on a connection: ${said}.`,
    next: 'Check that this port is that of an SSH server, and that it is not a very old one.',
  };
}

const unreachableProblem = (host: SshHost, error: Error): Problem => ({
  code: 'ssh-unreachable',
  sentence: `${host.host} port ${host.port} ended the connection: ${socketReason(error)}.`,
  next: 'Check the name, the port, and that the server is on.',
});
