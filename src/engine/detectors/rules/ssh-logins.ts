import type { FlowIndex } from '../../../shared/model/units';
import type { PacketFacts } from '../facts';

/** SSH connections followed at a time, 29 bytes each: the place is by flow index, a later connection takes it over. */
const CAPACITY = 4096;
const MASK = CAPACITY - 1;
/** A version line is shorter than what a server sends to agree on keys. */
const KEY_EXCHANGE_BYTES = 150;
/** NEWKEYS, unencrypted; a client may send it together with its SERVICE_REQUEST. */
const NEW_KEYS_BYTES = 16;
/** Longer answers are banners and offers. */
const MAX_ANSWER = 160;
/** An encrypted packet with its MAC is not shorter. */
const MIN_ACCEPT = 40;
/** Beyond this from both sides it is no login any more, whatever its answers looked like. */
export const SESSION_BYTES = 8192;

export const SshProgress = { None: 0, KeyExchange: 1, Login: 2, LoggedIn: 3 } as const;

/**
 * How far SSH connections came, by the sizes of the server's packets: they cannot be read, but padding and MAC give every message of a kind the
 * same size on one connection. SERVICE_ACCEPT (RFC 4253, 10) is as long as the client's SERVICE_REQUEST before it; USERAUTH_SUCCESS, a message
 * of one byte (RFC 4252, 5.1), is 16 bytes shorter with any cipher; refusals are longer or the same. Zeek's SSH analyzer goes by sizes too.
 */
export class SshLogins {
  readonly #flow = new Int32Array(CAPACITY).fill(-1);
  readonly #progress = new Uint8Array(CAPACITY);
  readonly #accept = new Uint8Array(CAPACITY);
  /** Of the client's latest packet, 255 for longer ones. */
  readonly #asked = new Uint8Array(CAPACITY);
  /** Size of refusals, 0 not known. */
  readonly #refusal = new Uint8Array(CAPACITY);
  readonly #refusals = new Uint16Array(CAPACITY);
  readonly #forward = new Float64Array(CAPACITY);
  readonly #backward = new Float64Array(CAPACITY);

  begin(flow: FlowIndex): void {
    const at = flow & MASK;
    if (this.#flow[at] === flow) return;
    this.#flow[at] = flow;
    this.#progress[at] = SshProgress.None;
    this.#accept[at] = 0;
    this.#asked[at] = 0;
    this.#refusal[at] = 0;
    this.#refusals[at] = 0;
    this.#forward[at] = 0;
    this.#backward[at] = 0;
  }

  /** Packets are missing: how far the connections came is not known any more. */
  forget(): void {
    this.#flow.fill(-1);
  }

  follows(flow: FlowIndex): boolean {
    return flow >= 0 && this.#flow[flow & MASK] === flow;
  }

  /** `SshProgress` of a connection that is followed. */
  progress(flow: FlowIndex): number {
    return this.follows(flow) ? (this.#progress[flow & MASK] ?? 0) : SshProgress.None;
  }

  /** Refused logins of the connection; the client's question what is allowed counts as one. */
  refusals(flow: FlowIndex): number {
    return this.follows(flow) ? (this.#refusals[flow & MASK] ?? 0) : 0;
  }

  /** True where this packet shows that the login succeeded. */
  add(packet: PacketFacts): boolean {
    const at = packet.flow & MASK;
    const length = packet.payloadLength;
    if (length === 0 || this.#flow[at] !== packet.flow || this.#progress[at] === SshProgress.LoggedIn) return false;
    const sent = packet.backward ? this.#backward : this.#forward;
    sent[at] = (sent[at] ?? 0) + length;
    if ((this.#forward[at] ?? 0) > SESSION_BYTES && (this.#backward[at] ?? 0) > SESSION_BYTES) return this.#succeed(at);
    if (!packet.backward) {
      this.#asked[at] = Math.min(255, length);
      return false;
    }
    switch (this.#progress[at]) {
      case SshProgress.None:
        if (length >= KEY_EXCHANGE_BYTES) this.#progress[at] = SshProgress.KeyExchange;
        return false;
      case SshProgress.KeyExchange:
        if (length < MIN_ACCEPT || length > MAX_ANSWER) return false;
        if (this.#asked[at] !== length && this.#asked[at] !== length + NEW_KEYS_BYTES) return false;
        this.#progress[at] = SshProgress.Login;
        this.#accept[at] = length;
        return false;
      default:
        return this.#answer(at, length);
    }
  }

  #answer(at: number, length: number): boolean {
    const accept = this.#accept[at] ?? 0;
    if (length === accept - 16) return this.#succeed(at);
    if (length < accept || length > MAX_ANSWER) return false;
    if (this.#refusal[at] === 0) this.#refusal[at] = length;
    if (this.#refusal[at] === length) this.#refusals[at] = (this.#refusals[at] ?? 0) + 1;
    return false;
  }

  #succeed(at: number): boolean {
    this.#progress[at] = SshProgress.LoggedIn;
    return true;
  }
}
