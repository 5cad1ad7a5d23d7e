import { Loader } from '@mantine/core';
import { IconFilterOff, IconServer2 } from '@tabler/icons-react';
import { isFiltered, useFilter } from '../../stores/filter';
import { showAllHosts, useHostQuery } from '../../stores/host-query';
import { showView } from '../../stores/layout';
import { useNothingMatches } from '../../stores/nothing-matches';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { formatCount } from '../../widgets/format/numbers';
import { NothingMatches } from '../../widgets/notice/NothingMatches';
import { Notice } from '../../widgets/notice/Notice';
import type { HostTotals } from './useHostList';

/** In place of an empty list: what is missing and why. */
export function NoHosts({ totals }: { readonly totals: HostTotals | null }) {
  const nothing = useNothingMatches();
  const shown = useSession((state) => state.tick?.filter.shown ?? 0);
  const filtered = useFilter(isFiltered);
  const { scope, text } = useHostQuery();
  const words = texts.hosts;
  if (!totals) return <Notice icon={<Loader size={20} />} title={words.loading} />;
  if (totals.hosts === 0) {
    return (
      <Notice icon={<IconServer2 size={28} stroke={1.5} />} title={words.none.title} sentence={words.none.sentence} next={words.none.next}>
        <button type="button" className="button" onClick={() => showView('packets')}>
          {words.none.packets}
        </button>
      </Notice>
    );
  }
  if (scope === 'shown' && text === '' && filtered && (shown === 0 || nothing.scanning)) return <NothingMatches {...nothing} />;
  const { title, sentence, clear } = words.nothingMatches;
  return (
    <Notice icon={<IconFilterOff size={28} stroke={1.5} />} title={title} sentence={sentence(formatCount(totals.considered))}>
      <button type="button" className="button" data-primary onClick={() => showAllHosts(filtered)}>
        {clear}
      </button>
    </Notice>
  );
}
