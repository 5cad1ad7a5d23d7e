import { Autocomplete } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import { MAX_FIELD_NAME, MAX_USER_COLUMNS } from '../../../../shared/contract/row-look';
import { engine } from '../../../client/engine';
import { problemOf } from '../../../client/engine-client';
import { texts } from '../../../texts';
import { addColumn, hasColumn, isColumnField } from '../column-store';
import styles from './columns-dialog.module.css';

const words = texts.packets.columnDialog;
const COMPLETE_DELAY_MS = 120;
const MAX_SHOWN = 20;

/** A field is added by its name, which is completed while it is typed. */
export function AddColumn() {
  const [field, setField] = useState('');
  const [title, setTitle] = useState('');
  const [wrong, setWrong] = useState('');
  const suggestions = useFieldNames(field);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const name = field.trim();
    const problem = await refusal(name);
    setWrong(problem ?? '');
    if (problem !== null) return;
    if (!addColumn(name, title.trim() === '' ? suggestions.find(({ text }) => text === name)?.title || name : title)) {
      setWrong(words.full(MAX_USER_COLUMNS));
      return;
    }
    setField('');
    setTitle('');
  };

  return (
    <form className={styles.add} onSubmit={(event) => void submit(event)}>
      <div className={styles.addRow}>
        <Autocomplete
          classNames={{ root: styles.grow, dropdown: styles.dropdown, option: styles.option }}
          aria-label={words.field}
          placeholder={words.fieldPlaceholder}
          data-autofocus
          spellCheck={false}
          maxLength={MAX_FIELD_NAME}
          value={field}
          onChange={(value) => {
            setField(value);
            setWrong('');
          }}
          data={suggestions.map(({ text }) => text)}
          filter={({ options }) => options}
          renderOption={({ option }) => (
            <span className={styles.suggestion}>
              <span className="mono">{option.value}</span>
              <span className={styles.quiet}>{suggestions.find(({ text }) => text === option.value)?.title}</span>
            </span>
          )}
          error={wrong === '' ? undefined : true}
          aria-describedby="add-column-wrong"
          maxDropdownHeight={220}
          size="xs"
        />
        <input
          className={`text-input ${styles.input}`}
          aria-label={words.name}
          placeholder={words.namePlaceholder}
          maxLength={80}
          value={title}
          onChange={({ target }) => setTitle(target.value)}
        />
        <button type="submit" className="button" data-primary disabled={field.trim() === ''}>
          {words.add}
        </button>
      </div>
      <p id="add-column-wrong" className={styles.wrong} role="alert">
        {wrong}
      </p>
    </form>
  );
}

interface Suggested {
  readonly text: string;
  readonly title: string;
}

function useFieldNames(typed: string): readonly Suggested[] {
  const [found, setFound] = useState<readonly Suggested[]>([]);
  useEffect(() => {
    const text = typed.trim();
    if (text === '') {
      setFound([]);
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => {
      engine.call('filter.complete', { text, cursor: text.length }, abort.signal).then(
        ({ suggestions }) => setFound(suggestions.slice(0, MAX_SHOWN)),
        () => setFound([]), // superseded by a newer text, or no engine: there is nothing to suggest
      );
    }, COMPLETE_DELAY_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [typed]);
  return found;
}

/** Why there can be no column of this name; null where there can. */
async function refusal(name: string): Promise<string | null> {
  if (!isColumnField(name)) return words.noField;
  if (hasColumn(name)) return words.there;
  try {
    const answer = await engine.call('filter.check', { text: name });
    return answer.ok ? null : [answer.problem.sentence, answer.problem.next].filter(Boolean).join(' ');
  } catch (error) {
    return problemOf(error).sentence;
  }
}
