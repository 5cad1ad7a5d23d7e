import { isIP } from 'node:net';
import type { InterfaceTraffic, SocketProcess, SocketRecord, SocketState } from './socket-snapshot';
import { SOCKET_STATES } from './socket-snapshot';

/** A busy web server has some thousands; each takes a few hundred bytes here. */
export const MAX_SOCKETS = 20_000;
const MAX_INTERFACES = 500;
/** Workers that share a listener; more names say nothing more. */
const MAX_PROCESSES = 8;
const MAX_LINE = 4096;
/** What Node.js calls the thread that `ss` sees: its program says more. */
export const THREAD_NAME = 'MainThread';
export const MAX_EXECUTABLES = 200;
export const MAX_USERS = 2000;

const states: ReadonlySet<string> = new Set(SOCKET_STATES);
const isState = (word: string): word is SocketState => states.has(word);

/**
 * Output of `ss -tunapeH`: transport, state, two queues, local and peer address, processes, and what -e adds. Lines that are not that are passed
 * over. `executables`: programs of processes that are named after a thread; `users`: names by number.
 */
export function parseSockets(
  text: string,
  executables: ReadonlyMap<number, string> = new Map(),
  users: ReadonlyMap<number, string> = new Map(),
): { readonly sockets: SocketRecord[]; readonly truncated: boolean } {
  const sockets: SocketRecord[] = [];
  for (const line of linesOf(text)) {
    const [transport = '', state = '', , , local = '', peer = ''] = line.split(/\s+/, 6);
    if ((transport !== 'tcp' && transport !== 'udp') || !isState(state)) continue;
    const here = endpoint(local);
    const there = endpoint(peer);
    if (here === null || here.port === null || there === null) continue;
    if (sockets.length >= MAX_SOCKETS) return { sockets, truncated: true };
    sockets.push({
      transport,
      state,
      localAddress: here.address,
      localPort: here.port,
      peerAddress: there.address,
      peerPort: there.port,
      processes: processesOf(line, executables),
      user: userOf(line, users),
    });
  }
  return { sockets, truncated: false };
}

/** '10.0.0.1:22', '[::1]:22', '*:*', 'fe80::1%eth0:546'; null: no address and port. */
function endpoint(text: string): { address: string | null; port: number | null } | null {
  const colon = text.lastIndexOf(':');
  if (colon < 0) return null;
  const digits = text.slice(colon + 1);
  const port = digits === '*' ? null : /^\d{1,5}$/.test(digits) ? Number(digits) : -1;
  if (port !== null && (port < 0 || port > 65535)) return null;
  const address = text
    .slice(0, colon)
    .replace(/^\[|\]$/g, '')
    .replace(/%[^\]]*$/, '')
    .replace(/^::ffff:(?=\d+\.)/i, '');
  if (address === '*' || address === '0.0.0.0' || address === '::') return { address: null, port };
  return isIP(address) === 0 ? null : { address, port };
}

/** 'users:(("sshd",pid=12,fd=3),("sshd",pid=10,fd=3))'. A process may call itself anything, the rest of such a list included. */
function processesOf(line: string, executables: ReadonlyMap<number, string>): SocketProcess[] {
  const at = line.indexOf(' users:((');
  if (at < 0) return [];
  const found: SocketProcess[] = [];
  for (const match of line.slice(at).matchAll(/\("(.{1,60}?)",pid=(\d{1,10}),fd=\d{1,10}\)/g)) {
    const pid = Number(match[2]);
    if (found.length >= MAX_PROCESSES) break;
    const name = match[1] === THREAD_NAME ? (executables.get(pid) ?? THREAD_NAME) : plain(match[1] ?? '');
    if (!found.some((one) => one.pid === pid)) found.push({ name, pid });
  }
  return found;
}

/**
 * 'uid:33 ino:5123 sk:1a'; root's have no number, and an inode. A program's name or a control group's path may hold the same words: then nothing
 * is said.
 */
function userOf(line: string, users: ReadonlyMap<number, string>): string | null {
  const numbers = [...line.matchAll(/(?: uid:(\d{1,10}))? ino:(\d{1,20}) sk:/g)];
  const [only] = numbers;
  if (only === undefined || numbers.length > 1 || Number(only[2]) === 0) return null;
  const uid = Number(only[1] ?? 0);
  return users.get(uid) ?? (uid === 0 ? 'root' : String(uid));
}

/** Lines such as 'user 33 www-data'. */
export function parseUsers(text: string): Map<number, string> {
  const names = new Map<number, string>();
  for (const line of linesOf(text)) {
    const match = /^user (\d{1,10}) (\S{1,64})$/.exec(line);
    // Of several with one number the system takes the first.
    if (match && names.size < MAX_USERS && !names.has(Number(match[1]))) names.set(Number(match[1]), plain(match[2] ?? ''));
  }
  return names;
}

/** Lines such as 'exe 812 /usr/bin/node': names of programs by process id. */
export function parseExecutables(text: string): Map<number, string> {
  const names = new Map<number, string>();
  for (const line of linesOf(text)) {
    const match = /^exe (\d{1,10}) \/(?:.*\/)?([^/]+)$/.exec(line);
    if (match && names.size < MAX_EXECUTABLES) names.set(Number(match[1]), plain((match[2] ?? '').replace(/ \(deleted\)$/, '')));
  }
  return names;
}

const plain = (name: string): string => name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd').slice(0, 32);

/** `/proc/net/dev` (proc(5)): after the name eight counters of what was received, then eight of what was sent. */
export function parseInterfaces(text: string): InterfaceTraffic[] {
  const interfaces: InterfaceTraffic[] = [];
  for (const line of linesOf(text)) {
    const match = /^\s*([^\s:|]{1,32}(?::\d+)?):\s*([\d\s]+)$/.exec(line);
    const counters = (match?.[2] ?? '').trim().split(/\s+/).map(Number);
    if (match?.[1] === undefined || counters.length < 16 || counters.some((counter) => !Number.isFinite(counter))) continue;
    if (interfaces.length >= MAX_INTERFACES) break;
    const at = (index: number): number => counters[index] ?? 0;
    interfaces.push({
      name: plain(match[1]),
      receivedBytes: at(0),
      receivedPackets: at(1),
      receivedDropped: at(3),
      sentBytes: at(8),
      sentPackets: at(9),
      sentDropped: at(11),
    });
  }
  return interfaces;
}

/** Lines one after the other, so that a large text is not held twice. */
function* linesOf(text: string): Generator<string> {
  for (let at = 0; at < text.length; ) {
    const next = text.indexOf('\n', at);
    const end = next < 0 ? text.length : next;
    if (end - at <= MAX_LINE) yield text.slice(at, end);
    at = end + 1;
  }
}
