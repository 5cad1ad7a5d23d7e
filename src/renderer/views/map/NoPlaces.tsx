import { IconWorldOff } from '@tabler/icons-react';
import type { MapWorld } from '../../../shared/contract/map';
import { useDatabases } from '../../stores/databases';
import { clearFilter } from '../../stores/filter';
import { searchSettings, showSources, showView } from '../../stores/layout';
import { texts } from '../../texts';
import { formatCount } from '../../widgets/format/numbers';
import { Notice } from '../../widgets/notice/Notice';

const words = texts.map.none;

/** In place of a map with nothing on it: why, and what can be done. */
export function NoPlaces({ world, isFiltered }: { readonly world: MapWorld; readonly isFiltered: boolean }) {
  const databases = useDatabases((state) => state.info);
  const noDatabase = databases !== null && databases.geo === null;
  const sentence = noDatabase
    ? words.noDatabase
    : world.flows === 0
      ? words.sentenceEmpty
      : words.sentence(formatCount(world.ownHosts + world.hosts));
  return (
    <Notice
      icon={<IconWorldOff size={28} stroke={1.5} />}
      title={words.title}
      sentence={sentence}
      next={isFiltered ? words.filtered : words.next}
    >
      {isFiltered && (
        <button type="button" className="button" data-primary onClick={() => void clearFilter()}>
          {words.clear}
        </button>
      )}
      <button type="button" className="button" onClick={() => showView('hosts')}>
        {words.hosts}
      </button>
      <button type="button" className="button" onClick={() => searchSettings('address')}>
        {words.settings}
      </button>
      <button type="button" className="button" onClick={() => showSources()}>
        {words.open}
      </button>
    </Notice>
  );
}
