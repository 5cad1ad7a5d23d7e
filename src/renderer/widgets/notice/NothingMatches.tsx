import { IconFilterOff } from '@tabler/icons-react';
import { texts } from '../../texts';
import { formatCount } from '../format/numbers';
import { Notice } from './Notice';

export interface NothingMatchesProps {
  /** Of the session. */
  readonly packets: number;
  readonly scanning: boolean;
  /** Which of the two hide the packets. */
  readonly hasText: boolean;
  readonly hasRange: boolean;
  onClear(): void;
  onClearRange(): void;
}

/** Over a view that the filter left empty: why, and how to get the packets back. */
export function NothingMatches({ packets, scanning, hasText, hasRange, onClear, onClearRange }: NothingMatchesProps) {
  const words = texts.states.nothingMatches;
  if (!hasText && !hasRange) return null;
  if (scanning) return <Notice title={words.scanning} />;
  return (
    <Notice
      icon={<IconFilterOff size={28} stroke={1.5} />}
      title={words.title}
      sentence={words.sentence(formatCount(packets))}
      {...(hasRange && hasText ? { next: words.range } : {})}
    >
      <button type="button" className="button" data-primary onClick={onClear}>
        {words.clear}
      </button>
      {hasRange && hasText && (
        <button type="button" className="button" onClick={onClearRange}>
          {words.clearRange}
        </button>
      )}
    </Notice>
  );
}
