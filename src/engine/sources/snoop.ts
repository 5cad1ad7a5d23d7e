import { fail, ok, type Result } from '../../shared/base/result';
import { BATCH_FULL, type CaptureFacts, DAMAGED, type Damage, type FormatParser, grouped, type ParseStatus } from './parser';
import { type FrameBatch, MAX_CAPTURED_LENGTH } from './source';
import type { InputWindow } from './window';

export const SNOOP_HEADER = 16;
const RECORD_HEADER = 24;

/** RFC 1761 section 4.3 and IANA's snoop registry to LINKTYPE_ values: Ethernet, Token Ring, FDDI, IP over InfiniBand. */
const LINK_TYPES = new Map([
  [0, 1],
  [2, 6],
  [4, 1],
  [8, 10],
  [26, 242],
]);

/** Reads the records of a Solaris snoop file, version 2 (RFC 1761). */
export class SnoopParser implements FormatParser {
  readonly format = 'snoop';
  damage: Damage | null = null;
  readonly #facts: CaptureFacts;
  readonly #linkType: number;
  #packets = 0;

  private constructor(linkType: number, facts: CaptureFacts) {
    this.#facts = facts;
    this.#linkType = linkType;
    const shared = { name: null, description: null, droppedPackets: null, details: {} };
    facts.interfaces.push({ ...shared, linkType, snapLength: MAX_CAPTURED_LENGTH });
  }

  /** Takes the file header at `window.from`, of which SNOOP_HEADER bytes are there. */
  static open(window: InputWindow, facts: CaptureFacts): Result<SnoopParser> {
    const version = window.view.getUint32(window.from + 8);
    const dataLink = window.view.getUint32(window.from + 12);
    if (version !== 2) {
      return fail(
        'unsupported-version',
        `The file is a snoop file of version ${version}; only version 2 is read.`,
        'Convert it: editcap -F pcapng FILE NEW.pcapng',
      );
    }
    const linkType = LINK_TYPES.get(dataLink);
    if (linkType === undefined) {
      return fail(
        'unsupported-link-type',
        `The snoop file was captured on a kind of network (${dataLink}) that is not read.`,
        'Convert it: editcap -F pcapng FILE NEW.pcapng',
      );
    }
    window.from += SNOOP_HEADER;
    return ok(new SnoopParser(linkType, facts));
  }

  parse(window: InputWindow, batch: FrameBatch, max: number): ParseStatus {
    const { view, to, base } = window;
    while (batch.count < max) {
      const from = window.from;
      if (to - from < RECORD_HEADER) return RECORD_HEADER;
      const captured = view.getUint32(from + 4);
      const record = view.getUint32(from + 8);
      const original = view.getUint32(from);
      if (
        original > MAX_CAPTURED_LENGTH ||
        captured > MAX_CAPTURED_LENGTH ||
        record < RECORD_HEADER + captured ||
        record > RECORD_HEADER + MAX_CAPTURED_LENGTH + 1024
      ) {
        const position = base + from;
        this.damage = {
          code: 'bad-record',
          sentence: `Packet ${grouped(this.#packets + 1)} at byte ${grouped(position)} has impossible lengths: the file is damaged from there on.`,
          next: 'The packets before it are shown.',
          position,
        };
        return DAMAGED;
      }
      if (to - from < record) return record;
      const index = batch.count++;
      const micros = view.getUint32(from + 20);
      const start = from + RECORD_HEADER;
      batch.start[index] = start;
      batch.capturedLength[index] = captured;
      batch.length[index] = original;
      batch.seconds[index] = view.getUint32(from + 16) + Math.floor(micros / 1_000_000);
      batch.nanoseconds[index] = (micros % 1_000_000) * 1000;
      batch.hasTime[index] = 1;
      batch.linkType[index] = this.#linkType;
      batch.interfaceId[index] = 0;
      batch.position[index] = base + start;
      // Counted since the start of the capture.
      const drops = view.getUint32(from + 12);
      const shown = this.#facts.interfaces[0];
      if (shown !== undefined) shown.droppedPackets = drops;
      this.#packets++;
      window.from = from + record;
    }
    return BATCH_FULL;
  }
}
