import type { SourceKind } from '../../shared/contract/live';

/** Words of the programs and interfaces of the host that is captured on. */
export const programs = {
  process: 'Process',
  /** 'nginx (pid 812)'. */
  withPids: (process: string, pids: string) => (pids === '' ? process : `${process} (pid ${pids})`),
  /** 'nginx · www-data'. */
  ofUser: (process: string, user: string) => (user === '' ? process : `${process} · ${user}`),
  user: 'User',
  userHint: 'Whose the socket is, as the host’s kernel says',
  users: (users: string) => `user ${users}`,
  socket: 'Socket',
  socketHint: 'State of the host’s own socket, as its kernel says',
  hiddenHint: (kind: SourceKind | undefined) =>
    kind === 'ssh' ? 'Names of other users’ programs need root on the server.' : 'Names of other users’ programs need root.',
  host: 'Programs of its flows',
  interfaces: {
    title: 'Interfaces',
    note: 'all that the host sends and receives, captured or not',
    name: 'Interface',
    last: (time: string) => `Last ${time}`,
    minute: 'minute',
    received: 'Received',
    sent: 'Sent',
    peak: 'Peak, both',
    packets: 'Packets/s',
    chart: (name: string, time: string, peak: string) => `Traffic of ${name} in the last ${time}, peak ${peak}`,
    others: (names: string) => `Also: ${names}`,
    quiet: (names: string) => `Without traffic: ${names}`,
  },
} as const;
