import { IconAlertTriangle } from '@tabler/icons-react';
import type { Problem } from '../../../shared/base/result';
import { Notice } from './Notice';

interface FailedNoticeProps {
  readonly title: string;
  readonly problem: Problem;
  /** On the button that tries once more. */
  readonly again?: string;
  onAgain?(): void;
}

/** Stands where a view could not be made: why, and what to do. */
export function FailedNotice({ title, problem, again, onAgain }: FailedNoticeProps) {
  const icon = <IconAlertTriangle size={28} stroke={1.5} />;
  return (
    <Notice icon={icon} title={title} sentence={problem.sentence} {...(problem.next ? { next: problem.next } : {})}>
      {onAgain && (
        <button type="button" className="button" data-primary onClick={onAgain}>
          {again}
        </button>
      )}
    </Notice>
  );
}
