import { Loader } from '@mantine/core';
import { useMemo } from 'react';
import type { OverviewAlert, OverviewPlaces } from '../../../shared/contract/overview';
import type { StatisticsSnapshot } from '../../../shared/model/records';
import { useNothingMatches } from '../../stores/nothing-matches';
import { texts } from '../../texts';
import { formatCount } from '../../widgets/format/numbers';
import { FailedNotice } from '../../widgets/notice/FailedNotice';
import { NothingMatches } from '../../widgets/notice/NothingMatches';
import { Notice } from '../../widgets/notice/Notice';
import { useNewToday, usePlaces, useStatistics } from './asked';
import { InterfacesPanel } from './InterfacesPanel';
import { NewTodayPanel } from './NewTodayPanel';
import styles from './overview.module.css';
import { RankingPanel } from './RankingPanel';
import { countryRows, lengthRows, nameRows, portRows, protocolRows, SENT, TRAFFIC, talkerRows } from './rankings';
import { ScopeNote } from './ScopeNote';
import { Tiles } from './Tiles';
import { TrafficPanel } from './TrafficPanel';

const words = texts.overview;
/** Rows of a ranking until a person asks for all. */
const LIMIT = 8;
/** Those beside the chart. */
const PROTOCOLS = 8;
const NO_MARKS: readonly OverviewAlert[] = [];

/** What the traffic is made of: of everything, or of what filter and time range show. */
export function OverviewView() {
  const { value: snapshot, scope, isStale, problem } = useStatistics();
  const { value: places } = usePlaces();
  const nothing = useNothingMatches();
  if (problem) {
    return (
      <div className={styles.view}>
        <FailedNotice title={words.failed} problem={problem} />
      </div>
    );
  }
  if (!snapshot) {
    return (
      <div className={styles.view} aria-busy>
        <Notice icon={<Loader size={20} />} title={words.loading} />
      </div>
    );
  }
  if (snapshot.packets === 0 && scope === 'shown') {
    return (
      <div className={styles.view}>
        <NothingMatches {...nothing} />
      </div>
    );
  }
  return (
    <div className={styles.view} data-testid="overview" aria-busy={isStale}>
      <ScopeNote />
      <div className={styles.scroller}>
        <div className={styles.panels}>
          <Tiles snapshot={snapshot} scope={scope} alerts={places?.alerts ?? null} />
          <Panels snapshot={snapshot} places={places} />
        </div>
      </div>
    </div>
  );
}

function Panels({ snapshot, places }: { readonly snapshot: StatisticsSnapshot; readonly places: OverviewPlaces | null }) {
  const { value: found } = useNewToday();
  const countries = useMemo(() => countryRows(places?.countries?.rows ?? []), [places]);
  const rows = useMemo(
    () => ({
      protocols: protocolRows(snapshot, PROTOCOLS),
      talkers: talkerRows(snapshot),
      ports: portRows(snapshot),
      names: nameRows(snapshot),
      lengths: lengthRows(snapshot),
    }),
    [snapshot],
  );
  const { protocols, talkers, ports, names, lengths, columns } = words;
  return (
    <>
      <div className={styles.over}>
        <TrafficPanel series={snapshot.series} protocols={snapshot.protocols} alerts={places?.marks ?? NO_MARKS} />
        <RankingPanel
          area="protocols"
          title={protocols.title}
          columns={[columns.protocol, columns.packets, columns.bytes, columns.share]}
          rows={rows.protocols}
          limit={PROTOCOLS + 1}
          none=""
        />
      </div>
      <InterfacesPanel />
      <NewTodayPanel found={found} />
      <div className={styles.rankings}>
        <RankingPanel
          area="talkers"
          title={talkers.title}
          columns={[columns.address, columns.sent, columns.received]}
          keys={{ [columns.sent]: SENT, [columns.received]: TRAFFIC }}
          rows={rows.talkers}
          limit={LIMIT}
          none={words.noAddresses}
        />
        <RankingPanel
          area="countries"
          title={words.countries.title}
          {...(places?.countries && places.countries.hosts > 0
            ? { note: words.countries.note(formatCount(places.countries.located), formatCount(places.countries.hosts)) }
            : {})}
          columns={[columns.country, columns.hosts, columns.flowBytes]}
          rows={countries}
          limit={LIMIT}
          none={places === null ? words.loading : places.countries === null ? words.countries.noDatabase : words.countries.none}
        />
        <RankingPanel
          area="ports"
          title={ports.title}
          columns={[columns.port, columns.bytes, columns.share]}
          rows={rows.ports}
          limit={LIMIT}
          none={words.noPorts}
        />
        <RankingPanel
          area="names"
          title={names.title}
          columns={[columns.name, columns.flowBytes]}
          rows={rows.names}
          limit={LIMIT}
          none={names.none}
        />
        <RankingPanel
          area="lengths"
          title={lengths.title}
          columns={[columns.length, columns.packets, columns.share]}
          rows={rows.lengths}
          limit={LIMIT}
          none=""
        />
      </div>
    </>
  );
}
