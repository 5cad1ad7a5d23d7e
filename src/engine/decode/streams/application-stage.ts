import { EventKind } from '../../../shared/model/event-kinds';
import {
  type ApplicationProtocol,
  type Conversation,
  NEED_MORE,
  NOT_MINE,
  partLength,
  TO_SEGMENT_END,
  TO_STREAM_END,
} from '../application/protocol';
import { type Candidate, Candidates } from './candidates';
import { MessageScratch } from './message-scratch';
import { copy, MAX_UNFRAMED, type PendingMessage, PendingMessages } from './pending-messages';
import type { ApplicationSink } from './sink';
import { StreamStates } from './stream-states';

/** Datagrams in a row of a flow that nothing recognised, after which heuristics are not asked any more. */
const MAX_MISSES = 24;
const DEFAULT_KEEP = 4096;
const MAX_KEEP = 64 * 1024;
/** Messages in one segment: a segment of 64 KiB cannot hold more of a byte each. */
const MAX_MESSAGES = 65_536;

/** A segment or datagram as the pipeline hands it on; one reused instance. */
export class Segment {
  row = 0;
  flow = 0;
  backward = false;
  /** Captured payload is bytes[start..end); `length` is what the headers claim. */
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;
  length = 0;
  sequence = 0;
  fin = false;
  sourcePort = 0;
  destinationPort = 0;
}

/** The conversation as protocols see it; one reused instance. */
class CurrentConversation implements Conversation {
  state = 0;
  sourcePort = 0;
  destinationPort = 0;
  backward = false;
}

/**
 * First tier of the application protocols: recognises a flow's protocol, cuts its streams into messages, and has each message summarised in
 * the packet that completes it (as Wireshark does with its default preferences). Streams are not stored: of a message that spans segments,
 * only its first bytes are kept, as many as its protocol asks for.
 */
export class ApplicationStage {
  readonly segment = new Segment();
  /** After `tcp` or `udp`: registry index of the protocol plus one, 0 where nothing was recognised in this packet. */
  recognised = 0;
  /** After `tcp` or `udp`: `recognised` is new for this flow. */
  newlyRecognised = false;
  /** After `tcp` or `udp`: text index of a name that the flow's host can be called by; -1: none in this packet. */
  hostName = -1;
  /** After `tcp`: the packet completed a message that began in an earlier one. */
  completedEarlier = false;
  readonly pending = new PendingMessages();
  readonly #candidates: Candidates;
  readonly #states = new StreamStates();
  readonly #conversation = new CurrentConversation();
  readonly #summary: MessageScratch;
  readonly #sink: ApplicationSink;
  /** Which protocol puts a name into the Protocol column: registry number by name id, learnt as messages are summarised. */
  readonly #owners: number[] = [];
  /** A tail and the segment that follows it. */
  #joined = new Uint8Array(4096);
  #slot = 0;
  #protocol = 0;

  constructor(protocols: readonly ApplicationProtocol[], sink: ApplicationSink) {
    this.#candidates = new Candidates(protocols);
    this.#summary = new MessageScratch(sink);
    this.#sink = sink;
  }

  /** Filter name of what `recognised` or a flow's service number stands for; '' for 0. */
  protocolName(id: number): string {
    return this.#candidates.byId[id - 1]?.protocol.name ?? '';
  }

  /** Filter name of the application protocol that shows itself by this id in the Protocol column; null where it is none's. */
  applicationOf(protocolName: number): string | null {
    const owner = this.#owners[protocolName];
    return owner === undefined ? null : this.protocolName(owner);
  }

  /** Registry number of the flow's protocol; 0 where none was recognised. */
  flowProtocol(flow: number): number {
    return this.#states.protocol(this.#states.slot(flow));
  }

  /** Fetches the state of flows[start..end) from memory; to be called shortly before their packets are given. */
  touch(flows: Uint32Array, start: number, end: number): number {
    return this.#states.touch(flows, start, end);
  }

  /** Takes a UDP datagram. Gives the id for the Protocol column, 0 where it stays UDP. */
  udp(): number {
    const { bytes, start, end, sourcePort, destinationPort } = this.segment;
    this.#begin();
    const known = this.#states.protocol(this.#slot);
    if (known !== 0) {
      const candidate = this.#candidates.byId[known - 1];
      if (candidate && this.#summarise(candidate, bytes, start, end)) return this.#end(candidate);
    }
    const low = Math.min(sourcePort, destinationPort);
    const high = Math.max(sourcePort, destinationPort);
    for (const candidate of this.#candidates.udp(low)) if (this.#tryUdp(candidate, known)) return this.#end(candidate);
    if (high !== low) for (const candidate of this.#candidates.udp(high)) if (this.#tryUdp(candidate, known)) return this.#end(candidate);
    if (this.#states.misses(this.#slot) < MAX_MISSES) {
      for (const candidate of this.#candidates.udpHeuristics) {
        if (!candidate.protocol.recogniseUdp?.(bytes, start, end, this.#conversation)) continue;
        if (this.#tryUdp(candidate, known)) return this.#end(candidate);
      }
      this.#states.addMiss(this.#slot);
    }
    this.#states.setState(this.#slot, this.#conversation.state);
    return 0;
  }

  #tryUdp(candidate: Candidate, known: number): boolean {
    if (candidate.id === known) return false;
    const { bytes, start, end } = this.segment;
    const before = this.#conversation.state;
    if (known !== 0) this.#conversation.state = 0;
    if (this.#summarise(candidate, bytes, start, end)) return true;
    this.#conversation.state = before;
    return false;
  }

  /** Takes a TCP segment with payload, in order as far as the flow's analysis can tell. Gives the id for the Protocol column, 0 where it stays TCP. */
  tcp(): number {
    const segment = this.segment;
    this.#begin();
    const key = segment.flow * 2 + (segment.backward ? 1 : 0);
    const message = this.#states.isPending(this.#slot, segment.backward) ? this.pending.get(key) : undefined;
    if (message) this.#goOn(key, message);
    else this.#fromStart(key);
    this.#states.setState(this.#slot, this.#conversation.state);
    return this.#protocol;
  }

  #begin(): void {
    const { flow, sourcePort, destinationPort, backward } = this.segment;
    this.#slot = this.#states.slot(flow);
    const conversation = this.#conversation;
    conversation.state = this.#states.state(this.#slot);
    conversation.sourcePort = sourcePort;
    conversation.destinationPort = destinationPort;
    conversation.backward = backward;
    this.recognised = 0;
    this.newlyRecognised = false;
    this.hostName = -1;
    this.completedEarlier = false;
    this.#protocol = 0;
  }

  #end(candidate: Candidate): number {
    this.#own(candidate);
    this.#states.setState(this.#slot, this.#conversation.state);
    return this.#protocol;
  }

  /** The flow is this protocol's from now on. */
  #own(candidate: Candidate): void {
    this.#states.clearMisses(this.#slot);
    if (this.#states.protocol(this.#slot) === candidate.id) return;
    this.#states.setProtocol(this.#slot, candidate.id);
    this.newlyRecognised = true;
  }

  /** A segment at whose start no message is open: the flow's protocol frames it, else whoever recognises it. */
  #fromStart(key: number): void {
    const { bytes, start, end, sourcePort, destinationPort } = this.segment;
    const known = this.#states.protocol(this.#slot);
    const owner = known === 0 ? undefined : this.#candidates.byId[known - 1];
    if (owner && this.#offer(key, owner)) return;
    const low = Math.min(sourcePort, destinationPort);
    const high = Math.max(sourcePort, destinationPort);
    for (const candidate of this.#candidates.tcp(low)) if (candidate !== owner && this.#offer(key, candidate)) return;
    if (high !== low) for (const candidate of this.#candidates.tcp(high)) if (candidate !== owner && this.#offer(key, candidate)) return;
    // Asked for every segment, however late: a shell that turns to TLS in the middle of its connection is what one wants to see.
    for (const candidate of this.#candidates.tcpHeuristics) {
      if (candidate === owner || !candidate.protocol.recogniseTcp?.(bytes, start, end)) continue;
      if (this.#offer(key, candidate)) return;
    }
  }

  /** True where the protocol took the segment's first message. */
  #offer(key: number, candidate: Candidate): boolean {
    const { bytes, start, end } = this.segment;
    const before = this.#conversation.state;
    // What another protocol noted means nothing to this one.
    if (this.#states.protocol(this.#slot) !== candidate.id) this.#conversation.state = 0;
    if (this.#run(key, candidate, null, bytes, start, end, end - start)) {
      this.#own(candidate);
      this.recognised = candidate.id;
      return true;
    }
    this.#conversation.state = before;
    return false;
  }

  /** Goes on with a message that earlier segments began. */
  #goOn(key: number, message: PendingMessage): void {
    const segment = this.segment;
    const candidate = this.#candidates.byId[this.#states.protocol(this.#slot) - 1];
    const ahead = (segment.sequence - message.next) | 0;
    if (!candidate || ahead < 0 || ahead >= message.skip + segment.length + MAX_UNFRAMED * 16) {
      // Another stream, or one that moved on without us.
      if (ahead >= 0) this.#giveUp(key, message);
      return;
    }
    if (ahead > 0) {
      // Bytes are missing. A message of known length is waited out; one whose head is missing is lost.
      if (message.skip === 0 || ahead >= message.skip) return this.#giveUp(key, message);
      message.holed = true;
      message.skip -= ahead;
      message.next = segment.sequence;
    }
    this.recognised = candidate.id;
    const keep = keepOf(candidate);
    if (message.keptLength < keep && message.rowCount < keep) message.addRow(segment.row);
    const { bytes, start, end } = segment;
    const { tailLength, keptLength } = message;
    if (tailLength === 0) {
      this.#run(key, candidate, message, bytes, start, end, end - start);
      return;
    }
    const length = tailLength + end - start;
    if (length > this.#joined.length) this.#joined = new Uint8Array(length * 2);
    copy(message.buffer, keptLength, keptLength + tailLength, this.#joined, 0);
    copy(bytes, start, end, this.#joined, tailLength);
    message.tailLength = 0;
    this.#run(key, candidate, message, this.#joined, 0, length, end - start);
  }

  /** The stream went on without the rest of this message. */
  #giveUp(key: number, message: PendingMessage): void {
    this.pending.remove(key, message);
    this.#states.setPending(this.#slot, this.segment.backward, false);
    this.#fromStart(key);
  }

  /**
   * Frames and summarises work[at..end), whose last `fresh` bytes are this segment's. False where the protocol refused the first message;
   * with an open message the answer is always true.
   */
  #run(
    key: number,
    candidate: Candidate,
    open: PendingMessage | null,
    work: Uint8Array,
    start: number,
    end: number,
    fresh: number,
  ): boolean {
    const segment = this.segment;
    const protocol = candidate.protocol;
    const keep = keepOf(candidate);
    const cut = segment.length > segment.end - segment.start;
    let message = open;
    let took = open !== null;
    let at = start;
    // A whole message came after the one that this segment completed.
    let more = false;
    let rest = 0;
    let finished: PendingMessage | null = null;
    for (let messages = 0; messages < MAX_MESSAGES; messages++) {
      if (message && message.skip > 0) {
        const taken = Math.min(message.skip, end - at);
        message.keep(work, at, at + taken, keep);
        message.skip -= taken;
        at += taken;
        if (message.skip > 0) break;
        if (message.final) {
          this.#complete(candidate, message);
          rest = end - at;
          message.reset();
          finished = message;
          message = null;
        }
      }
      if (at >= end) break;
      const answer = protocol.frame ? protocol.frame(work, at, end, this.#conversation) : TO_SEGMENT_END;
      if (answer === NOT_MINE) {
        message = null;
        // Nothing of this segment was understood so far: what its flow is still says what it is.
        if (at === start && protocol.continues === true && this.#states.protocol(this.#slot) === candidate.id) {
          took = this.#summarise(candidate, work, at, end) || took;
        }
        break;
      }
      const piece = partLength(answer);
      if (answer === NEED_MORE) {
        if (cut) {
          took = this.#summarise(candidate, work, at, end) || took;
          message = null;
          break;
        }
        if (end - at > MAX_UNFRAMED) {
          message = null;
          break;
        }
        message = message ?? this.#openMessage(finished, end - fresh, at);
        message.keepTail(work, at, end);
        took = true;
        at = end;
        break;
      }
      const length =
        answer === TO_SEGMENT_END ? end - at : answer === TO_STREAM_END ? Number.POSITIVE_INFINITY : piece > 0 ? piece : answer;
      const final = piece === 0;
      if (!message && final && (length <= end - at || cut)) {
        // The usual case: the whole message is here and is read in place. A frame cut by the snap length is read as far as it goes.
        const stop = Math.min(end, at + length);
        const said = more && protocol.uniform?.(this.#conversation) === true;
        if (!said && !this.#summarise(candidate, work, at, stop)) {
          if (!took) return false;
          break;
        }
        took = true;
        more = true;
        at = stop;
        continue;
      }
      message = message ?? this.#openMessage(finished, end - fresh, at);
      message.skip = length;
      message.final = final;
      took = true;
    }
    if (message && segment.fin && message.skip === Number.POSITIVE_INFINITY) {
      this.#complete(candidate, message);
      message = null;
    }
    if (message) message.next = (segment.sequence + segment.length + (segment.fin ? 1 : 0)) | 0;
    this.#keepPending(key, open, message);
    if (more && this.completedEarlier) this.#sink.followed(segment.row, rest);
    return took;
  }

  /** Puts the message that goes on in the place of the one that was open before the segment. */
  #keepPending(key: number, before: PendingMessage | null, after: PendingMessage | null): void {
    if (after !== null && after === before) this.pending.grown(after);
    else {
      if (before) this.pending.remove(key, before);
      if (after) this.pending.add(key, after);
      if (before || after) this.#states.setPending(this.#slot, this.segment.backward, after !== null);
    }
  }

  /** `used`: a finished message, to be used again. */
  #openMessage(used: PendingMessage | null, freshStart: number, at: number): PendingMessage {
    const message = used ?? this.pending.make();
    message.addRow(this.segment.row);
    message.offset = Math.max(0, at - freshStart);
    return message;
  }

  #complete(candidate: Candidate, message: PendingMessage): void {
    if (message.holed) return;
    if (!this.#summarise(candidate, message.buffer, 0, message.keptLength)) return;
    const row = this.segment.row;
    if (message.rows[0] === row) return;
    if (message.rows[message.rowCount - 1] !== row) message.addRow(row);
    this.completedEarlier = true;
    this.#sink.reassembled(row, message.rows, message.rowCount, message.offset, message.keptLength);
  }

  #summarise(candidate: Candidate, bytes: Uint8Array, start: number, end: number): boolean {
    const summary = this.#summary;
    summary.reset();
    summary.flow = this.segment.flow;
    summary.row = this.segment.row;
    const before = this.#conversation.state;
    if (!candidate.protocol.summarise(bytes, start, end, this.#conversation, summary)) {
      this.#conversation.state = before;
      return false;
    }
    this.#protocol = summary.protocol;
    this.#owners[summary.protocol] = candidate.id;
    this.recognised = candidate.id;
    if (summary.eventKind !== 0) {
      this.#sink.event(this.segment.row, summary.eventKind, summary.name, summary.method, summary.uri, summary.eventNumber);
      // The name in DNS is what was asked for, not who answers.
      if (summary.name >= 0 && summary.eventKind !== EventKind.Dns) this.hostName = summary.name;
    }
    return true;
  }
}

const keepOf = (candidate: Candidate): number => Math.min(candidate.protocol.keep ?? DEFAULT_KEEP, MAX_KEEP);
