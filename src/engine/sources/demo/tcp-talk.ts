import type { Script } from './agenda';
import type { Link } from './link';
import { u16, u32 } from './wire/bytes';
import { Flag } from './wire/segments';
import type { Host } from './world';

/** Seconds: the server's own answer; between packets that a host sends in a row. */
const PROMPT = 0.000_06;
const IN_A_ROW_NEAR = 0.000_012;
const IN_A_ROW_FAR = 0.000_2;
/** Segments that may be under way, at first and at most: what the smallest window holds. */
const FIRST_WINDOW = 10;
const LARGEST_WINDOW = 36;
/** Of segments from the third on. */
const LOSS = 0.002;
/** Shortest time until a segment is sent again that nobody missed (RFC 6298 as Linux has it). */
const TIMEOUT = 0.2;
const IPV4_PAYLOAD = 1460;
const IPV6_PAYLOAD = 1440;

/** How an operating system opens connections. */
interface Stack {
  readonly window: number;
  readonly scale: number;
  readonly timestamps: boolean;
}

const LINUX: Stack = { window: 64_240, scale: 7, timestamps: true };
const STACKS: readonly [Stack, ...Stack[]] = [
  LINUX,
  { window: 65_535, scale: 8, timestamps: false },
  { window: 65_535, scale: 6, timestamps: true },
  { window: 65_535, scale: 9, timestamps: true },
];
/** What each side has room for once the connection is there. */
const ROOM = 64_128;

interface Side {
  readonly host: Host;
  readonly port: number;
  readonly stack: Stack;
  /** Of its clock for timestamps (RFC 7323). */
  readonly clock: number;
  next: number;
  /** Everything before it has arrived here. */
  received: number;
  /** Latest timestamp of the other side. */
  echoed: number;
  window: number;
}

export interface Ends {
  readonly client: Host;
  readonly clientPort?: number;
  readonly server: Host;
  readonly serverPort: number;
}

/** A TCP connection as it is seen at the near side: what the far side does is seen half a round trip late. */
export class TcpTalk {
  readonly client: Side;
  readonly server: Side;
  readonly #link: Link;
  readonly #roundTrip: number;
  readonly #timestamps: boolean;
  readonly #segment: number;

  constructor(link: Link, { client, clientPort = link.random.port(), server, serverPort }: Ends) {
    const { random } = link;
    const side = (host: Host, port: number): Side => ({
      host,
      port,
      stack: host.roundTrip === 0 ? LINUX : random.pick(STACKS),
      clock: random.word(),
      next: random.word(),
      received: 0,
      echoed: 0,
      window: FIRST_WINDOW,
    });
    this.#link = link;
    this.client = side(client, clientPort);
    this.server = side(server, serverPort);
    this.#roundTrip = client.roundTrip + server.roundTrip;
    this.#timestamps = this.client.stack.timestamps && this.server.stack.timestamps;
    this.#segment = (client.address.length === 4 ? IPV4_PAYLOAD : IPV6_PAYLOAD) - (this.#timestamps ? 12 : 0);
  }

  *connect(): Script {
    const { client, server } = this;
    this.#emit(client, Flag.Syn);
    client.next = (client.next + 1) >>> 0;
    yield this.#answerTime(server);
    server.received = client.next;
    this.#emit(server, Flag.Syn | Flag.Ack);
    server.next = (server.next + 1) >>> 0;
    yield this.#answerTime(client);
    client.received = server.next;
    this.#emit(client, Flag.Ack);
    // Sent right behind it.
    yield this.#inARow(client);
  }

  /** One side sends, the other takes it. */
  *say(from: Side, payload: Uint8Array): Script {
    const to = this.#other(from);
    for (let at = 0; at < payload.length; ) {
      const segments: Uint8Array[] = [];
      for (; segments.length < from.window && at < payload.length; at += this.#segment)
        segments.push(payload.subarray(at, at + this.#segment));
      yield* this.#burst(from, to, segments, at >= payload.length);
      from.window = Math.min(LARGEST_WINDOW, 2 * from.window);
    }
  }

  /** Both sides close, `first` before the other. */
  *close(first: Side): Script {
    const second = this.#other(first);
    yield this.#inARow(first);
    this.#emit(first, Flag.Fin | Flag.Ack);
    first.next = (first.next + 1) >>> 0;
    yield this.#answerTime(second);
    second.received = first.next;
    this.#emit(second, Flag.Fin | Flag.Ack);
    second.next = (second.next + 1) >>> 0;
    yield this.#answerTime(first);
    first.received = second.next;
    this.#emit(first, Flag.Ack);
  }

  /** One side gives the connection up. */
  *reset(from: Side): Script {
    yield this.#inARow(from);
    this.#emit(from, Flag.Rst | Flag.Ack);
  }

  *#burst(from: Side, to: Side, segments: readonly Uint8Array[], isLast: boolean): Script {
    const { random } = this.#link;
    const lost = segments.findIndex((_, i) => i > 1 && random.chance(LOSS));
    const isFar = from.host.roundTrip > 0;
    // Of the first segment, of what was lost, and behind it.
    let gap: { readonly sequence: number; readonly payload: Uint8Array } | null = null;
    let after = 0;
    for (const [i, payload] of segments.entries()) {
      if (i > 0) yield this.#inARow(from);
      const sequence = from.next;
      from.next = (from.next + payload.length) >>> 0;
      if (i === lost) gap = { sequence, payload };
      // Lost on the way here it is not seen, lost on the way from here it is.
      if (i !== lost || !isFar) this.#emit(from, i === segments.length - 1 && isLast ? Flag.Push | Flag.Ack : Flag.Ack, payload, sequence);
      if (gap === null) to.received = from.next;
      else if (i !== lost) after++;
      if (isFar && i !== lost && (gap !== null || i % 2 === 1 || i === segments.length - 1)) {
        yield PROMPT;
        this.#acknowledge(to, gap, from);
      }
    }
    if (gap !== null) yield* this.#again(from, to, gap, after);
    else if (!isFar) yield* this.#farAcknowledges(to, from, segments);
  }

  /** The far side has got a burst: it acknowledges every second segment. */
  *#farAcknowledges(to: Side, from: Side, segments: readonly Uint8Array[]): Script {
    yield this.#answerTime(to);
    let sequence = (from.next - segments.reduce((sum, { length }) => sum + length, 0)) >>> 0;
    for (const [i, { length }] of segments.entries()) {
      sequence = (sequence + length) >>> 0;
      if (i % 2 === 0 && i < segments.length - 1) continue;
      to.received = sequence;
      this.#emit(to, Flag.Ack);
      if (i < segments.length - 1) yield this.#inARow(to);
    }
  }

  /** What was lost is sent again, once the other side asked for it often enough, or nobody said anything for too long. */
  *#again(from: Side, to: Side, gap: { readonly sequence: number; readonly payload: Uint8Array }, after: number): Script {
    const isFar = from.host.roundTrip > 0;
    if (!isFar && after > 0) {
      to.received = gap.sequence;
      yield this.#answerTime(to);
      this.#emit(to, Flag.Ack);
      for (let i = 0; i < after; i++) {
        yield this.#inARow(to);
        this.#acknowledge(to, gap, from);
      }
    }
    if (after >= 3) yield isFar ? this.#roundTrip : PROMPT;
    else yield Math.max(TIMEOUT, 2 * this.#roundTrip);
    this.#emit(from, Flag.Push | Flag.Ack, gap.payload, gap.sequence);
    to.received = from.next;
    from.window = Math.max(2, from.window >> 2);
    yield this.#answerTime(to);
    this.#emit(to, Flag.Ack);
  }

  /** With a gap: the same as before, and what came behind it (RFC 2018). */
  #acknowledge(to: Side, gap: { readonly sequence: number; readonly payload: Uint8Array } | null, from: Side): void {
    if (gap === null) {
      this.#emit(to, Flag.Ack);
      return;
    }
    to.received = gap.sequence;
    this.#emit(to, Flag.Ack, undefined, to.next, [1, 1, 5, 10, ...u32((gap.sequence + gap.payload.length) >>> 0), ...u32(from.next)]);
  }

  #emit(from: Side, flags: number, payload?: Uint8Array, sequence = from.next, moreOptions: readonly number[] = []): void {
    const to = this.#other(from);
    const isSyn = (flags & Flag.Syn) !== 0;
    this.#link.tcp(from.host, to.host, {
      sourcePort: from.port,
      destinationPort: to.port,
      sequence,
      acknowledgement: (flags & Flag.Ack) === 0 ? 0 : from.received,
      flags,
      window: isSyn ? from.stack.window : ROOM >> from.stack.scale,
      options: [...(isSyn ? this.#synOptions(from) : []), ...this.#timestampOption(from, isSyn), ...moreOptions],
      ...(payload && { payload }),
    });
  }

  #synOptions({ stack }: Side): number[] {
    const segment = this.client.host.address.length === 4 ? IPV4_PAYLOAD : IPV6_PAYLOAD;
    return [2, 4, ...u16(segment), 1, 1, 4, 2, 1, 3, 3, stack.scale];
  }

  #timestampOption(from: Side, isSyn: boolean): number[] {
    // A server goes by what the client offers.
    if (!(this.#timestamps || (isSyn && from === this.client && from.stack.timestamps))) return [];
    const to = this.#other(from);
    const stamp = (from.clock + Math.floor(this.#link.agenda.now / 1e6)) >>> 0;
    to.echoed = stamp;
    return [1, 1, 8, 10, ...u32(stamp), ...u32(from.echoed)];
  }

  /** Until `side` is seen to answer what was sent to it. */
  #answerTime(side: Side): number {
    return side.host.roundTrip === 0 ? PROMPT : this.#roundTrip * this.#link.random.between(1, 1.08);
  }

  #inARow(side: Side): number {
    return side.host.roundTrip === 0 ? IN_A_ROW_NEAR : IN_A_ROW_FAR * this.#link.random.between(0.3, 1.5);
  }

  #other(side: Side): Side {
    return side === this.client ? this.server : this.client;
  }
}
