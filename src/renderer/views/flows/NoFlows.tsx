import { Loader } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import { clearFilter, isFiltered, useFilter } from '../../stores/filter';
import { showView } from '../../stores/layout';
import { useNothingMatches } from '../../stores/nothing-matches';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { NothingMatches } from '../../widgets/notice/NothingMatches';
import { Notice } from '../../widgets/notice/Notice';

/** In place of an empty list: what is missing and why. */
export function NoFlows({ isCounted }: { readonly isCounted: boolean }) {
  const nothing = useNothingMatches();
  const shown = useSession((state) => state.tick?.filter.shown ?? 0);
  const filtered = useFilter(isFiltered);
  const words = texts.flows.none;
  if (filtered && (shown === 0 || nothing.scanning)) return <NothingMatches {...nothing} />;
  if (!isCounted) return <Notice icon={<Loader size={20} />} title={texts.flows.loading} />;
  return (
    <Notice
      icon={<IconArrowsExchange size={28} stroke={1.5} />}
      title={words.title}
      sentence={filtered ? words.filtered : words.sentence}
      next={words.next}
    >
      <button type="button" className="button" data-primary onClick={() => showView('packets')}>
        {words.packets}
      </button>
      {filtered && (
        <button type="button" className="button" onClick={() => void clearFilter()}>
          {words.clear}
        </button>
      )}
    </Notice>
  );
}
