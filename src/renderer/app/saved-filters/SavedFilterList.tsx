import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import { MAX_NAME, type SavedFilter } from '../../../shared/contract/profiles';
import { useFilterMistakes } from '../../stores/filter-mistakes';
import { cleanName } from '../../stores/names';
import { changeFilters, savedFilters } from '../../stores/saved-filters';
import { texts } from '../../texts';
import { FilterField } from '../../widgets/marked-input/FilterField';
import { IconButton } from '../../widgets/reorder/IconButton';
import { moveByKey, moved } from '../../widgets/reorder/move';
import { closeDialog } from '../dialogs/dialog-store';
import styles from './saved-filters.module.css';

const words = texts.savedFilters.list;

/** The saved filters to rename, change, order and remove; nothing holds before it is saved. */
export function SavedFilterList() {
  const nextKey = useRef(0);
  const [filters, setFilters] = useState(() => savedFilters().map((one) => ({ ...one, key: nextKey.current++ })));
  const mistakeOf = useFilterMistakes(useMemo(() => filters.map(({ filter }) => filter), [filters]));
  const isWrong = ({ filter }: SavedFilter): boolean => filter.trim() === '' || !!mistakeOf(filter);
  const wrong = filters.filter(isWrong).length;
  const names = filters.map(({ name }) => cleanName(name));
  const isUnnamed = names.includes('') || new Set(names).size < names.length;

  const change = (key: number, next: Partial<SavedFilter>): void =>
    setFilters((before) => before.map((one) => (one.key === key ? { ...one, ...next } : one)));
  const move = (from: number, step: 1 | -1): void => setFilters((before) => moved(before, from, step));
  const save = (): void => {
    changeFilters(filters.map(({ name, filter }) => ({ name: cleanName(name), filter: filter.trim() })));
    closeDialog();
  };

  return (
    <div className="form">
      {filters.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <ol className={`line-list ${styles.list}`} aria-label={words.title}>
          {filters.map((one, index) => (
            <li key={one.key} className={styles.line} onKeyDown={(event) => moveByKey(event, (step) => move(index, step))}>
              <input
                className={`text-input ${styles.input}`}
                aria-label={words.nameOf(index + 1)}
                maxLength={MAX_NAME}
                value={one.name}
                onChange={({ target }) => change(one.key, { name: target.value })}
              />
              <FilterField
                aria-label={words.filterOf(one.name)}
                value={one.filter}
                mistake={mistakeOf(one.filter) ?? null}
                onChange={({ target }) => change(one.key, { filter: target.value })}
              />
              <span className="line-buttons">
                <IconButton label={words.up(one.name)} icon={IconArrowUp} disabled={index === 0} onClick={() => move(index, -1)} />
                <IconButton
                  label={words.down(one.name)}
                  icon={IconArrowDown}
                  disabled={index === filters.length - 1}
                  onClick={() => move(index, 1)}
                />
                <IconButton
                  label={words.remove(one.name)}
                  icon={IconTrash}
                  onClick={() => setFilters((before) => before.filter(({ key }) => key !== one.key))}
                />
              </span>
            </li>
          ))}
        </ol>
      )}
      <p className="form-note" role="status" data-wrong={wrong > 0 || isUnnamed ? '' : undefined}>
        {wrong > 0 ? words.wrong(wrong) : isUnnamed ? words.unnamed : words.hint}
      </p>
      <div className="form-actions">
        <button type="button" className="button" onClick={closeDialog}>
          {words.cancel}
        </button>
        <button type="button" className="button" data-primary disabled={wrong > 0 || isUnnamed} onClick={save}>
          {words.save}
        </button>
      </div>
    </div>
  );
}
