import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import { contextAt, useContextHistory } from '../../stores/context-history';
import { texts } from '../../texts';
import { goBack, goForward } from '../contexts';
import { VIEWS } from '../views';
import styles from './frame.module.css';

const words = texts.frame.contexts;

/** To what was looked at before, and on again. */
export function BackForward() {
  return (
    <span className={styles.steps} role="group" aria-label={words.label}>
      <Step by={-1} label={words.back} keys="Alt ←" icon={IconArrowLeft} onStep={() => void goBack()} />
      <Step by={1} label={words.forward} keys="Alt →" icon={IconArrowRight} onStep={() => void goForward()} />
    </span>
  );
}

interface StepProps {
  readonly by: -1 | 1;
  readonly label: string;
  readonly keys: string;
  readonly icon: typeof IconArrowLeft;
  onStep(): void;
}

function Step({ by, label, keys, icon: Icon, onStep }: StepProps) {
  const context = useContextHistory((history) => contextAt(history, by));
  const view = VIEWS.find(({ id }) => id === context?.view)?.title;
  const hint = context && view ? words.hint(label, keys, view, context.text) : words.nowhere(label, keys);
  return (
    // Not `disabled`: the focus would be lost with the last step.
    <button type="button" className="icon-button" aria-label={label} aria-disabled={context === null} title={hint} onClick={onStep}>
      <Icon size={16} aria-hidden />
    </button>
  );
}
