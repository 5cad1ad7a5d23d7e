import { execFile } from 'node:child_process';
import { MAX_EXECUTABLES, MAX_USERS, parseExecutables, parseInterfaces, parseSockets, parseUsers, THREAD_NAME } from './parse-sockets';
import type { SocketSnapshot } from './socket-snapshot';

export const EVERY_MS = 5_000;
/** 20,000 sockets with their processes. */
export const MAX_SOCKET_TEXT = 8 << 20;
const MARK = '--- portlight interfaces ---';

/**
 * Older versions of `ss` have no -H; their header is passed over. `PATH`: an ordinary user's may end before it. Users are those of the host's own
 * file: asking for names may ask another server, and wait for it. They come before what programs can choose: the first name of a number holds.
 */
export const SOCKETS_SCRIPT = `LC_ALL=C; export LC_ALL; PATH=$PATH:/usr/sbin:/sbin; export PATH
echo "uid $(id -u 2>/dev/null)"
sed -n '1,${MAX_USERS}s/^\\([^:]*\\):[^:]*:\\([0-9]*\\):.*/user \\2 \\1/p' /etc/passwd 2>/dev/null
sockets=$(ss -tunapeH 2>/dev/null || ss -tunape 2>/dev/null)
printf '%s\\n' "$sockets"
case $sockets in *'"${THREAD_NAME}"'*)
  printf '%s\\n' "$sockets" | grep -o '"${THREAD_NAME}",pid=[0-9]*' | sed 's/.*=//' | sort -u | head -n ${MAX_EXECUTABLES} | while read -r pid; do
    echo "exe $pid $(readlink "/proc/$pid/exe" 2>/dev/null | head -n 1)"
  done;;
esac
echo '${MARK}'
cat /proc/net/dev 2>/dev/null`;

/** Runs a script in a POSIX shell, here or elsewhere; null: it could not. Only so much of its output is of use. */
export type ScriptRunner = (script: string, maxBytes: number) => Promise<string | null>;

export const runHere: ScriptRunner = (script, maxBuffer) =>
  new Promise((resolve) => {
    execFile('sh', ['-c', script], { maxBuffer, timeout: EVERY_MS * 2 }, (error, stdout) =>
      resolve(error && stdout === '' ? null : stdout),
    );
  });

/** Gives what sockets and interfaces there are, every 5 s, until `signal`. One that is late is waited for, not doubled. */
export async function watchSockets(
  run: ScriptRunner,
  onSnapshot: (snapshot: SocketSnapshot) => void,
  signal: AbortSignal,
  every: number = EVERY_MS,
): Promise<void> {
  while (!signal.aborted) {
    const started = performance.now();
    const text = await run(SOCKETS_SCRIPT, MAX_SOCKET_TEXT);
    if (signal.aborted) return;
    if (text !== null) onSnapshot(readSnapshot(text));
    await wait(Math.max(0, every - (performance.now() - started)), signal);
  }
}

export function readSnapshot(text: string): SocketSnapshot {
  const at = text.lastIndexOf(MARK);
  const answer = at < 0 ? text : text.slice(0, at);
  const { sockets, truncated } = parseSockets(answer, parseExecutables(answer), parseUsers(answer));
  const [, user] = /^uid (\d{1,10})\n/.exec(text) ?? [];
  const root = user === undefined ? null : user === '0';
  return { time: Date.now(), root, sockets, truncated: truncated || at < 0, interfaces: at < 0 ? [] : parseInterfaces(text.slice(at)) };
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done, { once: true });
    if (signal.aborted) done();
  });
}
