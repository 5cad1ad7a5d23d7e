import { exclude, filterTo } from '../stores/filter';
import { isHost, openHost } from '../stores/hosts';
import { texts } from '../texts';
import type { MenuItem } from '../widgets/context-menu/ContextMenu';

export interface ValueFacts {
  /** As it is shown and copied. */
  readonly text: string;
  /** The filter test that it stands for; null: it stands for none. */
  readonly test: string | null;
  /** The host that it is or belongs to. */
  readonly host?: string;
}

/** What every value offers: to filter to it, to exclude it, to look at its host, to copy it. */
export function valueItems({ text, test, host = '' }: ValueFacts): MenuItem[] {
  const { filter, exclude: excludeThis, copy } = texts.values;
  return [
    ...(test === null
      ? []
      : [
          { id: 'filter', label: filter, detail: test, run: () => void filterTo(test) },
          { id: 'exclude', label: excludeThis, run: () => void exclude(test) },
        ]),
    ...(isHost(host) ? [{ id: 'host', label: texts.hosts.openPage, run: () => openHost(host) }] : []),
    { id: 'copy', label: copy, separated: test !== null || isHost(host), run: () => void window.portlight.copyText(text) },
  ];
}
