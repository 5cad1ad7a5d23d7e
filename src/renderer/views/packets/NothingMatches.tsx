import { IconFilterOff } from '@tabler/icons-react';
import { applyRange, clearFilter, useFilter } from '../../stores/filter';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { formatCount } from '../../widgets/format/numbers';
import { Notice } from '../../widgets/notice/Notice';

/** Over a list that the filter left empty: why, and how to get the packets back. */
export function NothingMatches() {
  const packets = useSession((state) => state.tick?.packets ?? 0);
  const scanning = useSession((state) => state.tick?.filter.scanning ?? false);
  const { text, range } = useFilter();
  const words = texts.states.nothingMatches;
  if (text === '' && range === null) return null;
  if (scanning) return <Notice title={words.scanning} />;
  return (
    <Notice
      icon={<IconFilterOff size={28} stroke={1.5} />}
      title={words.title}
      sentence={words.sentence(formatCount(packets))}
      {...(range && text !== '' ? { next: words.range } : {})}
    >
      <button type="button" className="button" data-primary onClick={() => void clearFilter()}>
        {words.clear}
      </button>
      {range && text !== '' && (
        <button type="button" className="button" onClick={() => void applyRange(null)}>
          {words.clearRange}
        </button>
      )}
    </Notice>
  );
}
