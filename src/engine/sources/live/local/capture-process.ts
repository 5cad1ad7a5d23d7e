import { type ChildProcess, spawn } from 'node:child_process';
import { Readable } from 'node:stream';

/** Longest line of standard error that is looked at; no program here writes longer ones. */
const LONGEST_LINE = 8192;
/** Time from the wish to end until the program is killed; the helper itself gives up on a reader after 5 s. */
const PATIENCE_MS = 7000;

/**
 * Runs a program beside a shell that waits for the end of our standard input pipe and then ends the program. dumpcap and tcpdump notice that
 * nobody reads only when the next packet comes. The words of the command are never looked at by the shell.
 */
const SUPERVISOR = `exec 3<&0
"$@" </dev/null 3<&- &
capture=$!
{ cat <&3; kill -TERM $capture; } >/dev/null 2>&1 &
watcher=$!
wait $capture
status=$?
kill $watcher 2>/dev/null
exit $status`;

export interface ProcessEnd {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  /** It could not be started: the system's code, such as EACCES. */
  readonly error: string | null;
}

/** A capturing program that ends with us, however we end: it holds a pipe whose other end is ours. */
export class CaptureProcess {
  readonly stdout: Readable;
  /** It is gone and said its last word. */
  readonly over: Promise<ProcessEnd>;
  readonly #child: ChildProcess | null;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  /** `supervised`: the program does not end by itself when its standard input does. */
  constructor(command: string, args: readonly string[], supervised: boolean, onLine: (line: string) => void) {
    const started = supervised ? start('/bin/sh', ['-c', SUPERVISOR, 'portlight-capture', command, ...args]) : start(command, args);
    this.#child = started.child;
    this.stdout = started.child?.stdout ?? Readable.from([]);
    this.over = (started.child === null ? Promise.resolve(started.end) : ended(started.child, onLine)).then((end) => {
      this.#isOver = true;
      clearTimeout(this.#timer);
      this.#child?.stdin?.destroy();
      return end;
    });
  }

  /** Asks it to end; it is killed if it does not. */
  stop(): void {
    if (this.#timer !== undefined || this.#isOver) return;
    this.#child?.stdin?.end();
    this.#timer = setTimeout(() => this.#kill(), PATIENCE_MS);
  }

  /** The whole group: a supervisor's death alone would leave the program alive. */
  #kill(): void {
    const pid = this.#child?.pid;
    if (pid === undefined || this.#isOver) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  }
}

const OPTIONS = {
  stdio: ['pipe', 'pipe', 'pipe'],
  // A group of its own: the terminal's Ctrl C is for us to deal with.
  detached: true,
  env: { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C' },
} as const satisfies Parameters<typeof spawn>[2];

/** A system that is out of processes, memory or descriptors starts nothing, and Node throws or gives a child without streams. */
function start(
  command: string,
  args: readonly string[],
): { readonly child: ChildProcess } | { readonly child: null; readonly end: ProcessEnd } {
  const failed = (error: unknown) => ({ child: null, end: { status: null, signal: null, error: codeOf(error) } });
  try {
    const child = spawn(command, args, OPTIONS);
    if (child.stdout !== null && child.stdout !== undefined) return { child };
    child.once('error', () => undefined);
    return failed('EMFILE');
  } catch (error) {
    return failed(error);
  }
}

function ended(child: ChildProcess, onLine: (line: string) => void): Promise<ProcessEnd> {
  // Both are closed by the program's end.
  child.stdin?.on('error', () => undefined);
  child.stderr?.on('error', () => undefined);
  const heard = child.stderr === null ? Promise.resolve() : readLines(child.stderr, onLine);
  return new Promise((settle) => {
    child.once('error', (error) => settle({ status: null, signal: null, error: codeOf(error) }));
    child.once('exit', (status, signal) => void heard.then(() => settle({ status, signal, error: null })));
  });
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}

/** Resolves at the stream's end; what is longer than a line may be is cut. */
function readLines(stream: Readable, onLine: (line: string) => void): Promise<void> {
  let rest = '';
  stream.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = (lines.pop() ?? '').slice(0, LONGEST_LINE);
    for (const line of lines) onLine(line.slice(0, LONGEST_LINE));
  });
  return new Promise((settle) => {
    stream.once('close', () => {
      if (rest !== '') onLine(rest);
      settle();
    });
  });
}
