import { captureTools } from '../engine/capture-tools';
import { tableOfPrograms, watchPrograms } from '../engine/live/watched-host';
import { ProcessTable } from '../engine/processes/process-table';
import { CaptureGroup } from '../engine/sources/live/capture-group';
import type { LiveCapture } from '../engine/sources/live/live-capture';
import { openLocalCapture } from '../engine/sources/live/local/local-capture';
import { PipeCapture } from '../engine/sources/live/pipe-capture';
import { SshCapture } from '../engine/sources/ssh/ssh-capture';
import { ok, type Result } from '../shared/base/result';
import { terminalPrompts } from './terminal-prompts';

export interface SourceOptions {
  readonly interface: readonly string[];
  readonly ssh: readonly string[];
  readonly read: readonly string[];
  readonly remoteInterface?: string;
  readonly identity?: string;
  readonly captureFilter: string;
  readonly snapLength: number;
  readonly promiscuous: boolean;
}

export type Opener = () => Promise<Result<LiveCapture>>;

/** How to open what was named, and a table of the programs of the host, where it is one. */
export function sourcesOf(options: SourceOptions): { readonly programs: ProcessTable | null; readonly openers: readonly Opener[] } {
  const { interface: interfaces, ssh, read, captureFilter: filter, snapLength, promiscuous } = options;
  const isOneServer = ssh.length === 1 && interfaces.length === 0 && read.length === 0;
  const isHere = interfaces.length > 0 && ssh.length === 0 && read.length === 0;
  const programs = isOneServer ? new ProcessTable() : isHere ? tableOfPrograms({ kind: 'interface' }) : null;
  // Servers first: they may ask something, while nobody reads what comes from others.
  const openers: Opener[] = [
    ...ssh.map(
      (target) => () =>
        SshCapture.open({
          target,
          prompts: terminalPrompts(),
          interface: options.remoteInterface,
          identity: options.identity,
          captureFilter: filter,
          snapLength,
          promiscuous,
          ...(isOneServer && { onSockets: (snapshot) => programs?.take(snapshot) }),
        }),
    ),
    ...read.map((path) => () => PipeCapture.open(path)),
    ...interfaces.map((name) => async () => {
      const opened = await openLocalCapture(captureTools(), { interface: name, filter, snapLength, promiscuous });
      if (opened.ok && programs && name === interfaces[0]) watchPrograms(programs, opened.value);
      return opened;
    }),
  ];
  return { programs, openers };
}

/** One after the other: each may ask something. One that cannot be opened ends those before it. */
export async function openAll(openers: readonly Opener[]): Promise<Result<LiveCapture | CaptureGroup>> {
  let group: CaptureGroup | null = null;
  for (const open of openers) {
    const opened = await open();
    if (!opened.ok || openers.length === 1) return opened.ok ? opened : await ended(group, opened);
    if (group === null) {
      const begun = await CaptureGroup.open(opened.value);
      if (!begun.ok) return begun;
      group = begun.value;
    } else {
      const added = await group.add(opened.value);
      if (!added.ok) return await ended(group, added);
    }
  }
  if (group === null) throw new Error('there is no source');
  return ok(group);
}

async function ended<T>(group: CaptureGroup | null, why: T): Promise<T> {
  await group?.source.close();
  await group?.stop();
  return why;
}
