import type { KeyboardEvent, MouseEvent } from 'react';
import { create } from 'zustand';
import type { MenuItem } from '../widgets/context-menu/ContextMenu';

interface OpenMenu {
  readonly at: { readonly x: number; readonly y: number };
  readonly title: string;
  readonly items: readonly MenuItem[];
}

/** The menu of a value, one for the whole window; null: none is open. */
export const useValueMenu = create<{ readonly menu: OpenMenu | null }>(() => ({ menu: null }));

export const closeMenu = (): void => useValueMenu.setState({ menu: null });

/** Opens a menu where the event came from; keys arrive without a place, so it opens below the element. */
export function openMenu(event: MouseEvent<Element> | KeyboardEvent<Element>, title: string, items: readonly MenuItem[]): void {
  event.preventDefault();
  event.stopPropagation();
  const { left, bottom } = event.currentTarget.getBoundingClientRect();
  const byPointer = 'clientX' in event && (event.clientX > 0 || event.clientY > 0);
  useValueMenu.setState({ menu: { at: byPointer ? { x: event.clientX, y: event.clientY } : { x: left, y: bottom }, title, items } });
}

export const isMenuKey = ({ key, shiftKey }: KeyboardEvent): boolean => key === 'ContextMenu' || (key === 'F10' && shiftKey);

/** For an element that has a menu: by the other mouse button and by keys. */
export const menuHandlers = (title: string, items: () => readonly MenuItem[]) => ({
  onContextMenu: (event: MouseEvent<Element>): void => openMenu(event, title, items()),
  onKeyDown: (event: KeyboardEvent<Element>): void => {
    if (isMenuKey(event)) openMenu(event, title, items());
  },
});
