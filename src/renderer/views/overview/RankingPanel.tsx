import { useState } from 'react';
import { exclude, filterTo } from '../../stores/filter';
import { texts } from '../../texts';
import { BarList, type BarRow } from '../../widgets/charts/BarList';
import { ContextMenu, type MenuItem } from '../../widgets/context-menu/ContextMenu';
import { formatCount } from '../../widgets/format/numbers';
import styles from './overview.module.css';
import { Panel, type PanelArea } from './Panel';
import type { RankedRow } from './rankings';

interface RankingPanelProps {
  readonly area: PanelArea;
  readonly title: string;
  readonly columns: readonly string[];
  readonly keys?: Readonly<Record<string, string>>;
  /** All of them, the greatest first. */
  readonly rows: readonly RankedRow[];
  /** How many are shown until a person asks for all. */
  readonly limit: number;
  /** Said where there is no row. */
  readonly none: string;
}

const words = texts.overview;

/** Names with numbers and bars; each row has the menu of what it stands for. */
export function RankingPanel({ area, title, columns, keys, rows, limit, none }: RankingPanelProps) {
  const [isOpen, setOpen] = useState(false);
  const [menu, setMenu] = useState<{ readonly id: string; readonly at: { readonly x: number; readonly y: number } } | null>(null);
  const row = menu && rows.find(({ id }) => id === menu.id);
  const shown = isOpen ? rows : rows.slice(0, limit);
  const onMenu = ({ id }: BarRow, at: { readonly x: number; readonly y: number }): void => setMenu({ id, at });
  return (
    <Panel
      area={area}
      title={title}
      aside={
        rows.length > limit && (
          <button type="button" className={styles.more} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? words.fewer : words.more(formatCount(rows.length))}
          </button>
        )
      }
    >
      {rows.length === 0 ? (
        <p className={styles.nothing}>{none}</p>
      ) : (
        <BarList label={title} columns={columns} rows={shown} onMenu={onMenu} {...(keys ? { keys } : {})} />
      )}
      <ContextMenu
        at={row ? menu.at : null}
        {...(row ? { title: row.label } : {})}
        items={row ? menuOf(row) : []}
        onClose={() => setMenu(null)}
      />
    </Panel>
  );
}

function menuOf({ test, label }: RankedRow): MenuItem[] {
  const { menu } = words;
  return [
    ...(test
      ? [
          { id: 'filter', label: menu.filter, detail: test, run: () => void filterTo(test) },
          { id: 'exclude', label: menu.exclude, run: () => void exclude(test) },
        ]
      : []),
    { id: 'copy', label: menu.copy, separated: test !== null, run: () => void window.portlight.copyText(label) },
  ];
}
