import { type FormEvent, useState } from 'react';
import { MAX_NAME, MAX_SAVED_FILTERS } from '../../../shared/contract/profiles';
import { useFilter } from '../../stores/filter';
import { useFilterMistakes } from '../../stores/filter-mistakes';
import { cleanName } from '../../stores/names';
import { saveFilter, useSavedFilters } from '../../stores/saved-filters';
import { texts } from '../../texts';
import { FilterField } from '../../widgets/marked-input/FilterField';
import { closeDialog } from '../dialogs/dialog-store';
import styles from './saved-filters.module.css';

const words = texts.savedFilters.form;

/** Gives the filter that stands in the bar a name. */
export function SaveFilter() {
  const saved = useSavedFilters();
  const [filter, setFilter] = useState(() => useFilter.getState().draft.trim());
  const [name, setName] = useState(() => saved.find((one) => one.filter === filter)?.name ?? '');
  const [isFull, setFull] = useState(false);
  const mistake = useFilterMistakes([filter])(filter) ?? null;
  const title = cleanName(name);
  const replaced = saved.find((one) => one.name === title && one.filter !== filter.trim());

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (saveFilter(name, filter)) closeDialog();
    else setFull(true);
  };

  return (
    <form className="form" onSubmit={submit}>
      <label className={`form-field ${styles.field}`}>
        <span>{words.name}</span>
        <input
          className={`text-input ${styles.input}`}
          data-autofocus
          maxLength={MAX_NAME}
          placeholder={words.namePlaceholder}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
      </label>
      <div className={`form-field ${styles.field}`}>
        <label htmlFor="save-filter-text">{words.filter}</label>
        <FilterField
          id="save-filter-text"
          placeholder={words.filterPlaceholder}
          value={filter}
          mistake={mistake}
          onChange={({ target }) => setFilter(target.value)}
        />
      </div>
      <p className="form-note" role="status" data-wrong={isFull ? '' : undefined}>
        {isFull ? words.full(MAX_SAVED_FILTERS) : filter.trim() === '' ? words.noFilter : replaced ? words.replaces(title) : ''}
      </p>
      <div className="form-actions">
        <button type="button" className="button" onClick={closeDialog}>
          {words.cancel}
        </button>
        <button type="submit" className="button" data-primary disabled={title === '' || filter.trim() === '' || mistake !== null}>
          {words.save}
        </button>
      </div>
    </form>
  );
}
