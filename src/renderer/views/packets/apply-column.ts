import { notifications } from '@mantine/notifications';
import { MAX_USER_COLUMNS } from '../../../shared/contract/row-look';
import type { FieldNode } from '../../../shared/model/records';
import { texts } from '../../texts';
import { addColumn } from './column-store';

/** 'Time to Live: 64', '.... 0101 = Header Length: 20 bytes', '[Stream index: 3]': what stands before the colon. */
const TITLE = /^\[?(?:[.01 ]+ = )?([^:[\]]{2,48}?)(?:: |\]|$)/;

const isNumber = (value: FieldNode['value']): boolean => typeof value === 'number' || typeof value === 'bigint';

/** Shows the field of a packet's tree in a column, called as the tree calls it. */
export function applyAsColumn({ name, label, value }: FieldNode): void {
  const title = value === null ? name : (TITLE.exec(label)?.[1]?.trim() ?? name);
  if (!addColumn(name, title, isNumber(value) ? 'right' : 'left'))
    notifications.show({ message: texts.packets.columnDialog.full(MAX_USER_COLUMNS) });
}
