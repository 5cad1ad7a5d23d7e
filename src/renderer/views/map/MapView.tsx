import { Loader } from '@mantine/core';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Coordinates } from '../../../shared/contract/map';
import { refreshDatabases } from '../../stores/databases';
import { useFilter } from '../../stores/filter';
import { useNothingMatches } from '../../stores/nothing-matches';
import { useSession } from '../../stores/session';
import { useTimeWindow } from '../../stores/time-window';
import { texts } from '../../texts';
import { FailedNotice } from '../../widgets/notice/FailedNotice';
import { NothingMatches } from '../../widgets/notice/NothingMatches';
import { Notice } from '../../widgets/notice/Notice';
import { Split, SplitPane } from '../../widgets/split/Split';
import { TimeSlider } from '../../widgets/time-slider/TimeSlider';
import { ArcField } from './arc-field';
import { HomePicker, ZoomButtons } from './MapControls';
import styles from './map.module.css';
import { homeOf, setHome, useMapSettings } from './map-store';
import { NoPlaces } from './NoPlaces';
import { SidePanel } from './SidePanel';
import { Toolbar } from './Toolbar';
import { isGoingOn, useEvents } from './useEvents';
import { useWorld } from './useWorld';
import { WorldMap } from './WorldMap';

const words = texts.map;
const stillness = matchMedia('(prefers-reduced-motion: reduce)');
const onStillness = (changed: () => void): (() => void) => {
  stillness.addEventListener('change', changed);
  return () => stillness.removeEventListener('change', changed);
};

/** Where in the world the traffic comes from and goes to. */
export function MapView() {
  const { world, scope, isStale, problem, again } = useWorld();
  const hasRange = useFilter((state) => state.range !== null);
  const isNothing = useSession(({ tick }) => tick?.filter.shown === 0 || tick?.filter.scanning === true);
  const said = useMapSettings((state) => state.home);
  const isLive = useSession((state) => isGoingOn(state.tick));
  const isStill = useSyncExternalStore(onStillness, () => stillness.matches);
  const [field] = useState(() => new ArcField());
  const [picking, setPicking] = useState(false);
  // What is chosen of the past comes no more.
  const moves = isLive && !isStill && !hasRange;
  const events = useEvents(field, moves);
  const home = world ? homeOf(world.home, said) : null;
  useEffect(() => field.setHome(home), [field, home]);
  useEffect(refreshDatabases, []);
  const pick = (at: Coordinates | null): void => {
    setHome(at);
    setPicking(false);
  };

  const lines = moves ? null : events;
  // A window of time without places is one picture among others: the map stays.
  const hasMap = world !== null && problem === null && (world.locatedHosts > 0 || hasRange);

  return (
    <div className={styles.view} data-testid={hasMap ? 'map' : undefined} aria-busy={world === null ? problem === null : isStale}>
      <div className={styles.content}>
        {problem ? (
          <FailedNotice title={words.failed} problem={problem} again={words.again} onAgain={again} />
        ) : !world ? (
          <Notice icon={<Loader size={20} />} title={words.loading} />
        ) : !hasMap && scope === 'shown' && isNothing ? (
          <Nothing />
        ) : !hasMap ? (
          <NoPlaces world={world} isFiltered={scope === 'shown'} />
        ) : (
          <Split id="map" direction="horizontal">
            <SplitPane id="world" size="72%" minSize="360px">
              <div className={styles.world}>
                <Toolbar world={world} isFiltered={scope === 'shown'} />
                <WorldMap world={world} home={home} field={field} lines={lines} picking={picking} onPick={pick}>
                  <ZoomButtons />
                  {world.locatedHosts > 0 && (
                    <HomePicker
                      home={world.home}
                      at={home}
                      isSaid={said !== null}
                      picking={picking}
                      onStart={() => setPicking(true)}
                      onPick={pick}
                      onCancel={() => setPicking(false)}
                    />
                  )}
                  {world.locatedHosts === 0 && <p className={styles.nothingHere}>{words.nothingHere}</p>}
                </WorldMap>
              </div>
            </SplitPane>
            <SplitPane id="side" size="320px" minSize="260px" maxSize="480px" fixed edge={words.side}>
              <SidePanel world={world} events={events} />
            </SplitPane>
          </Split>
        )}
      </div>
      {hasMap && <TimeBar ready={!isStale} />}
    </div>
  );
}

// What changes with every tick is rendered by itself, not with the map.

function Nothing() {
  return <NothingMatches {...useNothingMatches()} />;
}

function TimeBar({ ready }: { readonly ready: boolean }) {
  const time = useTimeWindow();
  return time && <TimeSlider {...time} ready={time.ready && ready} />;
}
