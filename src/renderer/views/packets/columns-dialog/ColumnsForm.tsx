import { IconAlignLeft, IconAlignRight, IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import { type KeyboardEvent, useRef } from 'react';
import { MAX_NAME, type UserColumn } from '../../../../shared/contract/profiles';
import { closePacketDialog } from '../../../stores/packet-dialogs';
import { texts } from '../../../texts';
import {
  type ColumnSettings,
  changeColumn,
  columnTitle,
  moveColumn,
  removeColumn,
  resetColumns,
  setHidden,
  useColumnSettings,
  userColumnId,
} from '../column-store';
import { AddColumn } from './AddColumn';
import styles from './columns-dialog.module.css';

const words = texts.packets.columnDialog;

/** All columns of the list: shown or not, in which order, and those of fields with their names. Changes hold at once. */
export function ColumnsForm() {
  const settings = useColumnSettings();
  const list = useRef<HTMLUListElement>(null);

  const move = (id: string, step: 1 | -1): void => {
    const active = document.activeElement;
    moveColumn(id, step);
    // The row is moved in the page, which takes the focus away from what is in it.
    requestAnimationFrame(() => active instanceof HTMLElement && active.focus());
  };

  return (
    <div className={styles.form}>
      <AddColumn />
      <ul ref={list} className={styles.columns} aria-label={words.title}>
        {settings.order.map((id, index) => (
          <ColumnLine
            key={id}
            id={id}
            settings={settings}
            isFirst={index === 0}
            isLast={index === settings.order.length - 1}
            onMove={move}
          />
        ))}
      </ul>
      <p className={styles.quiet}>{words.hint}</p>
      <div className={styles.actions}>
        <button type="button" className="button" onClick={resetColumns}>
          {texts.packets.headerMenu.reset}
        </button>
        <button type="button" className="button" data-primary onClick={closePacketDialog}>
          {words.done}
        </button>
      </div>
    </div>
  );
}

interface ColumnLineProps {
  readonly id: string;
  readonly settings: ColumnSettings;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  onMove(id: string, step: 1 | -1): void;
}

function ColumnLine({ id, settings, isFirst, isLast, onMove }: ColumnLineProps) {
  const title = columnTitle(settings, id);
  const own = settings.own.find(({ field }) => userColumnId(field) === id);
  const isShown = !settings.hidden.includes(id);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (step === 0 || !event.altKey) return;
    event.preventDefault();
    onMove(id, step);
  };
  return (
    <li className={styles.column} onKeyDown={onKeyDown}>
      <input
        type="checkbox"
        aria-label={words.show(title)}
        checked={isShown}
        disabled={isShown && settings.order.length - settings.hidden.length === 1}
        onChange={() => setHidden(id, isShown)}
      />
      {own ? <OwnColumn column={own} /> : <span className={styles.builtIn}>{title}</span>}
      <button
        type="button"
        className="icon-button"
        aria-label={words.up(title)}
        title={words.up(title)}
        disabled={isFirst}
        onClick={() => onMove(id, -1)}
      >
        <IconArrowUp size={14} aria-hidden />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={words.down(title)}
        title={words.down(title)}
        disabled={isLast}
        onClick={() => onMove(id, 1)}
      >
        <IconArrowDown size={14} aria-hidden />
      </button>
    </li>
  );
}

function OwnColumn({ column: { field, title, align } }: { readonly column: UserColumn }) {
  const Icon = align === 'right' ? IconAlignRight : IconAlignLeft;
  const other = align === 'right' ? 'left' : 'right';
  return (
    <>
      <input
        key={title}
        className={styles.input}
        aria-label={words.rename(field)}
        maxLength={MAX_NAME}
        defaultValue={title}
        onBlur={({ target }) => changeColumn(field, { title: target.value })}
        onKeyDown={(event) => event.key === 'Enter' && changeColumn(field, { title: event.currentTarget.value })}
      />
      <span className={`${styles.field} mono`} title={field}>
        {field}
      </span>
      <button
        type="button"
        className="icon-button"
        aria-label={words.align[other](title)}
        title={words.align[other](title)}
        onClick={() => changeColumn(field, { align: other })}
      >
        <Icon size={14} aria-hidden />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={words.remove(title)}
        title={words.remove(title)}
        onClick={() => removeColumn(field)}
      >
        <IconTrash size={14} aria-hidden />
      </button>
    </>
  );
}
