import { exclude, filterTo } from '../../stores/filter';
import { fieldTest } from '../../stores/filter-text';
import { isHost, openHost } from '../../stores/hosts';
import { texts } from '../../texts';
import type { MenuItem } from '../../widgets/context-menu/ContextMenu';
import { branchKeys, type FlatField } from '../../widgets/field-tree/flatten';
import { applyAsColumn } from './apply-column';
import { hasColumn, isColumnField, removeColumn } from './column-store';
import { setOpen } from './expanded';

/** Bytes that a copy takes at most; a reassembled message can have megabytes. */
const MAX_COPIED = 65_536;

const copy = (text: string): void => void window.portlight.copyText(text);

/** What can be done with one field of the tree. `source` is the bytes that its range speaks of. */
export function fieldMenu({ node, key }: Pick<FlatField, 'node' | 'key'>, source: Uint8Array | undefined): MenuItem[] {
  const { menu } = texts.packets;
  const test = fieldTest(node);
  const items: MenuItem[] = test
    ? [
        { id: 'filter', label: menu.filter, detail: test, run: () => void filterTo(test) },
        { id: 'exclude', label: menu.exclude, run: () => void exclude(test) },
      ]
    : [];
  if (isColumnField(node.name)) {
    const { name } = node;
    items.push(
      hasColumn(name)
        ? { id: 'column', label: menu.removeColumn, detail: name, run: () => removeColumn(name) }
        : { id: 'column', label: menu.applyColumn, detail: name, run: () => applyAsColumn(node) },
    );
  }
  const { value } = node;
  if (typeof value === 'string' && isHost(value)) items.push({ id: 'host', label: texts.hosts.openPage, run: () => openHost(value) });
  items.push({ id: 'copy', label: menu.copyField, separated: test !== null, run: () => copy(node.label) });
  if (node.name !== '') items.push({ id: 'name', label: menu.copyName, detail: node.name, run: () => copy(node.name) });
  const bytes = source?.subarray(node.start, node.start + Math.min(node.length, MAX_COPIED));
  if (bytes && bytes.length > 0) {
    items.push({
      id: 'bytes',
      label: menu.copyBytes,
      run: () => copy(Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')),
    });
  }
  if (node.children.length > 0) {
    const { expandAll, collapseAll } = texts.packets.details;
    items.push(
      { id: 'expand', label: expandAll, separated: true, run: () => setOpen(branchKeys(node, key), true) },
      { id: 'collapse', label: collapseAll, run: () => setOpen(branchKeys(node, key), false) },
    );
  }
  return items;
}
