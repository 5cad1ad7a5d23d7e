import type { RemoteProcess } from './capture-script';
import { plainText } from './plain-text';

/** What tcpdump counts; null until it said so. */
export interface TcpdumpCounts {
  received: number | null;
  droppedByKernel: number | null;
  droppedByInterface: number | null;
}

const MAX_LINE = 4096;
const MAX_COMPLAINTS = 8;
/** Linux counts in hundredths of a second towards programs (USER_HZ, proc(5)). */
const TICK_MS = 10;

/** Reads standard error of the capture script line by line. Whatever comes, it keeps a few lines at most. */
export class CaptureMessages {
  readonly counts: TcpdumpCounts = { received: null, droppedByKernel: null, droppedByInterface: null };
  /** tcpdump's process, once it was found. */
  process: RemoteProcess | null = null;
  /** The server's side looks out for beats. */
  watching = false;
  /** tcpdump has its handlers and can be asked for counts. */
  listening = false;
  /** Of tcpdump (or sudo), once it ended. */
  exitStatus: number | null = null;
  /** Milliseconds of processor time, tcpdump's and its sshd's together; null until told. */
  cpu: number | null = null;
  readonly #mark: string;
  #rest = '';
  readonly #complaints: string[] = [];

  constructor(mark: string) {
    this.#mark = mark;
  }

  add(chunk: Buffer): void {
    const lines = (this.#rest + chunk.toString('latin1')).split('\n');
    this.#rest = (lines.pop() ?? '').slice(0, MAX_LINE);
    for (const line of lines) this.#line(line.trim());
  }

  /** What was said that is no report, for a sentence. */
  get complaint(): string {
    return plainText(this.#complaints.join(' '));
  }

  #line(line: string): void {
    if (line.startsWith(`${this.#mark} `)) {
      const [word, first, second] = line.slice(this.#mark.length + 1).split(' ');
      if (word === 'watching') this.watching = true;
      else if (word === 'pid' && /^\d{1,10}$/.test(first ?? ''))
        this.process = { pid: Number(first), born: /^\d+$/.test(second ?? '') ? (second ?? '') : '' };
      else if (word === 'cpu' && /^\d{1,15}$/.test(first ?? '') && /^\d{1,15}$/.test(second ?? '')) {
        this.cpu = (Number(first) + Number(second)) * TICK_MS;
      } else if (word === 'exit') this.exitStatus = Number(first);
      return;
    }
    if (/listening on /.test(line)) this.listening = true;
    else if (!this.#readCounts(line) && line !== '' && !/^tcpdump: (verbose output|data link type)/.test(line)) {
      if (this.#complaints.length < MAX_COMPLAINTS) this.#complaints.push(line.slice(0, 500));
    }
  }

  /** '5 packets received by filter', one to a line at the end, with commas between when asked for. */
  #readCounts(line: string): boolean {
    let found = false;
    for (const [, number, what] of line.matchAll(/(\d{1,15}) packets? (captured|received by filter|dropped by (?:kernel|interface))/g)) {
      found = true;
      const count = Number(number);
      if (what === 'received by filter') this.counts.received = count;
      else if (what === 'dropped by kernel') this.counts.droppedByKernel = count;
      else if (what === 'dropped by interface') this.counts.droppedByInterface = count;
    }
    return found;
  }
}
