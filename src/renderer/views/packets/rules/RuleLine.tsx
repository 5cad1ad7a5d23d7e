import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import { type ColouringRule, MAX_NAME, ROW_TONES, type RuleColours } from '../../../../shared/contract/profiles';
import { MAX_RULE_FILTER } from '../../../../shared/contract/row-look';
import type { Mistake } from '../../../stores/filter-mistakes';
import { useLayout } from '../../../stores/layout';
import { texts } from '../../../texts';
import { FilterField } from '../../../widgets/marked-input/FilterField';
import { IconButton } from '../../../widgets/reorder/IconButton';
import { moveByKey } from '../../../widgets/reorder/move';
import { shownColours } from './files';
import styles from './rules.module.css';

const words = texts.colouring;
const OWN = 'own';

interface RuleLineProps {
  readonly rule: ColouringRule;
  readonly number: number;
  readonly isLast: boolean;
  readonly mistake: Mistake | null;
  onChange(rule: ColouringRule): void;
  onMove(step: 1 | -1): void;
  onRemove(): void;
}

/** One rule, all of it in a line. */
export function RuleLine({ rule, number, isLast, mistake, onChange, onMove, onRemove }: RuleLineProps) {
  const { name, filter, enabled, colours } = rule;
  // The preview is of the present theme.
  useLayout((state) => state.theme);
  const shown = shownColours(rule);
  const choose = (value: string): void => {
    const tone = ROW_TONES.find((each) => each === value);
    onChange({ ...rule, colours: tone ? { kind: 'tone', tone } : { kind: OWN, ...shown } });
  };
  const setOwn = (change: Partial<Extract<RuleColours, { kind: 'own' }>>): void => {
    if (colours.kind === OWN) onChange({ ...rule, colours: { ...colours, ...change } });
  };
  return (
    <li className={styles.rule} data-off={enabled ? undefined : ''} onKeyDown={(event) => moveByKey(event, onMove)}>
      <input type="checkbox" aria-label={words.enabled(name)} checked={enabled} onChange={() => onChange({ ...rule, enabled: !enabled })} />
      <input
        type="text"
        className={`text-input ${styles.input}`}
        aria-label={words.nameOf(number)}
        maxLength={MAX_NAME}
        value={name}
        onChange={({ target }) => onChange({ ...rule, name: target.value })}
      />
      <FilterField
        aria-label={words.filterOf(name)}
        maxLength={MAX_RULE_FILTER}
        value={filter}
        mistake={mistake}
        onChange={({ target }) => onChange({ ...rule, filter: target.value })}
      />
      <div className={styles.colours}>
        <select
          className={`text-input ${styles.select}`}
          aria-label={words.coloursOf(name)}
          value={colours.kind === OWN ? OWN : colours.tone}
          onChange={({ target }) => choose(target.value)}
        >
          {ROW_TONES.map((tone) => (
            <option key={tone} value={tone}>
              {words.tones[tone]}
            </option>
          ))}
          <option value={OWN}>{words.own}</option>
        </select>
        {colours.kind === OWN && (
          <>
            <input
              type="color"
              className={styles.colour}
              aria-label={words.ground(name)}
              title={words.ground(name)}
              value={colours.ground}
              onChange={({ target }) => setOwn({ ground: target.value })}
            />
            <input
              type="color"
              className={styles.colour}
              aria-label={words.text(name)}
              title={words.text(name)}
              value={colours.text}
              onChange={({ target }) => setOwn({ text: target.value })}
            />
          </>
        )}
      </div>
      <span className={`${styles.preview} mono`} style={{ background: shown.ground, color: shown.text }}>
        {words.sample}
      </span>
      <span className="line-buttons">
        <IconButton label={words.up(name)} icon={IconArrowUp} disabled={number === 1} onClick={() => onMove(-1)} />
        <IconButton label={words.down(name)} icon={IconArrowDown} disabled={isLast} onClick={() => onMove(1)} />
        <IconButton label={words.remove(name)} icon={IconTrash} onClick={onRemove} />
      </span>
    </li>
  );
}
