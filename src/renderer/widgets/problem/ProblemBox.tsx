import { IconAlertTriangle, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Problem } from '../../../shared/base/result';
import { texts } from '../../texts';
import styles from './problem.module.css';
import { splitCommand } from './split-command';

interface ProblemBoxProps {
  readonly title?: string;
  readonly problem: Problem;
  /** A line for a shell that is part of the next step; null or absent: it is looked for there. */
  readonly command?: string | null;
  onCopy(text: string): void;
  /** Buttons that deal with it. */
  readonly children?: ReactNode;
}

/** What is wrong and what to do about it; a command stands alone, to be copied. */
export function ProblemBox({ title, problem, command: known = null, onCopy, children }: ProblemBoxProps) {
  const { text, command, afterwards } = splitCommand(problem.next ?? '', known);
  return (
    <div className={styles.box} role="alert" data-code={problem.code}>
      <IconAlertTriangle size={16} aria-hidden />
      <div className={styles.text}>
        {title && <p className={styles.title}>{title}</p>}
        <p className="selectable">
          {problem.sentence} {text}
        </p>
        {command && (
          <div className={styles.command}>
            <code className="selectable mono">{command}</code>
            <button type="button" className="button" data-small onClick={() => onCopy(command)}>
              <IconCopy size={13} aria-hidden />
              {texts.sources.copyCommand}
            </button>
          </div>
        )}
        {afterwards !== '' && <p className={styles.afterwards}>{`${afterwards.charAt(0).toUpperCase()}${afterwards.slice(1)}.`}</p>}
        {children && <div className={styles.actions}>{children}</div>}
      </div>
    </div>
  );
}
