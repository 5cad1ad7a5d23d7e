import { networkInterfaces } from 'node:os';
import type { LiveRequest } from '../../shared/contract/live';
import { ProcessTable } from '../processes/process-table';
import type { LiveCapture } from '../sources/live/live-capture';
import { EVERY_MS, runHere, type ScriptRunner, watchSockets } from '../sources/sockets/watch-sockets';
import { SshCapture } from '../sources/ssh/ssh-capture';

/** For the programs of the host that is captured on; null: what is generated has none, and only Linux tells of them. */
export function tableOfPrograms({ kind }: Pick<LiveRequest, 'kind'>): ProcessTable | null {
  return kind === 'ssh' || (kind === 'interface' && process.platform === 'linux') ? new ProcessTable() : null;
}

/** Looks at this machine's programs until the capture ends; a server's are told over its connection. */
export function watchPrograms(table: ProcessTable, capture: LiveCapture, run: ScriptRunner = runHere, every: number = EVERY_MS): void {
  if (capture instanceof SshCapture) {
    const addresses = capture.plan.survey.interfaces.flatMap((each) => each.addresses);
    table.ownAddresses = () => addresses;
    return;
  }
  table.ownAddresses = localAddresses;
  const over = new AbortController();
  void capture.ended.then(() => over.abort());
  void watchSockets(run, (snapshot) => table.take(snapshot), over.signal, every);
}

const localAddresses = (): string[] => Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address));
