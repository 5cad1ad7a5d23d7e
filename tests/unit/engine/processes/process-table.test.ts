import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { yieldTurn } from '../../../../src/engine/budget';
import { ProcessTable } from '../../../../src/engine/processes/process-table';
import { readSnapshot } from '../../../../src/engine/sources/sockets/watch-sockets';
import { answerOf, Watched } from './watched';

const LISTENING = 'tcp LISTEN 0 128 0.0.0.0:22 0.0.0.0:* users:(("sshd",pid=700,fd=3))';
const RESOLVER = 'udp UNCONN 0 0 0.0.0.0:53 0.0.0.0:* users:(("unbound",pid=53,fd=3))';

/** A connection that is over before anybody looks. */
const short = (source: string, destination: string, at = 1): string => `
  ${at}.0 ${source} > ${destination} S seq=100
  ${at}.1 ${destination} > ${source} SA seq=500 ack=101
  ${at}.2 ${source} > ${destination} FA seq=101 ack=501
  ${at}.3 ${destination} > ${source} FA seq=501 ack=102
  ${at}.4 ${source} > ${destination} A seq=102 ack=502
`;
const opened = (source: string, destination: string, at = 1): string => short(source, destination, at).split('\n').slice(0, 3).join('\n');

describe('a connected socket', () => {
  const socket = (state: string, users = ' users:(("nginx",pid=41,fd=7))') => `tcp ${state} 0 0 10.0.0.5:80 203.0.113.9:4000${users}`;

  it.each([
    ['that was asked', '203.0.113.9:4000', '10.0.0.5:80'],
    ['that asked', '10.0.0.5:80', '203.0.113.9:4000'],
  ])('names the flow of the end %s', (_, source, destination) => {
    expect(new Watched().packets(opened(source, destination)).look(socket('ESTAB')).flows).toEqual(['nginx 41 ESTAB']);
  });

  it('as IPv4 in IPv6 is the same', () => {
    const line = 'tcp ESTAB 0 0 [::ffff:10.0.0.5]:80 [::ffff:203.0.113.9]:4000 users:(("node",pid=9,fd=7))';
    expect(new Watched().packets(opened('203.0.113.9:4000', '10.0.0.5:80')).look(line).flows).toEqual(['node 9 ESTAB']);
  });

  it('leaves its name with the flow when it is gone', () => {
    const watched = new Watched().packets(opened('203.0.113.9:4000', '10.0.0.5:80')).look(socket('ESTAB'));
    expect(watched.look(socket('TIME-WAIT', '')).flows).toEqual(['nginx 41 TIME-WAIT']);
    expect(watched.look('').flows).toEqual(['nginx 41 -']);
  });

  it('without the right to know its program gives its state', () => {
    const watched = new Watched().packets(opened('203.0.113.9:4000', '10.0.0.5:80')).look(socket('ESTAB', ''), { uid: 1000 });
    expect(watched.flows).toEqual(['- - ESTAB']);
    expect(watched.table.state).toEqual({ looks: 1, sockets: 1, namesMissing: true });
    expect(watched.look(socket('ESTAB', ''), { uid: 0 }).table.state).toEqual({ looks: 2, sockets: 1, namesMissing: false });
  });

  it('that processes share names all of them, and no number', () => {
    const line = socket('ESTAB', ' users:(("sh",pid=5,fd=1),("nginx",pid=41,fd=7))');
    expect(new Watched().packets(opened('203.0.113.9:4000', '10.0.0.5:80')).look(line).flows).toEqual(['sh, nginx - ESTAB']);
  });

  it('at both ends of a flow names both programs, originator first', () => {
    const watched = new Watched().packets(opened('127.0.0.1:4000', '127.0.0.1:80')).look(`
      tcp ESTAB 0 0 127.0.0.1:80 127.0.0.1:4000 users:(("nginx",pid=41,fd=7))
      tcp ESTAB 0 0 127.0.0.1:4000 127.0.0.1:80 users:(("curl",pid=99,fd=3))`);
    expect(watched.flows).toEqual(['curl → nginx 99+41 ESTAB']);
  });

  it('does not name the connection that had the same ends before it', () => {
    const watched = new Watched().packets(short('203.0.113.9:4000', '10.0.0.5:80'));
    expect(watched.look(socket('ESTAB')).flows).toEqual(['- - -']);
  });

  it('names the newest of the connections with its ends, not those before', () => {
    const watched = new Watched().packets(short('203.0.113.9:4000', '10.0.0.5:80')).packets(`
      5 203.0.113.9:4000 > 10.0.0.5:80 S seq=9000
      5.1 10.0.0.5:80 > 203.0.113.9:4000 SA seq=7000 ack=9001`);
    expect(watched.look(socket('ESTAB')).flows).toEqual(['- - -', 'nginx 41 ESTAB']);
  });

  it('whose process number goes to another program later leaves what was', () => {
    const watched = new Watched().packets(opened('203.0.113.9:4000', '10.0.0.5:80')).look(socket('ESTAB'));
    watched.packets(opened('203.0.113.9:4001', '10.0.0.5:80', 6));
    watched.look('tcp ESTAB 0 0 10.0.0.5:80 203.0.113.9:4001 users:(("cron",pid=41,fd=7))');
    expect(watched.flows).toEqual(['nginx 41 -', 'cron 41 ESTAB']);
  });

  it('of UDP is found like one of TCP', () => {
    const line = 'udp ESTAB 0 0 10.0.0.5:5000 198.51.100.1:53 users:(("dig",pid=8,fd=7))';
    expect(new Watched().packets('1 udp 10.0.0.5:5000 > 198.51.100.1:53').look(line).flows).toEqual(['dig 8 ESTAB']);
  });
});

describe('a connection that nobody saw open', () => {
  it('has the listener’s program, where it listened before and after', () => {
    const watched = new Watched({ own: ['10.0.0.5'] }).look(LISTENING).packets(short('203.0.113.9:4000', '10.0.0.5:22')).look(LISTENING);
    expect(watched.flows).toEqual(['sshd 700 -']);
  });

  it.each([
    ['the program was there after it only', '', LISTENING],
    ['the program was there before it only', LISTENING, ''],
    ['another program came to the port', LISTENING, LISTENING.replace('pid=700', 'pid=800')],
    ['two programs share the port', `${LISTENING}\n${LISTENING.replace('"sshd",pid=700', '"other",pid=9')}`, LISTENING],
    ['the port at its address is another program’s without a name', `${LISTENING}\ntcp LISTEN 0 1 10.0.0.5:22 *:*`, LISTENING],
  ])('has none where %s', (_, before, after) => {
    const watched = new Watched({ own: ['10.0.0.5'] }).look(before).packets(short('203.0.113.9:4000', '10.0.0.5:22')).look(after);
    expect(watched.flows).toEqual(['- - -']);
  });

  it('to an address that is not the host’s has none', () => {
    const watched = new Watched({ own: ['10.0.0.5'] }).look(LISTENING).packets(short('203.0.113.9:4000', '10.0.0.6:22')).look(LISTENING);
    expect(watched.flows).toEqual(['- - -']);
  });

  it('from a port that somebody listens on has none: who asks has a socket of its own', () => {
    const watched = new Watched({ own: ['10.0.0.5'] }).look(LISTENING).packets(short('10.0.0.5:22', '203.0.113.9:4000')).look(LISTENING);
    expect(watched.flows).toEqual(['- - -']);
  });

  it('that was refused or not answered has none', () => {
    const watched = new Watched({ own: ['10.0.0.5'] }).look(LISTENING).packets(`
      1 203.0.113.9:4000 > 10.0.0.5:22 S seq=1
      2 203.0.113.9:4001 > 10.0.0.5:22 S seq=1
      2.1 10.0.0.5:22 > 203.0.113.9:4001 RA seq=0 ack=2`);
    expect(watched.look(LISTENING).flows).toEqual(['- - -', '- - -']);
  });

  it('goes by the listener at its own address before the one at any', () => {
    const both = `${LISTENING}\ntcp LISTEN 0 128 10.0.0.5:22 *:* users:(("dropbear",pid=3,fd=3))`;
    const watched = new Watched().look(both).packets(short('203.0.113.9:4000', '10.0.0.5:22')).look(both);
    expect(watched.flows).toEqual(['dropbear 3 -']);
  });

  it('has the name of workers where one of them stayed', () => {
    const before = 'tcp LISTEN 0 128 *:22 *:* users:(("apache2",pid=2,fd=3),("apache2",pid=1,fd=3))';
    const watched = new Watched({ own: ['10.0.0.5'] }).look(before).packets(short('203.0.113.9:4000', '10.0.0.5:22'));
    expect(watched.look(before.replace('pid=2', 'pid=5')).flows).toEqual(['apache2 - -']);
  });
});

describe('datagrams', () => {
  it('have the program of the bound socket at either end', () => {
    const client = 'udp UNCONN 0 0 0.0.0.0:5000 0.0.0.0:* users:(("ntpd",pid=4,fd=3))';
    const watched = new Watched({ own: ['10.0.0.5'] }).look(`${RESOLVER}\n${client}`).packets(`
      1 udp 203.0.113.9:4000 > 10.0.0.5:53
      2 udp 10.0.0.5:5000 > 198.51.100.1:123`);
    expect(watched.look(`${RESOLVER}\n${client}`).flows).toEqual(['unbound 53 -', 'ntpd 4 -']);
  });

  it('of a port that was bound meanwhile wait until the flow went on under the same program', () => {
    const watched = new Watched({ own: ['10.0.0.5'] }).look('').packets('1 udp 203.0.113.9:4000 > 10.0.0.5:53');
    expect(watched.look(RESOLVER).flows).toEqual(['- - -']);
    expect(watched.look(RESOLVER).flows).toEqual(['- - -']);
    watched.packets('12 udp 203.0.113.9:4001 > 10.0.0.5:53').look('').look('');
    expect(watched.flows).toEqual(['- - -', '- - -']);

    const goesOn = new Watched({ own: ['10.0.0.5'] }).look('').packets('1 udp 203.0.113.9:4000 > 10.0.0.5:53').look(RESOLVER);
    expect(goesOn.packets('6 udp 203.0.113.9:4000 > 10.0.0.5:53').look(RESOLVER).flows).toEqual(['unbound 53 -']);
  });
});

it('a look that was taken before the session had flows is joined when it has', () => {
  const watched = new Watched({ isLate: true });
  expect(watched.table.state).toBeNull();
  watched.look('tcp ESTAB 0 0 10.0.0.5:80 203.0.113.9:4000 users:(("nginx",pid=41,fd=7))');
  expect(watched.packets(opened('203.0.113.9:4000', '10.0.0.5:80')).flows).toEqual(['- - -']);
  expect(watched.use().flows).toEqual(['nginx 41 ESTAB']);
});

it('a look that takes long is joined in turns, and those that come meanwhile after it', async () => {
  const { drawn } = new Watched().packets(
    Array.from({ length: 2000 }, (_, i) => opened(`203.0.113.9:${4000 + i}`, '10.0.0.5:80')).join(''),
  );
  let left = 0;
  const turn = {
    get over() {
      return --left < 0;
    },
    next: async () => {
      left = 1;
      await yieldTurn();
    },
  };
  const table = new ProcessTable(() => turn);
  table.use(drawn);
  const look = (state: string) =>
    table.take(
      readSnapshot(
        answerOf(
          Array.from({ length: 2000 }, (_, i) => `tcp ${state} 0 0 10.0.0.5:80 203.0.113.9:${4000 + i} users:(("nginx",pid=41,fd=7))`).join(
            '\n',
          ),
        ),
      ),
    );
  look('ESTAB');
  look('CLOSE-WAIT');
  expect(table.state?.looks).toBe(0);
  while (table.state?.looks !== 2) await yieldTurn();
  expect([0, 1999].map((flow) => `${table.process(flow)} ${table.socket(flow)}`)).toEqual(['nginx CLOSE-WAIT', 'nginx CLOSE-WAIT']);
});

describe('whatever ss prints', () => {
  const word = fc.constantFrom(
    'tcp',
    'udp',
    'ESTAB',
    'LISTEN',
    'UNCONN',
    '0',
    '10.0.0.5:22',
    '[::]:*',
    '*:53',
    '203.0.113.9:4000',
    '[fe80::1%e]:1',
  );
  const user = fc
    .tuple(fc.string({ unit: 'binary', maxLength: 70 }), fc.nat(9_999_999_999))
    .map(([name, pid]) => ` users:(("${name}",pid=${pid},fd=1))`);
  const line = fc.tuple(fc.array(word, { maxLength: 7 }), fc.option(user, { nil: '' })).map(([words, users]) => words.join(' ') + users);

  it('never throws, and names hold no control characters', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.oneof(line, fc.string({ unit: 'binary' })), { maxLength: 12 }), { maxLength: 4 }), (looks) => {
        const watched = new Watched({ own: ['10.0.0.5'] }).packets(opened('203.0.113.9:4000', '10.0.0.5:22'));
        for (const lines of looks) watched.look(lines.join('\n')).packets('9 udp 203.0.113.9:4000 > 10.0.0.5:53');
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not come through
        for (const flow of watched.flows) expect(flow).not.toMatch(/[\u0000-\u001f]/);
        watched.table.listeners();
        watched.table.series();
      }),
    );
  });

  it('the join does not care which end a flow began at, nor in which order sockets are listed', () => {
    const end = fc.tuple(fc.constantFrom('10.0.0.5', '203.0.113.9', '127.0.0.1'), fc.integer({ min: 1, max: 3 }));
    fc.assert(
      fc.property(fc.uniqueArray(end, { minLength: 2, maxLength: 6, selector: String }), fc.boolean(), (ends, isTurned) => {
        const [a, b] = [ends[0]?.join(':') ?? '', ends[1]?.join(':') ?? ''];
        const lines = ends.slice(1).map((each, i) => `tcp ESTAB 0 0 ${a} ${each.join(':')} users:(("p${i}",pid=${i + 1},fd=1))`);
        const named = (source: string, destination: string, sockets: readonly string[]) =>
          new Watched().packets(opened(source, destination)).look(sockets.join('\n')).flows;
        expect(named(a, b, lines)).toEqual(['p0 1 ESTAB']);
        expect(named(b, a, isTurned ? lines.toReversed() : lines)).toEqual(['p0 1 ESTAB']);
      }),
    );
  });

  it('does not grow without end: names, listeners and interfaces are bounded, flows are a ring', () => {
    const watched = new Watched({ capacity: 4 });
    for (let round = 0; round < 40; round++) {
      watched.packets(opened(`203.0.113.9:${4000 + round}`, '10.0.0.5:80', round));
      const listeners = Array.from(
        { length: 400 },
        (_, i) => `tcp LISTEN 0 1 *:${1 + i + 400 * round} *:* users:(("n${round}-${i}",pid=1,fd=1))`,
      );
      const interfaces = Array.from({ length: 20 }, (_, i) => `veth${round}-${i}: 1 1 0 0 0 0 0 0 1 1 0 0 0 0 0 0`).join('\n');
      listeners.push(`tcp ESTAB 0 0 10.0.0.5:80 203.0.113.9:${4000 + round} users:(("w${round}",pid=${round + 1},fd=1))`);
      watched.look(listeners.join('\n'), { interfaces });
    }
    const { listeners } = watched.table.listeners();
    expect(listeners).toHaveLength(4096);
    // The newest are kept.
    expect(listeners.filter(({ open }) => open)).toHaveLength(400);
    expect(watched.table.series().interfaces).toHaveLength(64);
    expect([35, 36, 39].map((flow) => watched.table.process(flow))).toEqual([null, 'w36', 'w39']);
  });
});
