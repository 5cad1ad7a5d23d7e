import type { Result } from '../../../shared/base/result';
import { ok } from '../../../shared/base/result';
import type { NetworkOwner } from '../../../shared/model/place';
import { PagedFile } from './paged-file';

const NEWLINE = 10;
/** Longest line in bytes; real ones have up to 260. */
const MAX_LINE = 1024;
const MAX_ORGANISATION = 200;
const MAX_AS_NUMBER = 0xffffffff;

const decoder = new TextDecoder();

interface Line {
  readonly first: bigint;
  readonly last: bigint;
  readonly rest: string;
}

/**
 * Owners of networks from lines `first,last,number,organisation` in the order of `first` (the numeric form of @ip-location-db/asn). The
 * file is searched where it lies, by halving: some twenty-five lines are looked at, none is kept. One that is out of order or damaged
 * gives no owner or the wrong one, in the same time.
 */
export class NetworkTable {
  readonly #file: PagedFile;

  private constructor(file: PagedFile) {
    this.#file = file;
  }

  static async open(path: string): Promise<Result<NetworkTable>> {
    const opened = await PagedFile.open(path);
    return opened.ok ? ok(new NetworkTable(opened.value)) : opened;
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  /** Owner of an address given as its number. */
  find(address: bigint): NetworkOwner | null {
    let low = 0;
    let high = this.#file.size;
    let found: Line | null = null;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const start = this.#lineStart(middle);
      const end = this.#lineEnd(middle);
      const line = end - start > MAX_LINE ? null : parseLine(decoder.decode(this.#file.bytes(start, end - start)));
      if (!line) return null;
      if (line.first <= address) {
        found = line;
        low = end + 1;
      } else high = start;
    }
    return found && address <= found.last ? parseOwner(found.rest) : null;
  }

  #lineStart(at: number): number {
    let start = at;
    while (start > 0 && at - start <= MAX_LINE && this.#file.byte(start - 1) !== NEWLINE) start--;
    return start;
  }

  #lineEnd(at: number): number {
    let end = at;
    while (end < this.#file.size && end - at <= MAX_LINE && this.#file.byte(end) !== NEWLINE) end++;
    return end;
  }
}

function parseLine(text: string): Line | null {
  const [, first, last, rest] = /^(\d{1,39}),(\d{1,39}),(.*)$/.exec(text.trimEnd()) ?? [];
  return first === undefined || last === undefined || rest === undefined ? null : { first: BigInt(first), last: BigInt(last), rest };
}

/** `13335,"Cloudflare, Inc."`: quotes as in RFC 4180. */
function parseOwner(text: string): NetworkOwner | null {
  const [, digits, name = ''] = /^(\d{1,10})(?:,(.*))?$/.exec(text) ?? [];
  const organisation = name.startsWith('"') ? name.replace(/^"|"$/g, '').replaceAll('""', '"') : name;
  return makeOwner(Number(digits), organisation);
}

/** Null where the number is none. */
export function makeOwner(number: unknown, organisation: unknown): NetworkOwner | null {
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 1 || number > MAX_AS_NUMBER) return null;
  return { number, organisation: typeof organisation === 'string' ? organisation.slice(0, MAX_ORGANISATION) : '' };
}
