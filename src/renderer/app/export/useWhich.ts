import { useState } from 'react';
import type { ExportSubject, ExportWhich, ExportWish } from '../../stores/export';
import { isFiltered, useFilter } from '../../stores/filter';
import { useSession } from '../../stores/session';
import { choosesMany, chosenFlowList, chosenPacketRanges, usePacketCounts } from './choices';

export interface WhichOption {
  readonly id: ExportWhich;
  /** How many there are; null: not known yet, or not worth knowing. */
  readonly count: number | null;
  /** It is about a single one. */
  readonly one: boolean;
}

/** What can be chosen of a subject, and what is chosen of it. */
export function useWhich(subject: ExportSubject, wish: ExportWish) {
  const filtered = useFilter(isFiltered);
  const marked = useSession((state) => state.tick?.annotations.marked ?? 0);
  const flowCount = useSession((state) => state.tick?.flows.total ?? 0);
  // The dialog is about what was chosen when it was opened.
  const [ranges] = useState(chosenPacketRanges);
  const [flows] = useState(chosenFlowList);
  const [chosen, choose] = useState<ExportWhich | undefined>(wish.which);
  const ofPackets: ExportWhich[] = [
    'all',
    ...(filtered ? (['shown'] as const) : []),
    ...(ranges.length > 0 ? (['chosen'] as const) : []),
    ...(flows.length > 0 ? (['flows'] as const) : []),
    ...(marked > 0 ? (['marked'] as const) : []),
  ];
  const counts = usePacketCounts(ofPackets);
  const options = optionsOf();
  const usual: ExportWhich = choosesMany(subject) ? 'chosen' : filtered || subject === 'exposure' ? 'shown' : 'all';
  const which = options.find(({ id }) => id === chosen)?.id ?? options.find(({ id }) => id === usual)?.id ?? 'all';
  return { options, which, choose };

  function optionsOf(): readonly WhichOption[] {
    if (subject === 'packets')
      return ofPackets.map((id) => ({ id, count: counts[id] ?? null, one: (id === 'flows' ? flows.length : counts[id]) === 1 }));
    const both: WhichOption[] = [
      { id: 'all', count: subject === 'flows' ? flowCount : null, one: false },
      ...(filtered || subject === 'exposure' ? [{ id: 'shown', count: null, one: false } as const] : []),
    ];
    if (subject === 'flows' && flows.length > 0) both.push({ id: 'chosen', count: flows.length, one: flows.length === 1 });
    return both;
  }
}
