import { isIP } from 'node:net';
import { type OwnConnection, parseSshConnection } from './own-connection';
import { plainText } from './plain-text';

/** An interface of the server. */
export interface RemoteInterface {
  readonly name: string;
  readonly description: string;
  readonly addresses: readonly string[];
  /** null where the server does not say. */
  readonly up: boolean | null;
}

/** What a server has, before anything is captured there. All texts are cleaned. */
export interface RemoteSurvey {
  /** 'Linux', 'FreeBSD' ... */
  readonly kernel: string;
  /** 'Debian GNU/Linux 12 (bookworm)'. */
  readonly system: string;
  /** Of os-release: the distribution and those that it is like. */
  readonly families: readonly string[];
  readonly user: string;
  readonly root: boolean;
  readonly connection: OwnConnection | null;
  readonly sudo: boolean;
  /** null: there is none. */
  readonly tcpdump: RemoteTcpdump | null;
  readonly interfaces: readonly RemoteInterface[];
}

export interface RemoteTcpdump {
  readonly path: string;
  readonly version: string;
  /** Letters of the options that it has. */
  readonly options: ReadonlySet<string>;
  readonly capabilities: string;
}

const MAX_INTERFACES = 300;
const MAX_ADDRESSES = 64;

export function readSurvey(sections: ReadonlyMap<string, readonly string[]>): RemoteSurvey {
  const lines = (name: string): readonly string[] => sections.get(name) ?? [];
  const one = (name: string, index = 0): string => plainText(lines(name)[index] ?? '');
  const release = (key: string): string => {
    const line = lines('os').find((text) => text.startsWith(`${key}=`)) ?? '';
    return plainText(line.slice(key.length + 1).replace(/^["']|["']$/g, ''));
  };
  const path = lines('tcpdump')[0] ?? '';
  return {
    kernel: one('os'),
    system: release('PRETTY_NAME') || one('os'),
    families: `${release('ID')} ${release('ID_LIKE')}`.trim().split(/\s+/),
    user: one('user', 1) || 'this user',
    root: one('user') === '0',
    connection: parseSshConnection(lines('connection')[0] ?? ''),
    sudo: one('sudo') !== '',
    tcpdump:
      path === '' || plainText(path) !== path
        ? null
        : {
            path,
            version: plainText(/version\s+(\S+)/.exec(lines('version').join('\n'))?.[1] ?? ''),
            options: optionLetters(lines('usage').join(' ')),
            capabilities: plainText(one('capabilities').slice(path.length)),
          },
    interfaces: readInterfaces(lines('interfaces'), lines('addresses')),
  };
}

/** From '[-aAbdD] [ -B size ] [ -z command ]'. */
function optionLetters(usage: string): Set<string> {
  const letters = new Set<string>();
  for (const match of usage.matchAll(/\[\s?-([A-Za-z#]+)/g)) for (const letter of match[1] ?? '') letters.add(letter);
  return letters;
}

/** `listed`: of `tcpdump -D`; `addressed`: of `ip -o addr`. */
function readInterfaces(listed: readonly string[], addressed: readonly string[]): RemoteInterface[] {
  const found = new Map<string, { description: string; addresses: string[]; up: boolean | null }>();
  const entry = (name: string): { description: string; addresses: string[]; up: boolean | null } | null => {
    if (plainText(name, 64) !== name) return null;
    const known = found.get(name);
    if (known !== undefined || found.size >= MAX_INTERFACES) return known ?? null;
    const made = { description: '', addresses: [], up: null };
    found.set(name, made);
    return made;
  };
  for (const line of listed) {
    const match = /^\d+\.(\S+)(?: \(([^)]*)\))?(?: \[([^\]]*)\])?/.exec(line);
    const made = match?.[1] === undefined ? null : entry(match[1]);
    if (made === null) continue;
    made.description = plainText(match?.[2] ?? '', 100);
    if (match?.[3] !== undefined) made.up = /\bUp\b/.test(match[3]);
  }
  for (const line of addressed) {
    const [, name = '', kind = '', address = ''] = line.split(/\s+/);
    const plain = address.replace(/\/\d+$/, '');
    if (!kind.startsWith('inet') || isIP(plain) === 0) continue;
    const made = entry(name.replace(/@.*$/, ''));
    if (made !== null && made.addresses.length < MAX_ADDRESSES) made.addresses.push(plain);
  }
  return [...found].map(([name, rest]) => ({ name, ...rest }));
}

/** The interface that our own connection comes in by: on a server the one that matters. */
export function usualInterface(survey: RemoteSurvey): string {
  const { connection, interfaces } = survey;
  const ours = interfaces.find((one) => connection !== null && one.addresses.includes(connection.serverAddress));
  const other = interfaces.find((one) => one.up !== false && one.addresses.length > 0 && !one.addresses.every(isLoopback));
  return (ours ?? other)?.name ?? 'any';
}

const isLoopback = (address: string): boolean => address.startsWith('127.') || address === '::1';
