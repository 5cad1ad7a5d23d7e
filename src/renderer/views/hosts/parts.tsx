import { type ReactNode, useState } from 'react';
import type { AlertRow } from '../../../shared/model/alerts';
import type { Ranked } from '../../../shared/model/hosts';
import { openAlert } from '../../stores/alerts';
import { addressTest } from '../../stores/filter-text';
import { isHost, selectHost } from '../../stores/hosts';
import { texts } from '../../texts';
import { Value } from '../../values/Value';
import { formatCount } from '../../widgets/format/numbers';
import { SeverityMark } from '../../widgets/severity/SeverityMark';
import styles from './hosts.module.css';

const words = texts.hosts.page;

/** A part of the page under its title. */
export function Part({ title, count, children }: { readonly title: string; readonly count?: number; readonly children: ReactNode }) {
  return (
    <section className={styles.part}>
      <h3 className="eyebrow">{count === undefined ? title : `${title} (${formatCount(count)})`}</h3>
      {children}
    </section>
  );
}

export interface TableColumn<Row> {
  readonly title: string;
  /** Right-aligned. */
  readonly isNumber?: boolean;
  readonly isMono?: boolean;
  cell(row: Row): ReactNode;
}

interface TableProps<Row> {
  readonly title: string;
  readonly ranked: Ranked<Row>;
  readonly columns: readonly TableColumn<Row>[];
  keyOf(row: Row): string;
}

/** Rows of a table that are shown until more are asked for. */
const FEW = 8;

/** A ranking as a table; nothing where it is empty. */
export function RankedTable<Row>({ title, ranked, columns, keyOf }: TableProps<Row>) {
  const [isWhole, setIsWhole] = useState(false);
  if (ranked.total === 0) return null;
  // One more row takes no more room than the button.
  const rows = isWhole || ranked.rows.length <= FEW + 1 ? ranked.rows : ranked.rows.slice(0, FEW);
  const hidden = ranked.rows.length - rows.length;
  const more = ranked.total - ranked.rows.length;
  return (
    <Part title={title} count={ranked.total}>
      <table className={styles.table} aria-label={title}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.title} scope="col" data-number={column.isNumber ? '' : undefined}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column) => (
                <td
                  key={column.title}
                  className={`selectable ${column.isMono ? 'mono' : ''}`}
                  data-number={column.isNumber ? '' : undefined}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {hidden > 0 && (
        <button
          type="button"
          className={styles.more}
          aria-label={words.showMoreOf(formatCount(hidden), title)}
          onClick={() => setIsWhole(true)}
        >
          {words.showMore(formatCount(hidden))}
        </button>
      )}
      {hidden === 0 && more > 0 && <p className={styles.quiet}>{words.more(formatCount(more))}</p>}
    </Part>
  );
}

/** A count, dimmed where there is nothing to count. */
export const Count = ({ value }: { readonly value: number }) => (
  <span className={value === 0 ? styles.quiet : undefined}>{formatCount(value)}</span>
);

/** An address that leads to its page. */
export const HostLink = ({ address }: { readonly address: string }) => (
  <Value
    text={address}
    test={addressTest('addr', address)}
    {...(isHost(address) && { onOpen: () => selectHost(address), hint: texts.hosts.open(address) })}
  />
);

/** Alerts that lead to where they are read. */
export function AlertLinks({ title, alerts }: { readonly title: string; readonly alerts: Ranked<AlertRow> }) {
  if (alerts.total === 0) return null;
  const more = alerts.total - alerts.rows.length;
  return (
    <Part title={title} count={alerts.total}>
      <ul className={styles.alerts}>
        {alerts.rows.map(({ id, severity, title: name, status }) => (
          <li key={id}>
            <button type="button" className={styles.alert} onClick={() => openAlert(id)}>
              <SeverityMark severity={severity} size={10} />
              <span className={styles.alertTitle}>{name}</span>
              <span className={styles.quiet}>
                {texts.alerts.severities[severity]}
                {status === 'open' ? '' : ` · ${texts.alerts.statuses[status]}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {more > 0 && <p className={styles.quiet}>{words.more(formatCount(more))}</p>}
    </Part>
  );
}
