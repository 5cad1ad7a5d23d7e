import type { Listener } from '../shared/contract/processes';
import { cell } from './output';

/** A port that the watched host listens on, as `live` prints it; null: not known, of `address`: any. */
export type ListenerRecord = Pick<Listener, 'transport' | 'address' | 'port' | 'process' | 'pid' | 'user'>;

export const listenerRecord = ({ transport, address, port, process, pid, user }: Listener): ListenerRecord => ({
  transport,
  address,
  port,
  process,
  pid,
  user,
});

/** 'tcp *:22 sshd (pid 700), root'. */
export function listenerText({ transport, address, port, process, pid, user }: ListenerRecord): string {
  const where = `${transport} ${address?.includes(':') ? `[${address}]` : (address ?? '*')}:${port}`;
  const program = `${cell(process ?? 'unknown program')}${pid === null ? '' : ` (pid ${pid})`}`;
  return `${where.padEnd(28)} ${program}${user === null ? '' : `, ${cell(user)}`}`;
}
