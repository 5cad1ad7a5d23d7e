import { IconTrash } from '@tabler/icons-react';
import type { ListRow } from '../../../../shared/contract/settings';
import { texts } from '../../../texts';
import styles from './lists.module.css';

const words = texts.settings.lists;

/** One list: what it is, where from, how much of it is understood. */
export function ListItem({ list, onRemove }: { readonly list: ListRow; onRemove(): void }) {
  const { name, kind, entries, refused, own, replaces, source, date, licence, problem } = list;
  return (
    <li className={styles.list}>
      <div className={styles.text}>
        <p className={styles.name}>
          <span>{name}</span>
          <span className={styles.tag} data-own={own ? '' : undefined}>
            {replaces ? words.replaces : own ? words.own : words.shipped}
          </span>
        </p>
        <p className={styles.about}>
          {words.kinds[kind]} · {problem ?? words.entries(entries)}
          {refused > 0 && <span className={styles.refused}> · {words.refused(refused)}</span>}
        </p>
        <dl className={`${styles.facts} selectable`}>
          <Fact name={words.from} value={source} />
          <Fact name={words.date} value={date} />
          <Fact name={words.licence} value={licence} />
        </dl>
      </div>
      {own && (
        <button type="button" className="button" data-small aria-label={words.removeName(name)} onClick={onRemove}>
          <IconTrash size={13} aria-hidden />
          {words.remove}
        </button>
      )}
    </li>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{value === '' ? words.unknown : value}</dd>
    </div>
  );
}
