import { ProcessTable } from '../engine/processes/process-table';
import { SshCapture } from '../engine/sources/ssh/ssh-capture';
import { type LiveOptions, runLive } from './live';
import { complain, Exit } from './output';
import { terminalPrompts } from './terminal-prompts';

export interface SshCommandOptions {
  readonly ssh: string;
  readonly remoteInterface?: string;
  readonly identity?: string;
  readonly captureFilter: string;
  readonly snapLength: number;
  readonly promiscuous: boolean;
}

/** Captures on a server until it ends or is stopped; gives the exit status. */
export async function captureOverSsh(options: SshCommandOptions, run: LiveOptions): Promise<number> {
  const { ssh: target, remoteInterface, identity, captureFilter, snapLength, promiscuous } = options;
  const programs = new ProcessTable();
  const opened = await SshCapture.open({
    target,
    prompts: terminalPrompts(),
    interface: remoteInterface,
    identity,
    captureFilter,
    snapLength,
    promiscuous,
    onSockets: (snapshot) => programs.take(snapshot),
  });
  if (opened.ok) return await runLive(opened.value, { ...run, programs });
  complain(opened.problem);
  const { code } = opened.problem;
  return code === 'bad-filter' || code === 'bad-ssh-target' ? Exit.Usage : Exit.Failed;
}
