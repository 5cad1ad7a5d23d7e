import { Loader } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { StatisticsSnapshot } from '../../../shared/model/records';
import { useNothingMatches } from '../../stores/nothing-matches';
import { texts } from '../../texts';
import { NothingMatches } from '../../widgets/notice/NothingMatches';
import { Notice } from '../../widgets/notice/Notice';
import { InterfacesPanel } from './InterfacesPanel';
import styles from './overview.module.css';
import { RankingPanel } from './RankingPanel';
import { lengthRows, nameRows, portRows, protocolRows, SENT, TRAFFIC, talkerRows } from './rankings';
import { ScopeNote } from './ScopeNote';
import { Tiles } from './Tiles';
import { TrafficPanel } from './TrafficPanel';
import { useStatistics } from './useStatistics';

const words = texts.overview;
/** Rows of a ranking until a person asks for all. */
const LIMIT = 10;
/** Those beside the chart. */
const PROTOCOLS = 8;

/** What the traffic is made of: of everything, or of what filter and time range show. */
export function OverviewView() {
  const { snapshot, scope, isStale, problem } = useStatistics();
  const nothing = useNothingMatches();
  if (problem) {
    return (
      <div className={styles.view}>
        <Notice
          icon={<IconAlertTriangle size={28} stroke={1.5} />}
          title={words.failed}
          sentence={problem.sentence}
          {...(problem.next ? { next: problem.next } : {})}
        />
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
          <Tiles snapshot={snapshot} scope={scope} />
          <Panels snapshot={snapshot} />
        </div>
      </div>
    </div>
  );
}

function Panels({ snapshot }: { readonly snapshot: StatisticsSnapshot }) {
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
        <TrafficPanel series={snapshot.series} />
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
