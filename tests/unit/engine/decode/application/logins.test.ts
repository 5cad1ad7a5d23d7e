import { describe, expect, it } from 'vitest';
import { AUTH_SERVICE_NAMES, EventKind } from '../../../../../src/shared/model/event-kinds';
import { draw } from '../../../../builders/draw';
import { readCapture } from '../../../../builders/read-capture';

/** What a dialogue with a server's port states of logins: 'FTP secret of joe', 'FTP failed joe'. Lines: '> client' and '< server'. */
async function logins(port: number, lines: readonly string[]): Promise<string[]> {
  const [client, server] = ['10.0.0.1:40000', `10.0.0.2:${port}`];
  const drawn = lines.map((line) => {
    const [from, to] = line.startsWith('>') ? [client, server] : [server, client];
    return `${from} > ${to} PA ${line.slice(2)}`;
  });
  const { tables } = await readCapture(draw([`${client} > ${server} S`, `${server} > ${client} SA`, ...drawn].join('\n')).pcap());
  const { events, texts } = tables;
  return Array.from({ length: events.count }, (_, at) => {
    const [kind, number = 0] = [events.kind[at], events.number[at]];
    const user = texts.text(events.name[at] ?? -1);
    if (kind === EventKind.CleartextCredentials) return `${AUTH_SERVICE_NAMES[number]} secret of ${user}`.trimEnd();
    if (kind !== EventKind.Authentication) return '';
    return `${AUTH_SERVICE_NAMES[number >>> 8]} ${['', 'failed', 'succeeded'][number & 255]} ${user}`.trimEnd();
  }).filter((said) => said !== '');
}

const text = (line: string): string => `'${line}\\r\\n'`;
const base64 = (plain: string): string => Buffer.from(plain, 'latin1').toString('base64');
const hex = (plain: string): string => Buffer.from(plain, 'latin1').toString('hex').replace(/../g, '$& ').trim();

describe('a login', () => {
  it('by FTP is told with its user, its secret left out, and its outcome', async () => {
    const said = await logins(21, [
      `< ${text('220 ready')}`,
      `> ${text('USER joe')}`,
      `< ${text('331 password')}`,
      `> ${text('PASS geheim')}`,
      `< ${text('530 no')}`,
      `> ${text('USER joe')}`,
      `< ${text('331 password')}`,
      `> ${text('PASS richtig')}`,
      `< ${text('230 in')}`,
    ]);
    expect(said).toEqual(['FTP secret of joe', 'FTP failed joe', 'FTP secret of joe', 'FTP succeeded joe']);
  });

  it('that is asked for without one being tried is none', async () => {
    expect(await logins(21, [`> ${text('LIST')}`, `< ${text('530 please log in')}`])).toEqual([]);
  });

  it('by POP3 in one segment is decided by the second answer', async () => {
    const said = await logins(110, [`> 'USER joe\\r\\nPASS x\\r\\n'`, `< ${text('+OK')}`, `< ${text('-ERR')}`]);
    expect(said).toEqual(['POP3 secret of joe', 'POP3 failed joe']);
  });

  it('by SMTP: PLAIN at once, LOGIN in three lines, CRAM-MD5 without a secret', async () => {
    const said = await logins(25, [
      `> ${text(`AUTH PLAIN ${base64('\0joe\0secret')}`)}`,
      `< ${text('535 5.7.8 no')}`,
      `> ${text('AUTH LOGIN')}`,
      `< ${text('334 VXNlcm5hbWU6')}`,
      `> ${text(base64('ann'))}`,
      `< ${text('334 UGFzc3dvcmQ6')}`,
      `> ${text(base64('secret'))}`,
      `< ${text('235 in')}`,
      `> ${text('AUTH CRAM-MD5')}`,
      `< ${text('334 xyz')}`,
      `> ${text('abc')}`,
      `< ${text('535 no')}`,
    ]);
    expect(said).toEqual(['SMTP secret of joe', 'SMTP failed joe', 'SMTP secret of ann', 'SMTP succeeded ann', 'SMTP failed']);
  });

  it('by IMAP: atom or quoted name, untagged lines passed over', async () => {
    const said = await logins(143, [
      `> ${text('a1 LOGIN joe x')}`,
      `< ${text('* CAPABILITY IMAP4')}`,
      `< ${text('a1 NO wrong')}`,
      `> 'a2 login "ann b" "x"\\r\\n'`.replaceAll('"', '\\"'),
      `< ${text('a2 OK in')}`,
      `> ${text('a3 FETCH 1')}`,
      `< ${text('a3 NO none')}`,
    ]);
    expect(said).toEqual(['IMAP secret of joe', 'IMAP failed joe', 'IMAP secret of ann b', 'IMAP succeeded ann b']);
  });

  it('by MySQL is decided by the error or the OK behind it', async () => {
    const login = `> hex 28 00 00 01 | 05 a2 00 00 | 00 00 00 01 | 21 | 00*23 | ${hex('root')} 00 | 00 00 00`;
    const denied = '< hex 05 00 00 02 | ff | 15 04 | 23 32';
    const fine = '< hex 07 00 00 02 | 00 00 00 02 00 00 00';
    const greeting = '< hex 06 00 00 00 | 0a 35 2e 37 00 00';
    expect(await logins(3306, [greeting, login, denied])).toEqual(['MySQL failed root']);
    expect(await logins(3306, [greeting, login, fine, '> hex 01 00 00 00 | 0e', denied])).toEqual(['MySQL succeeded root']);
  });

  it('by PostgreSQL is told when the password goes in clear text', async () => {
    const said = await logins(5432, [
      `> hex 00 00 00 13 00 03 00 00 | ${hex('user')} 00 | ${hex('joe')} 00 | 00 00`,
      '< hex 52 00 00 00 08 00 00 00 03',
      `> hex 70 00 00 00 06 | ${hex('x')} 00`,
      `< hex 45 00 00 00 0c | ${hex('C28P01')} 00 00`,
    ]);
    expect(said).toEqual(['PostgreSQL secret of joe', 'PostgreSQL failed joe']);
  });

  it('by Telnet is read from prompts', async () => {
    const said = await logins(23, [
      `< 'login: '`,
      `> ${text('joe')}`,
      `< 'Password: '`,
      `> ${text('x')}`,
      `< 'Login incorrect\\r\\nlogin: '`,
      `> ${text('ann')}`,
      `< 'Password: '`,
      `> ${text('y')}`,
      `< 'Welcome\\r\\nann@host:~$ '`,
    ]);
    expect(said).toEqual(['Telnet secret of joe', 'Telnet failed joe', 'Telnet secret of ann', 'Telnet succeeded ann']);
  });

  it('by Redis is one after AUTH', async () => {
    const auth = `> '*2\\r\\n$4\\r\\nAUTH\\r\\n$1\\r\\nx\\r\\n'`;
    const said = await logins(6379, [auth, `< ${text('-WRONGPASS no')}`, auth, `< ${text('+OK')}`, `< ${text('+OK')}`]);
    expect(said).toEqual(['Redis secret of', 'Redis failed', 'Redis secret of', 'Redis succeeded']);
  });

  it('by LDAP is a bind with name and password', async () => {
    const bind = (name: string, secret: string): string => {
      const parts = `02 01 03 | 04 ${hex(String.fromCharCode(name.length) + name)} | 80 ${hex(String.fromCharCode(secret.length) + secret)}`;
      const length = 7 + name.length + secret.length;
      return `> hex 30 ${hex(String.fromCharCode(length + 5))} | 02 01 01 | 60 ${hex(String.fromCharCode(length))} | ${parts}`;
    };
    const answer = (code: string): string => `< hex 30 0c 02 01 01 | 61 07 | 0a 01 ${code} | 04 00 04 00`;
    expect(await logins(389, [bind('cn=joe', 'x'), answer('31'), bind('cn=joe', 'y'), answer('00')])).toEqual([
      'LDAP secret of cn=joe',
      'LDAP failed cn=joe',
      'LDAP secret of cn=joe',
      'LDAP succeeded cn=joe',
    ]);
    expect(await logins(389, [bind('', ''), answer('00')])).toEqual([]);
  });

  it('by SMB 2 is decided by the status of the session setup', async () => {
    const setup = (status: string): string => `< hex 00 00 00 40 | fe 'SMB' 40 00 00 00 | ${status} | 01 00 01 00 | 01 00 00 00 | 00*44`;
    const said = await logins(445, [setup('6d 00 00 c0'), setup('16 00 00 c0'), setup('00 00 00 00')]);
    expect(said).toEqual(['SMB failed', 'SMB succeeded']);
  });

  it('by a form is told by the names of its fields, blank ones left out', async () => {
    const form = (body: string, type = 'application/x-www-form-urlencoded'): string =>
      `> ${text(`POST /login HTTP/1.1\\r\\nHost: a.example\\r\\nContent-Type: ${type}\\r\\nContent-Length: ${body.length}\\r\\n\\r\\n${body}`).replace(/\\r\\n'$/, "'")}`;
    expect(await logins(80, [form('log=joe&pwd=geheim&next=/')])).toEqual(['HTTP form secret of joe']);
    expect(await logins(8000, [form('password=geheim')])).toEqual(['HTTP form secret of']);
    expect(await logins(80, [form('user=joe&password=&q=x')])).toEqual([]);
    expect(await logins(80, [form('password=geheim', 'text/plain')])).toEqual([]);
  });

  it('by VNC is decided by what follows the answer to the challenge, on any port', async () => {
    const talk = (result: string): string[] => [
      "< 'RFB 003.008\\n'",
      "> 'RFB 003.008\\n'",
      '< hex 01 02',
      '> hex 02',
      '< hex 11*16',
      '> hex 22*16',
      `< hex ${result}`,
      '< hex 00 00 00 01',
    ];
    expect(await logins(5900, talk('00 00 00 01 | 00 00 00 01 | 78'))).toEqual(['VNC failed']);
    expect(await logins(15_900, talk('00 00 00 00'))).toEqual(['VNC succeeded']);
    const withoutPassword = ["< 'RFB 003.008\\n'", "> 'RFB 003.008\\n'", '< hex 01 01', '> hex 01', '< hex 00 00 00 00'];
    expect(await logins(5900, withoutPassword)).toEqual([]);
  });

  it('by Kerberos fails for a wrong password, not where proof of it is asked for or the name is unknown', async () => {
    const error = (code: string): string => `< hex 00 00 00 10 | 7e 0e | 30 0c | a0 03 02 01 05 | a6 03 02 01 ${code} | 00 00`;
    expect(await logins(88, [error('19'), error('18'), error('06')])).toEqual(['Kerberos failed']);
  });

  it('by SQL Server is read from the response', async () => {
    const failed = '< hex 04 01 00 11 00 00 01 00 | aa 06 00 | 18 48 00 00 | 01 0e';
    const fine = '< hex 04 01 00 13 00 00 01 00 | e3 01 00 01 | ad 04 00 01 74 00 00';
    expect(await logins(1433, [failed, fine])).toEqual(['SQL Server failed', 'SQL Server succeeded']);
  });

  it('by SIP fails where the answer to the challenge is refused', async () => {
    const register = (more: string): string => `> 'REGISTER sip:a.example SIP/2.0\\r\\nCSeq: 1 REGISTER\\r\\n${more}\\r\\n'`;
    const says = (status: string, more = ''): string => `< 'SIP/2.0 ${status}\\r\\nCSeq: 1 REGISTER\\r\\n${more}\\r\\n'`;
    const proof = 'Authorization: Digest username=joe\\r\\n';
    const stale = 'WWW-Authenticate: Digest nonce=x, stale=true\\r\\n';
    expect(await logins(5060, [register(''), says('401 Unauthorized'), register(proof), says('200 OK')])).toEqual(['SIP succeeded']);
    expect(await logins(5060, [register(proof), says('401 Unauthorized')])).toEqual(['SIP failed']);
    expect(await logins(5060, [register(proof), says('401 Unauthorized', stale)])).toEqual([]);
    expect(await logins(5060, [register(''), says('403 Forbidden')])).toEqual(['SIP failed']);
  });

  it('by IRC is told where a password goes along', async () => {
    const said = await logins(6667, [`> ${text('PASS x')}`, `> ${text('NICK joe')}`, `< ${text(':irc.example 464 joe :no')}`]);
    expect(said).toEqual(['IRC secret of', 'IRC failed']);
    expect(await logins(6667, [`> ${text('NICK joe')}`, `< ${text(':irc.example 001 joe :hi')}`])).toEqual([]);
  });

  it('by SMB 1 is decided by the same', async () => {
    const setup = (status: string): string => `< hex 00 00 00 28 | ff 'SMB' 73 | ${status} | 88 | 00*30`;
    expect(await logins(445, [setup('16 00 00 c0'), setup('6d 00 00 c0'), setup('00 00 00 00')])).toEqual(['SMB failed', 'SMB succeeded']);
  });

  it('by LDAP with a hidden secret is decided by the last answer', async () => {
    const bind = '> hex 30 18 | 02 01 01 | 60 13 | 02 01 03 | 04 00 | a3 0c | 04 0a 47 53 53 2d 53 50 4e 45 47 4f';
    const answer = (code: string): string => `< hex 30 0c 02 01 01 | 61 07 | 0a 01 ${code} | 04 00 04 00`;
    expect(await logins(389, [bind, answer('0e'), bind, answer('31')])).toEqual(['LDAP failed']);
  });

  it('by HTTP is told beside the request, which filters still find', async () => {
    const line = `10.0.0.1:4000 > 10.0.0.2:80 PA 'GET / HTTP/1.1\\r\\nHost: a.example\\r\\nAuthorization: Basic ${base64('joe:x:y')}\\r\\n\\r\\n'`;
    const { tables } = await readCapture(draw(line).pcap());
    const { events, texts } = tables;
    const said = Array.from({ length: events.count }, (_, at) => [events.kind[at], texts.text(events.name[at] ?? -1)]);
    expect(said).toEqual(
      expect.arrayContaining([
        [EventKind.CleartextCredentials, 'joe'],
        [EventKind.HttpRequest, 'a.example'],
      ]),
    );
  });
});
