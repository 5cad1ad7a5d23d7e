import { useMemo, useRef, useState } from 'react';
import type { ColouringRule } from '../../../../shared/contract/profiles';
import { MAX_COLOURING_RULES } from '../../../../shared/contract/row-look';
import { useFilterMistakes } from '../../../stores/filter-mistakes';
import { freeName } from '../../../stores/names';
import { activeProfile, changeProfile, useProfiles } from '../../../stores/profiles';
import { texts } from '../../../texts';
import { moved } from '../../../widgets/reorder/move';
import { DEFAULT_RULES } from './default-rules';
import { exportRules, readRules } from './files';
import { RuleLine } from './RuleLine';
import styles from './rules.module.css';

const words = texts.colouring;

interface DraftRule extends ColouringRule {
  readonly key: number;
}

/** The rules as they shall be; nothing holds before they are saved. */
export function RulesForm({ onDone }: { onDone(): void }) {
  const nextKey = useRef(0);
  const keyed = (rules: readonly ColouringRule[]): DraftRule[] => rules.map((rule) => ({ ...rule, key: nextKey.current++ }));
  const [rules, setRules] = useState(() => keyed(activeProfile(useProfiles.getState()).rules ?? DEFAULT_RULES));
  const [note, setNote] = useState('');
  const mistakeOf = useFilterMistakes(useMemo(() => rules.map(({ filter }) => filter), [rules]));
  const list = useRef<HTMLOListElement>(null);
  const file = useRef<HTMLInputElement>(null);

  const isWrong = ({ enabled, filter }: ColouringRule): boolean => enabled && (filter.trim() === '' || !!mistakeOf(filter));
  const wrong = rules.filter(isWrong).length;
  const isFull = rules.length >= MAX_COLOURING_RULES;

  const change = (key: number, next: ColouringRule): void =>
    setRules((before) => before.map((rule) => (rule.key === key ? { ...next, key } : rule)));
  const move = (index: number, step: 1 | -1): void => setRules((before) => moved(before, index, step));
  const add = (): void => {
    const fresh: ColouringRule = { name: freeName(words.fresh, rules), filter: '', enabled: true, colours: { kind: 'tone', tone: 'dns' } };
    setRules((before) => [...keyed([fresh]), ...before]);
    requestAnimationFrame(() => list.current?.querySelector<HTMLInputElement>('input[type="text"]')?.select());
  };
  const importFrom = async (chosen: File | undefined): Promise<void> => {
    if (!chosen) return;
    const read = await readRules(chosen);
    if (typeof read === 'string') setNote(read);
    else {
      setRules(keyed(read.rules));
      setNote(words.imported(read.rules.length, read.leftOut));
    }
  };
  const save = (): void => {
    const kept = rules.map(({ name, filter, enabled, colours }) => ({
      name: name.trim() || words.fresh,
      filter: filter.trim(),
      enabled,
      colours,
    }));
    changeProfile({ rules: JSON.stringify(kept) === JSON.stringify(DEFAULT_RULES) ? null : kept });
    onDone();
  };

  return (
    <div className={`form ${styles.form}`} data-testid="colouring-rules">
      <p className={styles.quiet}>{words.hint}</p>
      <div className={styles.head} aria-hidden>
        <span />
        <span>{words.name}</span>
        <span>{words.filter}</span>
        <span>{words.colours}</span>
        <span>{words.preview}</span>
        <span />
      </div>
      <ol ref={list} className={`line-list ${styles.rules}`} aria-label={words.title}>
        {rules.map((rule, index) => (
          <RuleLine
            key={rule.key}
            rule={rule}
            number={index + 1}
            isLast={index === rules.length - 1}
            mistake={mistakeOf(rule.filter) ?? (isWrong(rule) ? { sentence: words.empty, start: 0, end: 0 } : null)}
            onChange={(next) => change(rule.key, next)}
            onMove={(step) => move(index, step)}
            onRemove={() => setRules((before) => before.filter(({ key }) => key !== rule.key))}
          />
        ))}
        {rules.length === 0 && <li className={styles.none}>{words.none}</li>}
      </ol>
      <p className={styles.quiet} role="status">
        {note === '' ? (isFull ? words.full(MAX_COLOURING_RULES) : words.moveHint) : note}
      </p>
      <div className={styles.actions}>
        <button type="button" className="button" disabled={isFull} onClick={add}>
          {words.add}
        </button>
        <button type="button" className="button" title={words.importHint} onClick={() => file.current?.click()}>
          {words.import}
        </button>
        <input
          ref={file}
          type="file"
          hidden
          data-testid="rules-file"
          onChange={({ target }) => {
            void importFrom(target.files?.[0]);
            target.value = '';
          }}
        />
        <button
          type="button"
          className="button"
          title={words.exportHint}
          disabled={rules.length === 0}
          onClick={() => void exportRules(rules).then(setNote)}
        >
          {words.export}
        </button>
        <button type="button" className="button" onClick={() => setRules(keyed(DEFAULT_RULES))}>
          {words.reset}
        </button>
        <span className={styles.spread}>
          {wrong > 0 && (
            <span className={styles.wrong} role="alert">
              {words.wrong(wrong)}
            </span>
          )}
        </span>
        <button type="button" className="button" onClick={onDone}>
          {words.cancel}
        </button>
        <button type="button" className="button" data-primary disabled={wrong > 0} onClick={save}>
          {words.save}
        </button>
      </div>
    </div>
  );
}
