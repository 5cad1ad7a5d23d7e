import { useEffect, useMemo } from 'react';
import type { MapEvent } from '../../../shared/contract/map';
import { SEVERITIES } from '../../../shared/model/alerts';
import { PROTOCOL_FAMILIES } from '../../../shared/model/protocol-families';
import { refreshDatabases, useDatabases } from '../../stores/databases';
import { texts } from '../../texts';
import { formatBytes, formatRate } from '../../widgets/format/numbers';
import { ArcNote } from './ArcNote';
import type { ArcField } from './arc-field';
import { heatValue } from './heat';
import styles from './map.module.css';
import type { Shade } from './map-store';
import { shadeSteps } from './shades';
import { type MapColors, type Tone, toneOf } from './tones';

interface LegendProps {
  readonly colors: MapColors;
  readonly shade: Shade;
  /** What the hottest point in sight has; null: countries are shaded. */
  readonly most: number | null;
  /** Drawn lines; null: any may come. */
  readonly lines: readonly MapEvent[] | null;
  readonly field: ArcField;
  readonly hasHome: boolean;
}

const words = texts.map;
const severityName = (tone: Tone): string | undefined =>
  SEVERITIES.filter((each) => each === tone).map((each) => texts.alerts.severities[each])[0];
/** Of moving arcs: what is common; the severities are always there. */
const COMMON: readonly Tone[] = ['critical', 'high', 'medium', 'low', 'tcp', 'udp', 'dns', 'tls', 'http', 'ssh', 'icmp'];
const ORDER: readonly Tone[] = [...[...SEVERITIES].reverse(), ...PROTOCOL_FAMILIES];

/** What colours and sizes stand for, and whose data the map is made of. */
export function Legend({ colors, shade, most, lines, field, hasHome }: LegendProps) {
  const geo = useDatabases((state) => state.info?.geo ?? null);
  // Places are shown, so their database is open by now: who made it must be said.
  useEffect(() => refreshDatabases(), []);
  const tones = useMemo(() => {
    if (lines === null) return COMMON;
    const used = new Set(lines.map((event) => toneOf(event).tone));
    return ORDER.filter((tone) => used.has(tone));
  }, [lines]);
  return (
    <section className={styles.legend} aria-label={words.legend.region}>
      <div className={styles.legendRow}>
        <span>{most === null ? words.tools.shades[shade] : words.legend.heat(words.tools.shades[shade])}</span>
        {most !== null ? (
          <HeatScale colors={colors} shade={shade} most={most} />
        ) : shade === 'alerts' ? (
          <span className={styles.dim}>{words.legend.worst}</span>
        ) : (
          <>
            <span className={styles.dim}>{words.legend.none}</span>
            <span className={styles.steps} aria-hidden>
              <i style={{ background: colors.land }} />
              {shadeSteps(colors).map((color) => (
                <i key={color} style={{ background: color }} />
              ))}
            </span>
            <span className={styles.dim}>{words.legend.most}</span>
          </>
        )}
        {most === null && <span className={styles.dim}>{words.legend.size}</span>}
        {hasHome && (
          <span className={styles.legendKey}>
            <i className={styles.homeKey} aria-hidden />
            {words.legend.home}
          </span>
        )}
      </div>
      {hasHome && (
        <div className={styles.legendRow}>
          <span>{words.legend.arcs}</span>
          {tones.length === 0 && <span className={styles.dim}>{words.legend.none}</span>}
          {tones.map((tone) => (
            <span key={tone} className={styles.legendKey}>
              <i style={{ background: colors.tones[tone] }} aria-hidden />
              {severityName(tone) ?? (tone === 'other' ? 'Other' : tone.toUpperCase())}
            </span>
          ))}
        </div>
      )}
      <div className={styles.legendEnd}>
        <p className={styles.attribution}>{[...(geo?.attribution ?? []), words.outlines].join(' · ')}</p>
        <ArcNote field={field} lines={lines} hasHome={hasHome} />
      </div>
    </section>
  );
}

const amount = (value: number, shade: Shade): string => {
  if (shade === 'bytes') return formatBytes(value);
  return words.legend.amounts[shade](formatRate(value));
};

/** What the colours of the heat stand for. The scale goes with the root: in its middle is a quarter of the most. */
function HeatScale({ colors, shade, most }: { readonly colors: MapColors; readonly shade: Shade; readonly most: number }) {
  const [coolest = '', middle = '', hottest = ''] = colors.heat;
  const half = (...parts: readonly string[]) => (
    <span className={styles.heatScale} style={{ backgroundImage: `linear-gradient(to right, ${parts.join(', ')})` }} aria-hidden />
  );
  return (
    <>
      <span className={styles.dim}>0</span>
      {half('transparent', coolest, middle)}
      <span className={styles.dim}>{amount(heatValue(0.5, most), shade)}</span>
      {half(middle, hottest)}
      <span className={styles.dim} data-testid="heat-most">
        {amount(most, shade)}
      </span>
    </>
  );
}
