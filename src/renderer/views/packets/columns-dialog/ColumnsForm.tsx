import { IconAlignLeft, IconAlignRight, IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import { MAX_NAME, type UserColumn } from '../../../../shared/contract/profiles';
import { closePacketDialog } from '../../../stores/packet-dialogs';
import { texts } from '../../../texts';
import { IconButton } from '../../../widgets/reorder/IconButton';
import { moveByKey } from '../../../widgets/reorder/move';
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

  return (
    <div className="form">
      <AddColumn />
      <ul className={`line-list ${styles.columns}`} aria-label={words.title}>
        {settings.order.map((id, index) => (
          <ColumnLine key={id} id={id} settings={settings} isFirst={index === 0} isLast={index === settings.order.length - 1} />
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
}

function ColumnLine({ id, settings, isFirst, isLast }: ColumnLineProps) {
  const title = columnTitle(settings, id);
  const own = settings.own.find(({ field }) => userColumnId(field) === id);
  const isShown = !settings.hidden.includes(id);
  return (
    <li className={styles.column} onKeyDown={(event) => moveByKey(event, (step) => moveColumn(id, step))}>
      <input
        type="checkbox"
        aria-label={words.show(title)}
        checked={isShown}
        disabled={isShown && settings.order.length - settings.hidden.length === 1}
        onChange={() => setHidden(id, isShown)}
      />
      {own ? <OwnColumn column={own} /> : <span className={styles.builtIn}>{title}</span>}
      <IconButton label={words.up(title)} icon={IconArrowUp} disabled={isFirst} onClick={() => moveColumn(id, -1)} />
      <IconButton label={words.down(title)} icon={IconArrowDown} disabled={isLast} onClick={() => moveColumn(id, 1)} />
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
        className={`text-input ${styles.input}`}
        aria-label={words.rename(field)}
        maxLength={MAX_NAME}
        defaultValue={title}
        onBlur={({ target }) => changeColumn(field, { title: target.value })}
        onKeyDown={(event) => event.key === 'Enter' && changeColumn(field, { title: event.currentTarget.value })}
      />
      <span className={`${styles.field} mono`} title={field}>
        {field}
      </span>
      <IconButton label={words.align[other](title)} icon={Icon} onClick={() => changeColumn(field, { align: other })} />
      <IconButton label={words.remove(title)} icon={IconTrash} onClick={() => removeColumn(field)} />
    </>
  );
}
