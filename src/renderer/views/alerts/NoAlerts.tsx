import { Loader } from '@mantine/core';
import { IconFilterOff, IconShieldCheck } from '@tabler/icons-react';
import { setQuery, showAllAlerts } from '../../stores/alert-query';
import { useAlerts } from '../../stores/alerts';
import { showView } from '../../stores/layout';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { formatCount } from '../../widgets/format/numbers';
import { Notice } from '../../widgets/notice/Notice';

/** In place of an empty list: what is missing and why. */
export function NoAlerts({ isCounted }: { readonly isCounted: boolean }) {
  const total = useAlerts((state) => state.news?.total ?? 0);
  const muted = useAlerts((state) => state.news?.muted ?? 0);
  const packets = useSession((state) => state.tick?.packets ?? 0);
  const isLoading = useSession((state) => state.tick?.load.state === 'loading');
  const words = texts.alerts;
  if (!isCounted) return <Notice icon={<Loader size={20} />} title={words.loading} />;
  if (total === 0) {
    const { title, soFar, sentence, lookedFor } = words.nothingFound;
    return (
      <Notice
        icon={<IconShieldCheck size={28} stroke={1.5} />}
        title={isLoading ? soFar : title}
        sentence={sentence(formatCount(packets))}
        next={lookedFor}
      >
        <button type="button" className="button" onClick={() => showView('packets')}>
          {words.nothingFound.packets}
        </button>
      </Notice>
    );
  }
  const { title, sentence, clear, showMuted } = words.nothingMatches;
  return (
    <Notice
      icon={<IconFilterOff size={28} stroke={1.5} />}
      title={title}
      sentence={sentence(formatCount(total))}
      {...(muted > 0 ? { next: words.nothingMatches.muted(formatCount(muted)) } : {})}
    >
      <button type="button" className="button" data-primary onClick={showAllAlerts}>
        {clear}
      </button>
      {muted > 0 && (
        <button type="button" className="button" onClick={() => setQuery({ muted: true })}>
          {showMuted}
        </button>
      )}
    </Notice>
  );
}
