import type { Bytes, FlowIndex } from '../../../shared/model/units';
import type { PacketFacts } from '../facts';

/** Flows looked at together, by flow index. */
const SLOTS = 1024;
const TCP = 6;
const UDP = 17;
const ICMP = 1;
const ICMPV6 = 58;
const RST = 4;
/** Services over UDP that floods are reflected by: what they send much of, nobody asked for. */
const REFLECTORS: ReadonlySet<number> = new Set([
  17, 19, 53, 111, 123, 137, 161, 389, 520, 1900, 3283, 3702, 5353, 5683, 10001, 11211, 27015,
]);
/** Packets that one side of a talk may send for each one of the other: QUIC, a VPN or a call stay well below, a flood has no answers. */
const MAX_IMBALANCE = 100;
/** Payload of a flow in a second that makes it a transfer of its own: many small conversations are a crowd. */
const BULK: Bytes = 32_768;

/**
 * Which bytes are of an ordinary transfer, in constant space: TCP whose segments follow one another, and datagrams that both sides exchange.
 * What floods send is neither: its segments begin anywhere, its datagrams have no answer. Told from either direction alone where TCP is
 * captured one way. A flow that shares a slot with heavier ones is no transfer: too few bytes are forgiven, never too many.
 */
export class TalkBalance {
  readonly #flow = new Int32Array(SLOTS).fill(-1);
  /** What the slot's flow outweighs its rivals by. */
  readonly #weight = new Float64Array(SLOTS);
  readonly #bytes = new Float64Array(SLOTS);
  readonly #isTcp = new Uint8Array(SLOTS);
  /** A local address asked somebody else's. */
  readonly #isOwn = new Uint8Array(SLOTS);
  readonly #packets = new Uint32Array(SLOTS * 2);
  readonly #inOrder = new Uint32Array(SLOTS);
  readonly #segments = new Uint32Array(SLOTS);
  readonly #next = new Uint32Array(SLOTS * 2);
  /** It was a transfer in the second before. */
  readonly #was = new Uint8Array(SLOTS);

  /** True where the packet's flow was an ordinary transfer in the second before. `isOwn`: a local address began it with somebody elsewhere. */
  add(packet: PacketFacts, isOwn: boolean): boolean {
    const { flow, protocol, length } = packet;
    if (flow < 0 || protocol === ICMP || protocol === ICMPV6) return false;
    if (protocol === UDP && REFLECTORS.has(packet.backward ? packet.sourcePort : packet.destinationPort)) return false;
    const slot = flow & (SLOTS - 1);
    if (this.#flow[slot] !== flow && !this.#take(slot, flow, length, protocol === TCP, isOwn)) return false;
    this.#weight[slot] = (this.#weight[slot] ?? 0) + length;
    this.#bytes[slot] = (this.#bytes[slot] ?? 0) + length;
    const side = slot * 2 + (packet.backward ? 1 : 0);
    // A RST turns down; it is no part of a talk.
    if (protocol !== TCP || (packet.tcpFlags & RST) === 0) this.#packets[side] = (this.#packets[side] ?? 0) + 1;
    if (protocol === TCP && packet.payloadLength > 0) this.#segment(slot, side, packet);
    return this.#was[slot] === 1;
  }

  #segment(slot: number, side: number, { sequence, payloadLength }: PacketFacts): void {
    this.#segments[slot] = (this.#segments[slot] ?? 0) + 1;
    if (this.#next[side] === sequence) this.#inOrder[slot] = (this.#inOrder[slot] ?? 0) + 1;
    this.#next[side] = (sequence + payloadLength) >>> 0;
  }

  #take(slot: number, flow: FlowIndex, length: Bytes, isTcp: boolean, isOwn: boolean): boolean {
    const weight = this.#weight[slot] ?? 0;
    if (weight >= length) {
      this.#weight[slot] = weight - length;
      return false;
    }
    this.#flow[slot] = flow;
    this.#weight[slot] = 0;
    this.#isTcp[slot] = isTcp ? 1 : 0;
    this.#isOwn[slot] = isOwn ? 1 : 0;
    this.#was[slot] = 0;
    this.#reset(slot);
    return true;
  }

  #reset(slot: number): void {
    this.#bytes[slot] = 0;
    this.#packets[slot * 2] = 0;
    this.#packets[slot * 2 + 1] = 0;
    this.#inOrder[slot] = 0;
    this.#segments[slot] = 0;
  }

  /** The second is over: bytes of its ordinary transfers. */
  endSecond(): Bytes {
    let ordinary = 0;
    for (let slot = 0; slot < SLOTS; slot++) {
      if ((this.#flow[slot] ?? -1) < 0) continue;
      const was = this.#isTransfer(slot);
      if (was) ordinary += this.#bytes[slot] ?? 0;
      this.#was[slot] = was ? 1 : 0;
      this.#weight[slot] = (this.#weight[slot] ?? 0) / 2;
      this.#reset(slot);
    }
    return ordinary;
  }

  clear(): void {
    this.#flow.fill(-1);
    this.#weight.fill(0);
    this.#was.fill(0);
  }

  #isTransfer(slot: number): boolean {
    if (this.#isOwn[slot] === 0 && (this.#bytes[slot] ?? 0) < BULK) return false;
    if (this.#isTcp[slot] === 1) return (this.#inOrder[slot] ?? 0) * 2 >= (this.#segments[slot] ?? 0) && (this.#inOrder[slot] ?? 0) > 0;
    const forward = this.#packets[slot * 2] ?? 0;
    const backward = this.#packets[slot * 2 + 1] ?? 0;
    return Math.min(forward, backward) * MAX_IMBALANCE >= Math.max(forward, backward);
  }
}
