import { createHmac, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownHostName } from '../../../../../src/engine/sources/ssh/host';
import { fingerprint, judgeHostKey, keyTypeOf, knownKeyTypes, parseKnownHosts } from '../../../../../src/engine/sources/ssh/known-hosts';

/** A public key as it is on the wire: its type and some bytes. */
function key(name: string, type = 'ssh-ed25519'): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(type.length);
  return Buffer.concat([length, Buffer.from(type), Buffer.from(name)]);
}
const line = (names: string, bytes: Buffer): string => `${names} ${keyTypeOf(bytes)} ${bytes.toString('base64')}`;
const hashed = (name: string): string => {
  const salt = randomBytes(20);
  return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;
};
const judge = (text: string, name: string, bytes: Buffer): string => judgeHostKey(parseKnownHosts(text, 'known_hosts'), name, bytes).kind;

describe('known_hosts', () => {
  const mine = key('mine');
  const other = key('other');

  it.each([
    ['a name', 'example.org', 'example.org', 'match'],
    ['one of several', 'a,example.org,b', 'example.org', 'match'],
    ['letters of either case', 'Example.ORG', 'example.org', 'match'],
    ['a wildcard', '*.example.org', 'www.example.org', 'match'],
    ['a question mark', 'web?.example.org', 'web1.example.org', 'match'],
    ['an exception', '*.example.org,!old.example.org', 'old.example.org', 'unknown'],
    ['an exception alone', '!old.example.org', 'new.example.org', 'unknown'],
    ['a port', '[example.org]:2222', '[example.org]:2222', 'match'],
    ['another port', '[example.org]:2222', 'example.org', 'unknown'],
    ['a hashed name', hashed('example.org'), 'example.org', 'match'],
    ['another hashed name', hashed('example.com'), 'example.org', 'unknown'],
    ['a hash that is none', '|1|x|y', 'example.org', 'unknown'],
    ['a hash of a later kind', '|2|AAAA|AAAA', 'example.org', 'unknown'],
  ])('%s', (_, names, host, verdict) => {
    expect(judge(line(names, mine), host, mine)).toBe(verdict);
  });

  it('comments, empty lines and lines that are damaged say nothing', () => {
    const text = `# example.org\n\n   \nexample.org\nexample.org ssh-ed25519 !!!\n@unknown ${line('example.org', other)}\n\t${line('example.org', mine)} # note\r\n`;
    expect(judge(text, 'example.org', mine)).toBe('match');
    expect(parseKnownHosts(text, 'f').map((entry) => entry.line)).toEqual([7]);
  });

  it('one right line is enough beside wrong ones; without it the key has changed', () => {
    const text = [line('example.org', other), line('*', mine)].join('\n');
    expect(judge(text, 'example.org', mine)).toBe('match');
    expect(judge(line('example.org', other), 'example.org', mine)).toBe('changed');
    expect(judge(line('example.org', key('rsa', 'ssh-rsa')), 'example.org', mine)).toBe('changed');
  });

  it('revoked is stronger than known, and only for that key', () => {
    const text = [line('example.org', mine), `@revoked ${line('*', mine)}`, line('example.org', other)].join('\n');
    expect(judge(text, 'example.org', mine)).toBe('revoked');
    expect(judge(text, 'example.org', other)).toBe('match');
  });

  it('a certificate authority is no host key', () => {
    const verdict = judgeHostKey(parseKnownHosts(`@cert-authority ${line('*.example.org', mine)}`, 'f'), 'a.example.org', mine);
    expect(verdict).toMatchObject({ kind: 'unknown', authority: { line: 1 } });
  });

  it('tells the types that are known, and names hosts as ssh does', () => {
    const entries = parseKnownHosts(
      [line('h', mine), line('h', key('r', 'ssh-rsa')), line('x', key('e', 'ecdsa-sha2-nistp256'))].join('\n'),
      'f',
    );
    expect(knownKeyTypes(entries, 'h')).toEqual(['ssh-ed25519', 'ssh-rsa']);
    expect([knownHostName('Host', 22), knownHostName('::1', 2222)]).toEqual(['host', '[::1]:2222']);
    expect(fingerprint(Buffer.from('x'))).toBe('SHA256:LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE');
  });

  it('survives any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.string(), (text, name) => {
        judgeHostKey(parseKnownHosts(`${text}\n|1|${text}|${text} ssh-rsa ${text}`, 'f'), name, Buffer.from(text));
      }),
    );
  });
});
