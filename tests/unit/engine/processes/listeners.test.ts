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

it('UDP sockets are listeners when they stay, connected ones never', () => {
  const dns = 'udp UNCONN 0 0 127.0.0.53%lo:53 0.0.0.0:* users:(("resolved",pid=5,fd=3))';
  const asking = 'udp UNCONN 0 0 0.0.0.0:40000 0.0.0.0:* users:(("dig",pid=6,fd=3))';
  const connected = 'udp ESTAB 0 0 10.0.0.5:50000 10.0.0.1:53 users:(("dig",pid=6,fd=3))';
  const watched = new Watched().look(`${dns}\n${asking}\n${connected}`).look(`${dns}\n${connected}`);
  expect(list(watched)).toEqual(['udp 127.0.0.53:53 resolved 5 6..11']);
});
