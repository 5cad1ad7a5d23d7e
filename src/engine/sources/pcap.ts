import type { Bytes } from '../../shared/model/units';
import { BATCH_FULL, type CaptureFacts, DAMAGED, type Damage, type FormatParser, grouped, type ParseStatus } from './parser';
import { choosePcapLayout, type PcapHeader, type PcapLayout } from './pcap-header';
import { type FrameBatch, MAX_CAPTURED_LENGTH } from './source';
import type { InputWindow } from './window';

/** Reads the records of a pcap file (draft-ietf-opsawg-pcap) in any of its variants. The file header is behind the window already. */
export class PcapParser implements FormatParser {
  readonly format = 'pcap';
  damage: Damage | null = null;
  readonly #header: PcapHeader;
  readonly #facts: CaptureFacts;
  #layout: PcapLayout | null = null;
  #packets = 0;

  constructor(header: PcapHeader, facts: CaptureFacts) {
    this.#header = header;
    this.#facts = facts;
    facts.interfaces.push({
      name: null,
      description: null,
      linkType: header.linkType,
      snapLength: header.snapLength,
      droppedPackets: null,
      details: {},
    });
  }

  parse(window: InputWindow, batch: FrameBatch, max: number): ParseStatus {
    const { littleEndian, nanosecondUnits, linkType } = this.#header;
    if (this.#layout === null) {
      if (window.to - window.from < 16) return 16;
      this.#layout = choosePcapLayout(this.#header, window.view, window.from, window.to, this.#facts);
    }
    const { headerBytes, lengths } = this.#layout;
    const { view, base, to } = window;
    const { start, capturedLength, length, seconds, nanoseconds, hasTime, linkType: types, interfaceId, position } = batch;
    const unit = nanosecondUnits ? 1 : 1000;
    const unitsPerSecond = nanosecondUnits ? 1_000_000_000 : 1_000_000;
    let from = window.from;
    let count = batch.count;
    let status = BATCH_FULL;
    while (count < max) {
      if (to - from < headerBytes) {
        status = headerBytes;
        break;
      }
      let captured = view.getUint32(from + 8, littleEndian);
      let original = view.getUint32(from + 12, littleEndian);
      if (lengths !== 'captured-first' && (lengths === 'original-first' || captured > original)) {
        const swap = captured;
        captured = original;
        original = swap;
      }
      if (captured > MAX_CAPTURED_LENGTH) {
        this.damage = tooLong(this.#packets + count - batch.count + 1, base + from, captured);
        status = DAMAGED;
        break;
      }
      if (to - from < headerBytes + captured) {
        status = headerBytes + captured;
        break;
      }
      let second = view.getUint32(from, littleEndian);
      let fraction = view.getUint32(from + 4, littleEndian);
      if (fraction >= unitsPerSecond) {
        second += Math.floor(fraction / unitsPerSecond);
        fraction %= unitsPerSecond;
      }
      from += headerBytes;
      start[count] = from;
      capturedLength[count] = captured;
      length[count] = original;
      seconds[count] = second;
      nanoseconds[count] = fraction * unit;
      hasTime[count] = 1;
      types[count] = linkType;
      interfaceId[count] = 0;
      position[count] = base + from;
      from += captured;
      count++;
    }
    this.#packets += count - batch.count;
    batch.count = count;
    window.from = from;
    return status;
  }
}

function tooLong(packet: number, position: Bytes, captured: Bytes): Damage {
  return {
    code: 'bad-record',
    sentence: `Packet ${grouped(packet)} at byte ${grouped(position)} claims ${grouped(captured)} captured bytes, more than any packet can have (${grouped(MAX_CAPTURED_LENGTH)}): the file is damaged from there on.`,
    next: 'The packets before it are shown.',
    position,
  };
}
