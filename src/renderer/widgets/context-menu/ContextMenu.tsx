import { Menu } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';
import styles from './context-menu.module.css';

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  /** The text or key that the entry is about, dimmed at its end. */
  readonly detail?: string;
  /** A mark before the label: on or off. Absent where the entry is no switch. */
  readonly checked?: boolean;
  readonly disabled?: boolean;
  /** A line above this entry. */
  readonly separated?: boolean;
  run(): void;
}

interface ContextMenuProps {
  /** Where it opens, in client pixels; null while closed. */
  readonly at: { readonly x: number; readonly y: number } | null;
  readonly title?: string;
  readonly items: readonly MenuItem[];
  onClose(): void;
}

const OUTSIDE = ['mousedown', 'touchstart'];

/** A menu at a place of the page. Focus goes to it and comes back. */
export function ContextMenu({ at, title, items, onClose }: ContextMenuProps) {
  return (
    <Menu
      opened={at !== null}
      onClose={onClose}
      position="bottom-start"
      offset={2}
      returnFocus
      // Without 'keydown': the key that opened the menu is still on its way up and would close it.
      clickOutsideEvents={OUTSIDE}
      shadow="none"
      transitionProps={{ duration: 0 }}
      withinPortal
    >
      <Menu.Target>
        <div className={styles.anchor} aria-hidden style={{ left: at?.x ?? 0, top: at?.y ?? 0 }} />
      </Menu.Target>
      <Menu.Dropdown className={styles.dropdown}>
        {title && <Menu.Label className={styles.title}>{title}</Menu.Label>}
        {items.map(({ id, label, icon, detail, checked, disabled, separated, run }) => (
          <Fragment key={id}>
            {separated && <Menu.Divider className={styles.divider} />}
            {checked === undefined ? (
              <Menu.Item
                className={styles.item}
                leftSection={icon}
                rightSection={detail && <span className={styles.detail}>{detail}</span>}
                disabled={disabled ?? false}
                onClick={run}
              >
                {label}
              </Menu.Item>
            ) : (
              <Menu.CheckboxItem className={styles.item} checked={checked} disabled={disabled ?? false} closeMenuOnClick onChange={run}>
                {label}
              </Menu.CheckboxItem>
            )}
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
