import type { TimeRange } from '../../shared/contract/engine';
import { PacketFlag } from '../../shared/model/packet-flags';
import { type Block, NO, type Test, YES } from '../filter/block';

const NANOSECONDS_A_SECOND = 1_000_000_000;

/** Takes the rows whose time is within the range; a packet without a time is in none. */
export class RangeTest implements Test {
  readonly #range: TimeRange;

  constructor(range: TimeRange) {
    this.#range = range;
  }

  fill(block: Block, out: Uint8Array): void {
    const { seconds, nanoseconds, flags } = block.chunk;
    const { from, to } = this.#range;
    for (let i = block.from; i < block.to; i++) {
      const time = (seconds[i] ?? 0) * NANOSECONDS_A_SECOND + (nanoseconds[i] ?? 0);
      out[i - block.from] = time >= from && time <= to && ((flags[i] ?? 0) & PacketFlag.Time) !== 0 ? YES : NO;
    }
  }

  decide(block: Block): boolean {
    const answer = new Uint8Array(1);
    this.fill(block, answer);
    return answer[0] === YES;
  }
}
