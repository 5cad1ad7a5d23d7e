import { useState } from 'react';
import { texts } from '../../texts';
import { BarList, type BarRow } from '../../widgets/charts/BarList';
import { ContextMenu } from '../../widgets/context-menu/ContextMenu';
import { formatCount } from '../../widgets/format/numbers';
import { rowMenu } from './menus';
import styles from './overview.module.css';
import { Panel, type PanelArea } from './Panel';
import type { RankedRow } from './rankings';

const words = texts.overview;

interface RankingProps {
  /** What a screen reader calls the list. */
  readonly label: string;
  readonly columns: readonly string[];
  readonly keys?: Readonly<Record<string, string>>;
  /** All of them, the greatest first. */
  readonly rows: readonly RankedRow[];
  /** How many are shown until a person asks for all. */
  readonly limit: number;
}

interface RankingPanelProps extends Omit<RankingProps, 'label'> {
  readonly area: PanelArea;
  readonly title: string;
  /** Of what the numbers are. */
  readonly note?: string;
  /** Said where there is no row. */
  readonly none: string;
}

/** Names with numbers and bars in a panel of their own. */
export function RankingPanel({ area, title, note, none, rows, ...list }: RankingPanelProps) {
  return (
    <Panel area={area} title={title} {...(note ? { note } : {})}>
      {rows.length === 0 ? <p className={styles.nothing}>{none}</p> : <Ranking label={title} rows={rows} {...list} />}
    </Panel>
  );
}

/** Names with numbers and bars; each row has the menu of what it stands for. */
export function Ranking({ label, columns, keys, rows, limit }: RankingProps) {
  const [isOpen, setOpen] = useState(false);
  const [menu, setMenu] = useState<{ readonly id: string; readonly at: { readonly x: number; readonly y: number } } | null>(null);
  const row = menu && rows.find(({ id }) => id === menu.id);
  const shown = isOpen ? rows : rows.slice(0, limit);
  const onMenu = ({ id }: BarRow, at: { readonly x: number; readonly y: number }): void => setMenu({ id, at });
  return (
    <>
      <BarList label={label} columns={columns} rows={shown} onMenu={onMenu} {...(keys ? { keys } : {})} />
      {rows.length > limit && (
        <button type="button" className={styles.more} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? words.fewer : words.more(formatCount(rows.length))}
        </button>
      )}
      <ContextMenu
        at={row ? menu.at : null}
        {...(row ? { title: row.label } : {})}
        items={row ? rowMenu(row) : []}
        onClose={() => setMenu(null)}
      />
    </>
  );
}
