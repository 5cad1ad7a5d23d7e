import { expect, it } from 'vitest';
import { Watched } from './watched';

const list = (watched: Watched): string[] =>
  watched.table
    .listeners()
    .listeners.map(
      ({ transport, address, port, process, pid, first, last, open }) =>
        `${transport} ${address ?? '*'}:${port} ${process ?? '-'} ${pid ?? '-'} ${first / 1000}..${last / 1000}${open ? '' : ' gone'}`,
    );

it('says who listens where, since when and until when', () => {
  const ssh = 'tcp LISTEN 0 128 0.0.0.0:22 0.0.0.0:* users:(("sshd",pid=700,fd=3))';
  const watched = new Watched().look(`tcp LISTEN 0 1 127.0.0.1:80 0.0.0.0:*\n${ssh}`).look(ssh);
  expect(list(watched)).toEqual(['tcp *:22 sshd 700 6..11', 'tcp 127.0.0.1:80 - - 6..6 gone']);
});

it('workers that share a port are one listener', () => {
  const worker = (pid: number) => `tcp LISTEN 0 128 *:80 *:* users:(("nginx",pid=${pid},fd=3))`;
  const workers = `${worker(1)}\n${worker(2)}`;
  expect(list(new Watched().look(workers).look(workers))).toEqual(['tcp *:80 nginx - 6..11']);
});

it('says whose a listener is, with or without its program', () => {
  const users = 'user 0 root\nuser 33 www-data\nuser 33 another\n';
  const lines = [
    'tcp LISTEN 0 511 *:80 *:* users:(("nginx",pid=812,fd=6)) uid:33 ino:5123 sk:1a cgroup:/system.slice/nginx.service <->',
    'tcp LISTEN 0 128 0.0.0.0:22 0.0.0.0:* ino:1236 sk:1 cgroup:/ <->',
    'tcp LISTEN 0 128 0.0.0.0:8080 0.0.0.0:* uid:1007 ino:99 sk:2',
    // A name or a path that tells of another user: the kernel's own answer is not to be told from it.
    'tcp LISTEN 0 128 0.0.0.0:81 0.0.0.0:* users:((")) ino:1 sk:",pid=5,fd=3)) uid:1007 ino:100 sk:3',
    'tcp LISTEN 0 128 0.0.0.0:82 0.0.0.0:* users:(("x",pid=6,fd=3)) uid:1007 ino:101 sk:4 cgroup:/ ino:7 sk:0',
    'tcp LISTEN 0 128 0.0.0.0:83 0.0.0.0:* users:(("old",pid=7,fd=3))',
  ].join('\n');
  const { listeners } = new Watched().look(users + lines).table.listeners();
  expect(listeners.map(({ port, process, user }) => `${port} ${process ?? '-'} ${user ?? '-'}`)).toEqual([
    '22 - root',
    '80 nginx www-data',
    '81 )) ino:1 sk: -',
    '82 x -',
    '83 old -',
    '8080 - 1007',
  ]);
});

it('UDP sockets are listeners when they stay, connected ones never', () => {
  const dns = 'udp UNCONN 0 0 127.0.0.53%lo:53 0.0.0.0:* users:(("resolved",pid=5,fd=3))';
  const asking = 'udp UNCONN 0 0 0.0.0.0:40000 0.0.0.0:* users:(("dig",pid=6,fd=3))';
  const connected = 'udp ESTAB 0 0 10.0.0.5:50000 10.0.0.1:53 users:(("dig",pid=6,fd=3))';
  const watched = new Watched().look(`${dns}\n${asking}\n${connected}`).look(`${dns}\n${connected}`);
  expect(list(watched)).toEqual(['udp 127.0.0.53:53 resolved 5 6..11']);
});
