import type { CaptureTool, CaptureToolKind } from '../../../../shared/model/capture-interfaces';
import type { LiveCounts } from '../live-capture';
import type { LocalProblemCode } from './problems';

/** What is to be captured, for any of the programs. */
export interface LocalCaptureOptions {
  readonly interface: string;
  /** Bytes of each packet, 1 to 262,144. */
  readonly snapLength?: number;
  /** libpcap's language; empty: everything. */
  readonly filter?: string;
  /** Frames for others too; on by default. */
  readonly promiscuous?: boolean;
}

/** What a line of standard error says. */
export interface Report {
  readonly ready?: boolean;
  readonly counts?: Partial<LiveCounts>;
  /** Whether the interface is up now. */
  readonly up?: boolean;
  /** A failure: the code and what the program said. */
  readonly failure?: { readonly code: LocalProblemCode; readonly reason: string };
  /** The program ended as it should. */
  readonly ended?: boolean;
}

/** How one of the programs is told what to capture, and how it tells what happens. */
export interface Dialect {
  readonly arguments: (options: LocalCaptureOptions) => readonly string[];
  readonly read: (line: string) => Report;
  /** Ends by itself when its standard input does; the others need a supervisor for that. */
  readonly endsWithInput: boolean;
}

const MAX_SNAP_LENGTH = 262_144;
/**
 * Of the kernel's ring, the only queue there is: a third of a second at 1,000,000 short packets a second. 2 MiB lost a sixth when the reader
 * paused for 300 ms at 100,000 a second.
 */
const RING_MEBIBYTES = 64;

const snapLength = ({ snapLength = MAX_SNAP_LENGTH }: LocalCaptureOptions): string => String(snapLength);
const filterOf = ({ filter = '' }: LocalCaptureOptions): string => filter.trim();

const helper: Dialect = {
  endsWithInput: true,
  arguments: (options) => [
    '--interface',
    options.interface,
    '--snap-length',
    snapLength(options),
    '--ring',
    String(RING_MEBIBYTES),
    ...(filterOf(options) === '' ? [] : ['--filter', filterOf(options)]),
    ...(options.promiscuous === false ? ['--no-promiscuous'] : []),
  ],
  read: readHelperLine,
};

const dumpcap: Dialect = {
  endsWithInput: false,
  arguments: (options) => [
    '-q',
    '-n',
    ...['-i', options.interface, '-s', snapLength(options), '-B', String(RING_MEBIBYTES)],
    ...(filterOf(options) === '' ? [] : ['-f', filterOf(options)]),
    ...(options.promiscuous === false ? ['-p'] : []),
    '-w',
    '-',
  ],
  read: (line) => {
    // Read packets, and those dropped: by the kernel, by dumpcap, at the end, by the interface.
    const counts = /received\/dropped on interface .*: (\d+)\/\d+ \(pcap:(\d+)\/dumpcap:(\d+)\/flushed:(\d+)\/ps_ifdrop:(\d+)\)/.exec(line);
    if (counts === null) return readText(line);
    const [received = 0, byPcap = 0, byDumpcap = 0, flushed = 0, byInterface = 0] = counts.slice(1).map(Number);
    const byKernel = byPcap + byDumpcap + flushed;
    return { ended: true, counts: { received: received + byKernel, droppedByKernel: byKernel, droppedByInterface: byInterface } };
  },
};

const tcpdump: Dialect = {
  endsWithInput: false,
  arguments: (options) => [
    '-n',
    '-U',
    ...['-i', options.interface, '-s', snapLength(options), '-B', String(RING_MEBIBYTES * 1024), '-w', '-'],
    ...(process.platform === 'linux' ? ['--time-stamp-precision', 'nano'] : []),
    ...(options.promiscuous === false ? ['-p'] : []),
    // A filter that begins with a minus sign is no option.
    ...(filterOf(options) === '' ? [] : ['--', filterOf(options)]),
  ],
  read: (line) => {
    const count = /^(\d+) packets? (received by filter|dropped by kernel|dropped by interface)/.exec(line);
    if (count === null) return readText(line);
    const value = Number(count[1]);
    if (count[2] === 'received by filter') return { ended: true, counts: { received: value } };
    if (count[2] === 'dropped by interface') return { counts: { droppedByInterface: value } };
    // Of the interface it speaks, after this, only where it dropped some.
    return { counts: { droppedByKernel: value, droppedByInterface: 0 } };
  },
};

const DIALECTS: Readonly<Record<CaptureToolKind, Dialect>> = { helper, dumpcap, tcpdump };

export const dialectOf = (tool: CaptureTool): Dialect => DIALECTS[tool.kind];

/** What dumpcap and tcpdump print, in libpcap's words or their own. */
const SENTENCES: readonly (readonly [RegExp, LocalProblemCode])[] = [
  [/permission|not permitted|sufficient permissions/i, 'no-rights'],
  [/No such device|no device named|does ?n[o']t exist/i, 'no-such-interface'],
  [/device disappeared|interface disappeared|no longer attached|interface .*went away/i, 'interface-gone'],
  [/is not up|network is down/i, 'interface-down'],
  [/filter expression|syntax error|unknown (host|network|port)/i, 'bad-filter'],
];

function readText(line: string): Report {
  if (/^tcpdump: listening on|^Capturing on/.test(line)) return { ready: true };
  const text = line.replace(/^(tcpdump|dumpcap): /, '').replace(/^That string isn't a valid capture filter \((.*)\)\.$/, '$1');
  const code = SENTENCES.find(([pattern]) => pattern.test(text))?.[1];
  return code === undefined ? {} : { failure: { code, reason: text } };
}

const HELPER_CODES = new Set(['no-such-interface', 'no-rights', 'interface-down', 'bad-filter']);

/** The helper's lines are JSON objects (native/capture-helper/README.md). */
function readHelperLine(line: string): Report {
  const message = parseObject(line);
  if (message === null) return {};
  const text = (key: string): string => (typeof message[key] === 'string' ? message[key] : '');
  const count = (key: string): number | null => {
    const value = message[key];
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
  };
  const counts: LiveCounts = {
    received: count('received'),
    droppedByKernel: count('droppedByKernel'),
    droppedByInterface: count('droppedByInterface'),
  };
  switch (message.type) {
    case 'ready':
      return { ready: true };
    case 'statistics':
      return { counts, up: message.up !== false };
    case 'end':
      return message.reason === 'interface'
        ? { ended: true, counts, failure: { code: 'interface-gone', reason: text('message') } }
        : { ended: true, counts };
    case 'error':
      return {
        failure: { code: HELPER_CODES.has(text('code')) ? (text('code') as LocalProblemCode) : 'tool-failed', reason: text('message') },
      };
    default:
      return {};
  }
}

/** Null where the text is no JSON object. */
export function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
