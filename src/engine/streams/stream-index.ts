import type { BySender, StreamSender, StreamState } from '../../shared/contract/stream';
import { PacketFlag } from '../../shared/model/packet-flags';
import type { FlowIndex, PacketIndex } from '../../shared/model/units';
import { Turn } from '../budget';
import type { Capture } from '../capture';
import { CHUNK_BITS, CHUNK_MASK, CHUNK_ROWS } from '../columns/column-chunk';
import { PieceTable } from './piece-table';
import { type ReadSegment, SegmentReader } from './segment-reader';
import { TcpAssembler } from './tcp-assembler';

export const TCP = 6;
export const UDP = 17;
const SYN = 0x02;
/** Rows between two looks at the clock while the flow's rows are searched. */
const STEP = 0x3fff;

/** One flow's stream: which rows hold its bytes, in order. Grows with the capture; the bytes stay where the frames are. */
export class StreamIndex {
  readonly flow: FlowIndex;
  readonly pieces = new PieceTable();
  readonly reader: SegmentReader;
  readonly #capture: Capture;
  readonly #isTcp: boolean;
  readonly #number: number;
  readonly #ends: StreamState['ends'];
  readonly #assembler = new TcpAssembler(this.pieces);
  readonly #beginningForgotten: boolean;
  readonly #bytes: [number, number] = [0, 0];
  readonly #packets: [number, number] = [0, 0];
  readonly #cut: [number, number] = [0, 0];
  #next: PacketIndex;
  #read = 0;
  #unreadable = 0;
  #expected = 0;
  #done = false;
  #advancing: Promise<void> = Promise.resolve();

  /** `flow` is one of TCP or UDP that is still kept. */
  constructor(capture: Capture, flow: FlowIndex) {
    const { flows, packets, streams, addresses } = capture.tables;
    this.flow = flow;
    this.#capture = capture;
    this.reader = new SegmentReader(capture);
    this.#isTcp = flows.protocol(flow) === TCP;
    this.#number = streams.number(flow);
    const first = flows.firstRow(flow);
    this.#beginningForgotten = first < packets.first;
    this.#next = Math.max(first, packets.first);
    this.#ends = [
      { address: addresses.text(flows.source(flow)), port: flows.sourcePort(flow) },
      { address: addresses.text(flows.destination(flow)), port: flows.destinationPort(flow) },
    ];
  }

  /** Reads on, for about so long; whoever asks meanwhile waits for it and then gets their own time. */
  advance(milliseconds: number, signal: AbortSignal): Promise<void> {
    const advanced = this.#advancing.then(() => this.#advance(performance.now() + milliseconds, signal));
    this.#advancing = advanced.catch(() => undefined);
    return advanced;
  }

  get state(): StreamState {
    const { repeated, lost } = this.#assembler;
    const pair = ([client, server]: readonly [number, number]): BySender => [client, server];
    return {
      flow: this.flow,
      protocol: this.#isTcp ? 'TCP' : 'UDP',
      number: this.#number,
      ends: this.#ends,
      done: this.#done,
      packetsRead: this.#read,
      packetsToRead: this.#expected,
      size: this.pieces.size,
      bytes: pair(this.#bytes),
      packets: pair(this.#packets),
      lost: pair(lost),
      cut: pair(this.#cut),
      repeated: pair(repeated),
      unreadable: this.#unreadable,
      beginningForgotten: this.#beginningForgotten,
      truncated: this.pieces.isFull,
    };
  }

  async #advance(end: number, signal: AbortSignal): Promise<void> {
    const { packets, flows } = this.#capture.tables;
    if (flows.has(this.flow)) this.#expected = flows.packets(this.flow, 0) + flows.packets(this.flow, 1);
    const turn = new Turn();
    const stop = packets.count;
    this.#assembler.loosen();
    let searched = 0;
    while (this.#next < stop && !signal.aborted && !this.pieces.isFull) {
      // All have been found: the rows behind the last are nothing to this flow.
      if (this.#read >= this.#expected && flows.has(this.flow)) break;
      if (!packets.has(this.#next)) this.#next = packets.first;
      const row = this.#nextOfFlow(this.#next, Math.min(stop, this.#next + STEP));
      if (row >= 0) await this.#take(row);
      else searched++;
      if (row < 0) this.#next = Math.min(stop, this.#next + STEP);
      if (turn.over) {
        if (performance.now() > end && (row >= 0 || searched > 0)) break;
        await turn.next();
      }
    }
    this.#done = this.#next >= stop || this.pieces.isFull || (flows.has(this.flow) && this.#read >= this.#expected);
    this.#assembler.addLoose();
  }

  /** The first row of the flow in from..stop; -1: none. Quoted packets of ICMP errors are not the flow's. */
  #nextOfFlow(from: PacketIndex, stop: PacketIndex): PacketIndex {
    const { packets } = this.#capture.tables;
    for (let row = from; row < stop; ) {
      const { flow, flags } = packets.chunkOf(row);
      const last = Math.min(stop, ((row >> CHUNK_BITS) + 1) * CHUNK_ROWS);
      for (; row < last; row++) {
        if (flow[row & CHUNK_MASK] === this.flow && !((flags[row & CHUNK_MASK] ?? 0) & PacketFlag.IcmpError)) return row;
      }
    }
    return -1;
  }

  async #take(row: PacketIndex): Promise<void> {
    this.#next = row + 1;
    this.#read++;
    const backward = ((this.#capture.tables.packets.chunkOf(row).flags[row & CHUNK_MASK] ?? 0) & PacketFlag.Backward) !== 0;
    const segment = await this.reader.read(row);
    if (!segment) this.#unreadable++;
    if (!segment || segment.protocol !== (this.#isTcp ? TCP : UDP)) return;
    const sender: StreamSender = backward ? 1 : 0;
    const captured = segment.payload.length;
    this.#bytes[sender] += captured;
    this.#cut[sender] += segment.length - captured;
    if (segment.length > 0) this.#packets[sender]++;
    if (this.#isTcp) this.#addSegment(row, sender, segment);
    else {
      if (captured > 0) this.pieces.add(row, sender, 'data', 0, captured, false);
      if (segment.length > captured) this.pieces.add(row, sender, 'cut', 0, segment.length - captured, false);
    }
  }

  #addSegment(row: PacketIndex, sender: StreamSender, { sequence, acknowledgement, tcpFlags, payload, length }: ReadSegment): void {
    const before = this.#assembler.repeated[sender];
    this.#assembler.add({ row, sender, sequence, acknowledgement, syn: (tcpFlags & SYN) !== 0, length, captured: payload.length });
    this.#bytes[sender] -= this.#assembler.repeated[sender] - before;
  }
}
