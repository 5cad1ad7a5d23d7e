import type { GapSource } from '../../src/engine/capture';
import type { Gap } from '../../src/engine/detectors/gaps';
import { DEFAULT_DETECTION, type DetectionSettings } from '../../src/shared/model/detection-settings';
import { type Analysis, analyse } from './analyse';

const HEADER = 24;
const RECORD = 16;
const SECOND = 1_000_000_000;

/** Seconds since the start of the first packet's second. */
export interface Cut {
  readonly from: number;
  readonly to: number;
}

/** The packets of a pcap (microseconds, little-endian) that `keep` takes, by seconds since the first packet's second. */
export function keepPackets(pcap: Uint8Array, keep: (seconds: number, number: number) => boolean): Uint8Array {
  const view = new DataView(pcap.buffer, pcap.byteOffset, pcap.byteLength);
  if (view.getUint32(0, true) !== 0xa1b2c3d4) throw new Error('not a little-endian pcap file with microseconds');
  const kept: Uint8Array[] = [pcap.subarray(0, HEADER)];
  const start = pcap.length > HEADER ? view.getUint32(HEADER, true) : 0;
  for (let at = HEADER, number = 0; at < pcap.length; number++) {
    const end = at + RECORD + view.getUint32(at + 8, true);
    if (keep(view.getUint32(at, true) - start + view.getUint32(at + 4, true) / 1e6, number)) kept.push(pcap.subarray(at, end));
    at = end;
  }
  return Buffer.concat(kept);
}

/** Each gap once, before anything is read: rules hear of it by the packet clock. */
export function toldOnce(gaps: readonly Gap[]): GapSource {
  let told = false;
  return {
    take: () => {
      if (told) return [];
      told = true;
      return gaps;
    },
  };
}

/** Of what is captured, the rules find this; `told`: they were told of what is not. */
export interface WithCut {
  readonly told: Analysis;
  readonly untold: Analysis;
}

/** What the rules find where nothing was captured between two times. */
export async function analyseWithCut(
  pcap: Uint8Array,
  { from, to }: Cut,
  thresholds: DetectionSettings['thresholds'] = {},
): Promise<WithCut> {
  const settings = { ...DEFAULT_DETECTION, thresholds };
  const kept = keepPackets(pcap, (seconds) => seconds < from || seconds > to);
  const missing = toldOnce([{ from: from * SECOND, to: to * SECOND, share: 1 }]);
  return { told: await analyse(kept, { missing, settings }), untold: await analyse(kept, { settings }) };
}
