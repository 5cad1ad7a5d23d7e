import { accessSync, chmodSync, constants, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { ensureNative, nativeProgram } from '../../scripts/lib/native-helper.mjs';
import { Capture } from '../../src/engine/capture';
import type { LiveCapture } from '../../src/engine/sources/live/live-capture';
import { openLocalCapture } from '../../src/engine/sources/live/local/local-capture';
import type { CaptureTool, CaptureToolKind } from '../../src/shared/model/capture-interfaces';
import type { Host, Network } from './network';
import { type Running, succeed } from './processes';

/** Where captures are made, and the other end of its wire. */
export const AT: Host = 'outside';
const WIRE_END = 'to-outside';
/** The command line as it is built: a user without rights cannot build it. */
const BUNDLE = resolve('out', 'cli', 'index.js');
/** Debian's "nobody". */
export const NOBODY = 65_534;

/** Builds the helper and the sender of frames; why that cannot be done, or null. */
export async function nativePrograms(): Promise<string | null> {
  const built = (await ensureNative()) && (await ensureNative('portlight-send'));
  return built ? null : "there is no C compiler or libpcap's headers are missing";
}

/** Capturing programs as they run on a host of the network: for the engine, which is outside of it. */
export class Capturing {
  readonly network: Network;
  readonly folder = mkdtempSync(join(tmpdir(), 'portlight-capturing-'));
  /** A copy that may be given rights. */
  readonly helper = join(this.folder, 'portlight-capture');

  constructor(network: Network) {
    this.network = network;
    chmodSync(this.folder, 0o755);
    copyFileSync(nativeProgram('portlight-capture'), this.helper);
    chmodSync(this.helper, 0o755);
  }

  /** `program`: the one to run in place of the system's; `words` come before it, such as "setpriv" and its options. */
  tool(kind: CaptureToolKind, program: string = kind === 'helper' ? this.helper : kind, words: readonly string[] = []): CaptureTool {
    const path = join(this.folder, `${kind}-${words.length}`);
    const command = ['ip', 'netns', 'exec', this.network.namespace(AT), ...words, program].join(' ');
    writeFileSync(path, `#!/bin/sh\nexec ${command} "$@"\n`);
    chmodSync(path, 0o755);
    return { kind, path };
  }

  async open(tool: CaptureTool, options: { filter?: string; snapLength?: number } = {}): Promise<LiveCapture> {
    const opened = await openLocalCapture([tool], { interface: 'eth0', ...options });
    if (!opened.ok) throw new Error(`${opened.problem.sentence} ${opened.problem.next}`);
    return opened.value;
  }

  /** Sends UDP frames of `length` bytes to where captures are made; waits until all were taken. */
  async send(count: number, rate: number, length = 100): Promise<void> {
    await this.network.run('router', nativeProgram('portlight-send'), WIRE_END, `${count}`, `${rate}`, `${length}`);
  }

  /** The command line as it runs there, with this capturing program: better ones are hidden in the mounts that `ip netns exec` makes. */
  cli(kind: CaptureToolKind, ...args: readonly string[]): Running {
    return this.cliAs([], kind, ...args);
  }

  /** With these words, which change the user, before it. */
  cliAs(words: readonly string[], kind: CaptureToolKind, ...args: readonly string[]): Running {
    const hidden = kind === 'tcpdump' ? (pathOf('dumpcap') ?? '') : '';
    return this.network.start(
      AT,
      'env',
      `PORTLIGHT_CAPTURE_HELPER=${kind === 'helper' ? this.helper : join(this.folder, 'none')}`,
      `PORTLIGHT_DATA=${join(this.folder, 'data')}`,
      ...['sh', '-c', '[ -z "$0" ] || mount --bind /dev/null "$0"; exec "$@"', hidden],
      ...[...words, process.execPath, BUNDLE, ...args],
    );
  }

  /** Names of what runs there, of at most 15 characters each. */
  async running(): Promise<string[]> {
    const ids = (await succeed('ip', ['netns', 'pids', this.network.namespace(AT)])).split('\n').filter((id) => id !== '');
    return ids.flatMap((id) => {
      try {
        return [readFileSync(`/proc/${id}/comm`, 'utf8').trim()];
      } catch {
        return [];
      }
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function pathOf(program: string): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = folders.find((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  return found === undefined ? null : join(found, program);
}

/** The capture as the pipeline reads it, from its beginning. */
export async function reading(live: LiveCapture): Promise<Capture> {
  const opened = await Capture.openStream(live.stream, {});
  if (!opened.ok) throw new Error(opened.problem.sentence);
  return opened.value;
}
