import type { ClientChannel } from 'ssh2';
import { fail, ok, type Result } from '../../../shared/base/result';
import type { SshConnection } from './connection';

/** What a script printed; both cut at `maxBytes`. */
export interface ScriptOutput {
  readonly stdout: string;
  readonly stderr: string;
  /** null where a signal or the connection ended it. */
  readonly status: number | null;
}

const MAX_OUTPUT = 512 << 10;
const TIMEOUT_MS = 30_000;

/**
 * Starts `script` in a POSIX shell, whatever the login shell is: that one gets a line without anything to misread, and the script follows
 * on standard input, where `ps` shows nothing of it. `dd` takes exactly its bytes, so what is sent afterwards is left to the script.
 */
export async function startScript(connection: SshConnection, script: string): Promise<Result<ClientChannel>> {
  const bytes = Buffer.from(script, 'utf8');
  const started = await connection.start(`exec sh -c 'eval "$(dd bs=1 count=${bytes.length} 2>/dev/null)"'`);
  if (started.ok) {
    started.value.on('error', () => {});
    started.value.write(bytes);
  }
  return started;
}

/** Runs a script to its end. `input`: what it reads. Problem codes: `ssh-command-refused`, `ssh-command-timeout`. */
export async function runScript(
  connection: SshConnection,
  script: string,
  input = '',
  { timeout = TIMEOUT_MS, maxBytes = MAX_OUTPUT }: { timeout?: number; maxBytes?: number } = {},
): Promise<Result<ScriptOutput>> {
  const started = await startScript(connection, script);
  if (!started.ok) return started;
  const channel = started.value;
  return await new Promise((resolve) => {
    const stdout = new BoundedText(maxBytes);
    const stderr = new BoundedText(maxBytes);
    let status: number | null = null;
    const finish = (result: Result<ScriptOutput>): void => {
      clearTimeout(timer);
      resolve(result);
    };
    const timer = setTimeout(() => {
      channel.close();
      finish(fail('ssh-command-timeout', `${connection.host.host} did not finish a command within ${timeout / 1000} s.`));
    }, timeout);
    channel.on('data', (chunk: Buffer) => stdout.add(chunk));
    channel.stderr.on('data', (chunk: Buffer) => stderr.add(chunk));
    channel.on('exit', (code: number | null) => {
      status = code;
    });
    channel.on('close', () => finish(ok({ stdout: stdout.text, stderr: stderr.text, status })));
    // Where the server goes away no channel closes by itself.
    void connection.closed.then(() => finish(ok({ stdout: stdout.text, stderr: stderr.text, status })));
    channel.end(input);
  });
}

/** The first bytes of an output; the rest is read and dropped. */
export class BoundedText {
  readonly #max: number;
  readonly #chunks: Buffer[] = [];
  #length = 0;

  constructor(max: number) {
    this.#max = max;
  }

  add(chunk: Buffer): void {
    const part = chunk.subarray(0, this.#max - this.#length);
    if (part.length === 0) return;
    this.#chunks.push(part);
    this.#length += part.length;
  }

  get text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}
