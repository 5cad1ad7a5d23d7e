import { useEffect } from 'react';
import { ContextMenu } from '../widgets/context-menu/ContextMenu';
import { closeMenu, useValueMenu } from './menu-store';
import { valueItems } from './value-items';

/** Texts that are read but are no value with a menu of its own. */
const READ = '.selectable, dd, td';

/** The menu of whichever value was asked for. What has no menu of its own can be copied all the same. */
export function ValueMenu() {
  const menu = useValueMenu((state) => state.menu);
  useEffect(() => {
    const onContextMenu = (event: MouseEvent): void => {
      if (event.defaultPrevented || !(event.target instanceof Element)) return;
      const text = getSelection()?.toString().trim() || event.target.closest(READ)?.textContent?.trim();
      if (!text) return;
      event.preventDefault();
      useValueMenu.setState({ menu: { at: { x: event.clientX, y: event.clientY }, title: text, items: valueItems({ text, test: null }) } });
    };
    window.addEventListener('contextmenu', onContextMenu);
    return () => window.removeEventListener('contextmenu', onContextMenu);
  }, []);
  return <ContextMenu at={menu?.at ?? null} {...(menu ? { title: menu.title } : {})} items={menu?.items ?? []} onClose={closeMenu} />;
}
