import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import styles from './field-tree.module.css';
import type { FlatField } from './flatten';

interface FieldTreeProps {
  readonly label: string;
  readonly rows: readonly FlatField[];
  /** `id` of the selected field. */
  readonly selected: string | null;
  /** `id` of the field whose byte the pointer is on. */
  readonly hovered: string | null;
  onSelect(field: FlatField): void;
  onToggle(field: FlatField, open: boolean): void;
  onMenu(field: FlatField, at: { readonly x: number; readonly y: number }): void;
}

const ROW_PX = 20;
const INDENT_PX = 16;

/** A packet's fields with ARIA's tree keys. Only the rows on screen exist. */
export function FieldTree({ label, rows, selected, hovered, onSelect, onToggle, onMenu }: FieldTreeProps) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => ROW_PX, overscan: 8 });
  const index = rows.findIndex((row) => row.id === selected);

  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when the selection moves, not whenever a branch is opened
  useEffect(() => {
    if (index >= 0) virtual.scrollToIndex(index, { align: 'auto' });
  }, [selected, index < 0]);

  const select = (to: number): void => {
    const row = rows[Math.min(Math.max(0, to), rows.length - 1)];
    if (row) onSelect(row);
  };
  const openMenu = (field: FlatField): void => {
    const box = scroller.current?.querySelector(`[data-field="${field.id}"]`)?.getBoundingClientRect();
    if (box) onMenu(field, { x: box.left + field.depth * INDENT_PX + 24, y: box.bottom });
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[index];
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_PX) - 1);
    const parent = (): number => (row ? rows.findLastIndex((other, at) => at < index && other.depth < row.depth) : -1);
    const keys: Record<string, () => void> = {
      ArrowDown: () => select(index + 1),
      ArrowUp: () => select(index < 0 ? 0 : index - 1),
      PageDown: () => select(Math.max(index, 0) + page),
      PageUp: () => select(index - page),
      Home: () => select(0),
      End: () => select(rows.length - 1),
      ArrowRight: () => {
        if (!row || row.node.children.length === 0) return;
        if (row.open) select(index + 1);
        else onToggle(row, true);
      },
      ArrowLeft: () => {
        if (row?.open) onToggle(row, false);
        else if (parent() >= 0) select(parent());
      },
      Enter: () => row && onToggle(row, !row.open),
      ' ': () => row && onToggle(row, !row.open),
      ContextMenu: () => row && openMenu(row),
    };
    const run = event.key === 'F10' && event.shiftKey ? keys.ContextMenu : keys[event.key];
    if (!run || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    run();
  };

  return (
    <div
      ref={scroller}
      className={styles.tree}
      role="tree"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={index >= 0 ? `${id}-${index}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div className={styles.canvas} style={{ height: virtual.getTotalSize() }} role="presentation">
        {virtual.getVirtualItems().map(({ index: at, start }) => {
          const row = rows[at];
          if (!row) return null;
          const { node, depth, open } = row;
          const branch = node.children.length > 0;
          const colon = node.label.indexOf(': ');
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys
            // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the tree, which names its active item
            <div
              key={row.id}
              id={`${id}-${at}`}
              className={styles.field}
              role="treeitem"
              aria-level={depth + 1}
              aria-posinset={row.position}
              aria-setsize={row.siblings}
              aria-expanded={branch ? open : undefined}
              aria-selected={row.id === selected}
              data-field={row.id}
              data-name={node.name}
              data-branch={branch && depth === 0 ? '' : undefined}
              data-hovered={row.id === hovered ? '' : undefined}
              style={{ transform: `translateY(${start}px)`, paddingLeft: 8 + depth * INDENT_PX }}
              onClick={() => onSelect(row)}
              onDoubleClick={() => branch && onToggle(row, !open)}
              onContextMenu={(event) => {
                event.preventDefault();
                onSelect(row);
                onMenu(row, { x: event.clientX, y: event.clientY });
              }}
            >
              <span
                className={styles.toggle}
                aria-hidden
                onClick={(event) => {
                  if (!branch) return;
                  event.stopPropagation();
                  onToggle(row, !open);
                }}
              >
                {branch && (open ? <IconChevronDown size={13} /> : <IconChevronRight size={13} />)}
              </span>
              {colon > 0 ? (
                <span className={styles.text} title={node.label}>
                  <span className={styles.name}>{node.label.slice(0, colon + 1)}</span>
                  {node.label.slice(colon + 1)}
                </span>
              ) : (
                <span className={styles.text} title={node.label}>
                  {node.label}
                </span>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
