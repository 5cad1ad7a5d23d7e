import type { MapWorld } from '../../../shared/contract/map';
import { useFilter } from '../../stores/filter';
import { texts } from '../../texts';
import { formatCount } from '../../widgets/format/numbers';
import styles from './map.module.css';
import { DRAWN_AS, SHADES, setDrawnAs, setShade, useMapSettings } from './map-store';

const words = texts.map.tools;

interface ToolbarProps {
  readonly world: MapWorld;
  readonly isFiltered: boolean;
}

/** What the countries' shade stands for, and how much of the capture is on the map. */
export function Toolbar({ world, isFiltered }: ToolbarProps) {
  const { shade, drawnAs } = useMapSettings();
  const isOnlyTime = useFilter((state) => state.text === '');
  const { locatedFlows, flows, locatedHosts, hosts, places, placeCount, lostFlows } = world;
  return (
    <section className={`toolbar ${styles.toolbar}`} aria-label={words.region}>
      <fieldset className={styles.segments}>
        <legend className="visually-hidden">{words.drawnAs}</legend>
        {DRAWN_AS.map((each) => (
          <button key={each} type="button" aria-pressed={each === drawnAs} onClick={() => setDrawnAs(each)}>
            {words.drawn[each]}
          </button>
        ))}
      </fieldset>
      <fieldset className={styles.segments}>
        <legend className="visually-hidden">{words.shade[drawnAs]}</legend>
        <span aria-hidden>{words.by}</span>
        {SHADES.map((each) => (
          <button key={each} type="button" aria-pressed={each === shade} onClick={() => setShade(each)}>
            {words.shades[each]}
          </button>
        ))}
      </fieldset>
      {isFiltered && <span className={styles.scope}>{isOnlyTime ? words.inTime : words.filtered}</span>}
      <span className={styles.count} role="status" title={words.locatedHint(formatCount(locatedHosts), formatCount(hosts))}>
        {words.located(formatCount(locatedFlows), formatCount(flows))}
      </span>
      {places.length < placeCount && <p className={styles.note}>{words.bound(formatCount(places.length), formatCount(placeCount))}</p>}
      {lostFlows > 0 && <p className={styles.note}>{words.lost(formatCount(lostFlows))}</p>}
    </section>
  );
}
