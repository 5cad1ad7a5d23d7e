import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writePcap } from '../builders/pcap';
import { wire } from '../builders/wire';

const FLAGS: Readonly<Record<string, number>> = { F: 0x01, S: 0x02, R: 0x04, P: 0x08, A: 0x10 };
const MACS = wire('02 00 00 00 00 04 | 02 00 00 00 00 01 | 0800');
const ETHERNET = 14;
const IPV4 = 20;

/**
 * An Ethernet frame drawn in one line: '10.0.0.1:41022 > 10.0.0.4:22 SA' is TCP with these flags, without flags it is UDP. `payload` follows
 * the transport header.
 */
export function frame(line: string, payload: Uint8Array = new Uint8Array()): Uint8Array {
  const [, from = '', fromPort = '', to = '', toPort = '', flags] = /^([\d.]+):(\d+) > ([\d.]+):(\d+)(?: ([A-Z]+))?$/.exec(line) ?? [];
  const isTcp = flags !== undefined;
  const transport = isTcp ? 20 : 8;
  const bytes = new Uint8Array(ETHERNET + IPV4 + transport + payload.length);
  const view = new DataView(bytes.buffer);
  bytes.set(MACS);
  view.setUint8(ETHERNET, 0x45);
  view.setUint16(ETHERNET + 2, IPV4 + transport + payload.length);
  view.setUint8(ETHERNET + 8, 64);
  view.setUint8(ETHERNET + 9, isTcp ? 6 : 17);
  bytes.set(from.split('.').map(Number), ETHERNET + 12);
  bytes.set(to.split('.').map(Number), ETHERNET + 16);
  const start = ETHERNET + IPV4;
  view.setUint16(start, Number(fromPort));
  view.setUint16(start + 2, Number(toPort));
  if (isTcp) {
    view.setUint32(start + 4, 1000);
    view.setUint8(start + 12, 0x50);
    view.setUint8(
      start + 13,
      [...flags].reduce((bits, flag) => bits | (FLAGS[flag] ?? 0), 0),
    );
    view.setUint16(start + 14, 1024);
  } else view.setUint16(start + 4, transport + payload.length);
  bytes.set(payload, start + transport);
  return bytes;
}

/** A DNS question for the name. */
export function dnsQuestion(name: string): Uint8Array {
  const labels = name.split('.').map((label) => `${label.length.toString(16).padStart(2, '0')} '${label}'`);
  return wire(`9c1a 0100 0001 0000 0000 0000 | ${labels.join(' ')} 00 | 0001 0001`);
}

/** Four knocks of a scan, their answers, and two DNS questions: 10 packets, 10 ms apart. */
export const knocks = (): Uint8Array[] => [
  ...[22, 23, 80, 3306].flatMap((port) => [
    frame(`203.0.113.9:41022 > 10.0.0.4:${port} S`),
    frame(`10.0.0.4:${port} > 203.0.113.9:41022 ${port === 22 ? 'SA' : 'RA'}`),
  ]),
  frame('10.0.0.4:5353 > 10.0.0.1:53', dnsQuestion('api.example.com')),
  frame('10.0.0.4:5353 > 10.0.0.1:53', dnsQuestion('mail.example.org')),
];

export const pcapOf = (frames: readonly Uint8Array[]): Uint8Array =>
  writePcap(frames.map((data, index) => ({ data, seconds: 1_700_000_000 + Math.floor(index / 100), fraction: (index % 100) * 10_000 })));

/** A folder of files for one test file. */
export class CaptureFolder {
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  static async make(): Promise<CaptureFolder> {
    return new CaptureFolder(await mkdtemp(join(tmpdir(), 'portlight-captures-')));
  }

  path(name: string): string {
    return join(this.#path, name);
  }

  async write(name: string, content: Uint8Array | string): Promise<string> {
    await writeFile(this.path(name), content);
    return this.path(name);
  }

  remove(): Promise<void> {
    return rm(this.#path, { recursive: true, force: true });
  }
}
