import { useEffect, useState } from 'react';
import { engine } from '../../../client/engine';
import { texts } from '../../../texts';
import { changeDetection, loadDetection, useDetection } from '../detection/detection-store';
import { Pending } from '../parts';
import { complain } from '../saving';
import styles from '../settings.module.css';

const words = texts.settings.addresses;
/** As many as the engine takes. */
const MAX_LINES = 256;
/** Of one line; no address is as long. */
const MAX_LINE = 1000;
/** Problems that are listed; the first ones say what is wrong with the others too. */
const MAX_PROBLEMS = 5;
const CHECK_MS = 250;
/** RFC 5737 and 3849: nobody's. */
const EXAMPLES = '198.51.100.7   198.51.100.0/24   2001:db8:4:7::/64';

interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: string;
}

const linesOf = (text: string): Line[] =>
  text
    .split('\n')
    .map((line, index) => ({ number: index + 1, text: line.trim() }))
    .filter((line) => line.text !== '');

/** The addresses of the watched servers, as lines. */
export function AddressesSection() {
  const kept = useDetection((each) => each.state?.settings.ownAddresses);
  const problem = useDetection((each) => each.problem);
  useEffect(loadDetection, []);
  if (!kept) return <Pending problem={problem} onRetry={loadDetection} />;
  // What is kept anew, elsewhere or by Save, is what the text begins from.
  return <AddressForm key={kept.join('\n')} kept={kept} />;
}

function AddressForm({ kept }: { readonly kept: readonly string[] }) {
  const [text, setText] = useState(kept.join('\n'));
  const problems = useProblems(text);
  const lines = linesOf(text);
  const isDirty = lines.map((line) => line.text).join('\n') !== kept.join('\n');
  const isRight = problems !== null && problems.length === 0;
  const save = (): void => {
    void changeDetection((settings) => ({ ...settings, ownAddresses: lines.map((line) => line.text) }));
  };
  return (
    <div className={styles.block}>
      <label className={styles.area}>
        <span>{words.label}</span>
        <textarea
          className={styles.areaInput}
          rows={8}
          spellCheck={false}
          value={text}
          aria-invalid={problems !== null && problems.length > 0}
          aria-describedby="own-address-problems"
          onChange={({ target }) => setText(target.value)}
        />
      </label>
      <p className={styles.hint}>
        {words.example} <span className={`mono selectable ${styles.examples}`}>{EXAMPLES}</span>
      </p>
      <div id="own-address-problems" className={styles.wrong} role="alert">
        {(problems ?? []).slice(0, MAX_PROBLEMS).map((problem) => (
          <p key={problem}>{problem}</p>
        ))}
        {problems && problems.length > MAX_PROBLEMS && <p>{words.more(problems.length - MAX_PROBLEMS)}</p>}
      </div>
      <div className={styles.actions}>
        <button type="button" className="button" data-primary disabled={!isDirty || !isRight} onClick={save}>
          {words.save}
        </button>
        <button type="button" className="button" disabled={!isDirty} onClick={() => setText(kept.join('\n'))}>
          {words.revert}
        </button>
        <span className={styles.hint}>{isDirty ? words.unsaved : words.count(kept.length)}</span>
      </div>
    </div>
  );
}

/** What is wrong with the lines, a sentence each; null while the engine looks. */
function useProblems(text: string): readonly string[] | null {
  const [checked, setChecked] = useState<{ readonly text: string; readonly problems: readonly string[] }>({ text, problems: [] });
  useEffect(() => {
    const lines = linesOf(text);
    if (lines.length > MAX_LINES) {
      setChecked({ text, problems: [words.tooMany(MAX_LINES)] });
      return;
    }
    const cancel = new AbortController();
    const check = async (): Promise<void> => {
      try {
        const asked = lines.map((line) => line.text.slice(0, MAX_LINE));
        const { problems } = await engine.call('detection.check-addresses', { lines: asked }, cancel.signal);
        const told = lines.flatMap(({ number }, index) => {
          const problem = problems[index] ?? null;
          return problem === null ? [] : [words.line(number, problem)];
        });
        setChecked({ text, problems: told });
      } catch (error) {
        complain(error);
      }
    };
    const timer = setTimeout(() => void check(), CHECK_MS);
    return () => {
      clearTimeout(timer);
      cancel.abort();
    };
  }, [text]);
  return checked.text === text ? checked.problems : null;
}
