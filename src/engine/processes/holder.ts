import type { SocketRecord } from '../sources/sockets/socket-snapshot';

/** Names of different programs that share a socket; more say nothing more. */
const MAX_NAMES = 3;

/** Who holds a socket. */
export interface Holder {
  /** 'nginx'; of programs that share it all: 'systemd, sshd'. */
  readonly name: string;
  readonly pids: readonly number[];
  /** Whose socket it is; null: not known. */
  readonly user: string | null;
}

/** null: it is not known. */
export function holderOf({ processes, user }: Pick<SocketRecord, 'processes' | 'user'>): Holder | null {
  if (processes.length === 0) return null;
  const names = [...new Set(processes.map(({ name }) => name))];
  return {
    name: names.slice(0, MAX_NAMES).join(', ') + (names.length > MAX_NAMES ? ', …' : ''),
    pids: processes.map(({ pid }) => pid),
    user,
  };
}

/** The process, where it is one; 0: several, or a number that no system gives. */
export const onlyPid = ({ pids: [pid = 0, ...others] }: Holder): number => (others.length === 0 && pid <= 0xffff_ffff ? pid : 0);

/** The same program went on: a worker may have come or gone, but one process stayed. */
export const isSame = (a: Holder, b: Holder): boolean => a.name === b.name && a.pids.some((pid) => b.pids.includes(pid));
