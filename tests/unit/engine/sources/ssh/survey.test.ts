import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CaptureMessages } from '../../../../../src/engine/sources/ssh/capture-messages';
import { parseSshConnection, withoutOwnConnection } from '../../../../../src/engine/sources/ssh/own-connection';
import { readSections } from '../../../../../src/engine/sources/ssh/plan-script';
import { readSurvey, usualInterface } from '../../../../../src/engine/sources/ssh/survey';
import { parseSshTarget } from '../../../../../src/engine/sources/ssh/target';

const ANSWER = `Welcome to example!
m os
Linux
PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
ID=debian

m user
1000
alice

m connection
198.51.100.7 51234 203.0.113.9 22

m tcpdump
/usr/sbin/tcpdump

m version
tcpdump version 4.99.3

m usage
Usage: tcpdump [-AbdDU] [ -B size ] [ -Z user ]

m interfaces
1.eth0 [Up, Running, Connected]
2.any (Pseudo-device that captures on all interfaces) [Up, Running]
3.tun0

m addresses
1: lo    inet 127.0.0.1/8 scope host lo
2: eth0    inet 203.0.113.9/24 brd 203.0.113.255 scope global eth0
2: eth0    inet6 2001:db8::9/64 scope global

m end
`;

describe('what a server says of itself', () => {
  it('is read', () => {
    const survey = readSurvey(readSections(ANSWER, 'm'));
    expect(survey).toMatchObject({
      kernel: 'Linux',
      system: 'Debian GNU/Linux 12 (bookworm)',
      user: 'alice',
      root: false,
      connection: { clientAddress: '198.51.100.7', clientPort: 51234, serverAddress: '203.0.113.9', serverPort: 22 },
      tcpdump: { path: '/usr/sbin/tcpdump', version: '4.99.3' },
    });
    expect([...(survey.tcpdump?.options ?? [])].sort().join('')).toBe('ABDUZbd');
    expect(survey.interfaces.map(({ name, up, addresses }) => [name, up, addresses])).toEqual([
      ['eth0', true, ['203.0.113.9', '2001:db8::9']],
      ['any', true, []],
      ['tun0', null, []],
      ['lo', null, ['127.0.0.1']],
    ]);
    expect(usualInterface(survey)).toBe('eth0');
  });

  it('may be cut anywhere or be anything', () => {
    fc.assert(
      fc.property(fc.nat(ANSWER.length), fc.string({ unit: 'binary', maxLength: 200 }), (at, noise) => {
        const survey = readSurvey(readSections(`${ANSWER.slice(0, at)}${noise}\nm interfaces\n1.${noise} [Up]\n`, 'm'));
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not come through
        expect(JSON.stringify(survey.interfaces.map((one) => one.name + one.description))).not.toMatch(/[\u0000-\u001f\u202e]/);
        usualInterface(survey);
      }),
    );
  });
});

describe('our own connection', () => {
  it.each([
    ['198.51.100.7 51234 203.0.113.9 22', 'not (tcp and host 198.51.100.7 and host 203.0.113.9 and port 51234 and port 22)'],
    ['fe80::1%eth0 51234 fe80::2%eth0 2222', 'not (tcp and host fe80::1 and host fe80::2 and port 51234 and port 2222)'],
    ['::ffff:192.0.2.1 1 ::ffff:192.0.2.2 2', 'not (tcp and host 192.0.2.1 and host 192.0.2.2 and port 1 and port 2)'],
  ])('%s', (text, filter) => {
    const own = parseSshConnection(text);
    expect(own && withoutOwnConnection(own, '')).toBe(filter);
    // Before the user's part, which may be one that moves what follows (vlan).
    expect(own && withoutOwnConnection(own, ' vlan and tcp ')).toBe(`${filter} and (vlan and tcp)`);
  });

  it.each(['', '1.2.3.4 1 5.6.7.8', '1.2.3.4 0 5.6.7.8 22', '1.2.3.4 1 5.6.7.8 99999', 'a 1 b 2', '1.2.3.4 1) 5.6.7.8 22', 'x'.repeat(99)])(
    'is not known from "%s"',
    (text) => expect(parseSshConnection(text)).toBeNull(),
  );
});

describe('the messages of a capture', () => {
  const read = (...chunks: string[]): CaptureMessages => {
    const messages = new CaptureMessages('m');
    for (const chunk of chunks) messages.add(Buffer.from(chunk));
    return messages;
  };

  it('counts while it goes on and at its end', () => {
    const messages = read(
      'tcpdump: listening on eth0, link-type EN10MB\ntcpdump: 5 packets captured, 7 packets received by fil',
      'ter, 1 packet dropped by kernel\n',
    );
    expect(messages).toMatchObject({
      listening: true,
      complaint: '',
      counts: { received: 7, droppedByKernel: 1, droppedByInterface: null },
    });
    messages.add(Buffer.from('9 packets received by filter\n2 packets dropped by kernel\n3 packets dropped by interface\nm exit 0\n'));
    expect(messages).toMatchObject({ exitStatus: 0, counts: { received: 9, droppedByKernel: 2, droppedByInterface: 3 } });
  });

  it('keeps a few lines of anything', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 30 }), (chunks) => {
        const messages = read(...chunks.map((chunk) => `${chunk}\n`), 'x'.repeat(100_000));
        expect(messages.complaint.length).toBeLessThan(400);
      }),
    );
    expect(read('m pid 12 34\n').process).toEqual({ pid: 12, born: '34' });
    expect(read('m pid 12;reboot 34\n').process).toBeNull();
  });
});

describe('parseSshTarget', () => {
  const parsed = (text: string): unknown => {
    const result = parseSshTarget(text);
    return result.ok ? [result.value.user, result.value.host, result.value.port] : result.problem.code;
  };

  it.each([
    ['example.org', [null, 'example.org', null]],
    ['root@example.org', ['root', 'example.org', null]],
    ['ssh://root@example.org:2222/', ['root', 'example.org', 2222]],
    ['me@corp@example.org:22', ['me@corp', 'example.org', 22]],
    ['root@[2001:db8::1]:22', ['root', '2001:db8::1', 22]],
    ['2001:db8::1', [null, '2001:db8::1', null]],
  ])('%s', (text, target) => expect(parsed(text)).toEqual(target));

  it.each([
    '',
    '@',
    'root@',
    '@host',
    '-oProxyCommand=x',
    'root@-x',
    'a b',
    'host:0',
    'host:70000',
    'host:ssh',
    '$(id)',
    'a\nb',
    '-x@host',
  ])('refuses "%s"', (text) => expect(parsed(text)).toBe('bad-ssh-target'));
});
