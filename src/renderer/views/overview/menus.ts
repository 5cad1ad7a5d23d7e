import { applyRange, exclude, filterTo } from '../../stores/filter';
import { showHostsIn } from '../../stores/host-query';
import { openHost } from '../../stores/hosts';
import { texts } from '../../texts';
import type { AreaStep } from '../../widgets/charts/StackedArea';
import type { MenuItem } from '../../widgets/context-menu/ContextMenu';
import type { RankedRow } from './rankings';

const words = texts.overview.menu;

/** What may be done with a name of a ranking. */
export function rowMenu({ test, label, host, country }: RankedRow): MenuItem[] {
  return [
    ...testMenu(test),
    ...(host ? [{ id: 'host', label: words.host, separated: test !== null, run: () => openHost(host) }] : []),
    ...(country ? [{ id: 'hosts', label: words.hosts(label), separated: true, run: () => showHostsIn({ country }) }] : []),
    { id: 'copy', label: words.copy, separated: test !== null && !host && !country, run: () => void window.portlight.copyText(label) },
  ];
}

/** `test` null: it stands for none. */
export const testMenu = (test: string | null): MenuItem[] =>
  test === null
    ? []
    : [
        { id: 'filter', label: words.filter, detail: test, run: () => void filterTo(test) },
        { id: 'exclude', label: words.exclude, run: () => void exclude(test) },
      ];

/** Of a step of the chart. */
export const stepMenu = ({ from, to }: AreaStep): MenuItem[] => [
  { id: 'range', label: words.range, run: () => void applyRange({ from, to }) },
  { id: 'from', label: words.from, run: () => void applyRange({ from, to: Number.MAX_SAFE_INTEGER }) },
];
