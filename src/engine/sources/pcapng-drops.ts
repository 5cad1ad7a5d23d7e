import type { PcapngOption } from './pcapng-options';
import type { CaptureInterface } from './source';

const ISB_IFDROP = 5;
const ISB_OSDROP = 7;

/** Interfaces whose drop count comes from a statistics block, which counts from the start of the capture. */
const fromStatistics = new WeakSet<CaptureInterface>();

/** Adds packets that were lost since the interface's last packet, unless statistics already said how many were lost in all. */
export function countDrops(shown: CaptureInterface, dropped: number): void {
  if (!fromStatistics.has(shown)) shown.droppedPackets = (shown.droppedPackets ?? 0) + dropped;
}

/** Takes the drop counts of an Interface Statistics Block; a later block replaces an earlier one. */
export function addStatistics(shown: CaptureInterface, options: Iterable<PcapngOption>, view: DataView, little: boolean): void {
  let dropped = -1;
  for (const { code, start, length } of options) {
    if ((code === ISB_IFDROP || code === ISB_OSDROP) && length >= 8) {
      dropped = Math.max(0, dropped) + Number(view.getBigUint64(start, little));
    }
  }
  if (dropped < 0) return;
  fromStatistics.add(shown);
  shown.droppedPackets = dropped;
}
