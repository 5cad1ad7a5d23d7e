import { IconStar, IconStarFilled } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { applyFilter, useFilter } from '../../stores/filter';
import { useSavedFilters } from '../../stores/saved-filters';
import { texts } from '../../texts';
import { ContextMenu, type MenuItem } from '../../widgets/context-menu/ContextMenu';
import { showSavedFilters, showSaveFilter } from '../dialogs/dialog-store';

const words = texts.savedFilters;
/** More are found by typing a part of their names. */
const MAX_SHOWN = 24;

/** The star beside the filter: the saved ones, and saving what stands there. */
export function SavedFiltersButton() {
  const saved = useSavedFilters();
  const draft = useFilter((state) => state.draft.trim());
  const [at, setAt] = useState<{ readonly x: number; readonly y: number } | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const known = saved.find(({ filter }) => filter === draft);
  const title = known ? words.savedAs(known.name) : words.menu;
  const Star = known ? IconStarFilled : IconStar;

  const items: MenuItem[] = [
    ...(saved.length === 0 ? [{ id: 'none', label: words.none, disabled: true, run: () => {} }] : []),
    ...saved
      .slice(0, MAX_SHOWN)
      .map(({ name, filter }) => ({ id: `saved-${name}`, label: name, detail: filter, run: () => void applyFilter(filter) })),
    { id: 'save', label: words.save, detail: 'Ctrl D', disabled: draft === '', separated: true, run: showSaveFilter },
    { id: 'edit', label: words.edit, disabled: saved.length === 0, run: showSavedFilters },
  ];

  return (
    <>
      <button
        ref={button}
        type="button"
        className="icon-button"
        aria-label={title}
        aria-haspopup="menu"
        title={title}
        onClick={() => {
          const box = button.current?.getBoundingClientRect();
          if (box) setAt({ x: box.left, y: box.bottom });
        }}
      >
        <Star size={14} aria-hidden />
      </button>
      <ContextMenu at={at} title={words.menu} items={items} onClose={() => setAt(null)} />
    </>
  );
}
