import type { Defragmenter } from './frame-summary';

/** Datagrams that may wait for fragments at once; the oldest is given up first (Linux allows 4 MiB per namespace in all). */
const MAX_WAITING = 1024;
/** Bytes that may wait at once, with what each fragment costs beside its own. */
const MAX_WAITING_BYTES = 16 << 20;
const FRAGMENT_COST = 192;
/** RFC 791: the length field ends here; for IPv6 fragments the same bound holds (13 bits of 8 bytes). */
const MAX_DATAGRAM = 65_535 + 8;
/** Fragments of one datagram: 65,535 bytes in pieces of at least 8. */
const MAX_FRAGMENTS = 8192;

interface Piece {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

interface Waiting {
  /** By offset, none over another. */
  readonly pieces: Piece[];
  /** Length of the whole, known from the last fragment; -1 before. */
  length: number;
  received: number;
  readonly packets: number[];
}

/** Puts IPv4 and IPv6 datagrams together (RFC 815 in spirit: overlapping fragments keep what came first, as Wireshark shows). */
export class IpDefragmenter implements Defragmenter {
  /** Row of the packet that is being decoded: kept with its fragments so that the details can be read again. */
  packet = 0;
  /** Rows of the fragments of the datagram that `add` last completed. */
  completedPackets: readonly number[] = [];
  /** Datagrams given up because too many waited. */
  abandoned = 0;
  readonly #waiting = new Map<string, Waiting>();
  #bytes = 0;

  add(
    source: number,
    destination: number,
    id: number,
    protocol: number,
    offset: number,
    more: boolean,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): Uint8Array | null {
    const size = end - start;
    if (offset + size > MAX_DATAGRAM || (more && size === 0)) return null;
    const key = `${source},${destination},${id},${protocol}`;
    this.#makeRoom(this.#waiting.has(key) ? MAX_WAITING : MAX_WAITING - 1);
    let datagram = this.#waiting.get(key);
    if (!datagram) {
      datagram = { pieces: [], length: -1, received: 0, packets: [] };
      this.#waiting.set(key, datagram);
    }
    const { pieces } = datagram;
    const place = placeOf(pieces, offset);
    const overlaps = endOf(pieces[place - 1]) > offset || (pieces[place]?.offset ?? MAX_DATAGRAM) < offset + size;
    if (overlaps || pieces.length >= MAX_FRAGMENTS) return null;
    if (!more) datagram.length = offset + size;
    pieces.splice(place, 0, { offset, bytes: bytes.slice(start, end) });
    datagram.packets.push(this.packet);
    datagram.received += size;
    this.#bytes += size + FRAGMENT_COST;
    if (datagram.length < 0 || datagram.received < datagram.length) return null;
    this.#forget(key, datagram);
    this.completedPackets = datagram.packets;
    const whole = new Uint8Array(datagram.length);
    for (const piece of datagram.pieces) {
      if (piece.offset + piece.bytes.length > datagram.length) return null;
      whole.set(piece.bytes, piece.offset);
    }
    return whole;
  }

  #makeRoom(mostWaiting: number): void {
    while (this.#waiting.size > mostWaiting || this.#bytes > MAX_WAITING_BYTES) {
      const oldest = this.#waiting.entries().next();
      if (oldest.done) return;
      this.#forget(...oldest.value);
      this.abandoned++;
    }
  }

  #forget(key: string, datagram: Waiting): void {
    this.#waiting.delete(key);
    this.#bytes -= datagram.received + datagram.pieces.length * FRAGMENT_COST;
  }
}

const endOf = (piece: Piece | undefined): number => (piece ? piece.offset + piece.bytes.length : 0);

/** Where a piece of this offset goes: behind all that begin before it or with it. */
function placeOf(pieces: readonly Piece[], offset: number): number {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((pieces[middle]?.offset ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
