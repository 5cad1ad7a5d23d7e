import { useMemo } from 'react';
import { texts } from '../../texts';
import { RateStrip } from '../../widgets/charts/RateStrip';
import { formatBitRate, formatRate } from '../../widgets/format/numbers';
import { formatDuration } from '../../widgets/format/time';
import { type InterfaceRate, interfaceRates, ROOM } from './interface-rates';
import styles from './interfaces.module.css';
import { Panel } from './Panel';
import { useInterfaceRates } from './useInterfaceRates';

const words = texts.programs.interfaces;
/** A host with containers has an interface for each of them. */
const MOST = 8;
/** Seconds between two looks. */
const STEP = 5;
const SECOND = 1e9;
/** Looks that a curve has room for at first: a minute. */
const LEAST = 12;

/** Bandwidth of the watched host's interfaces; nothing where nobody knows, and before there are two looks. */
export function InterfacesPanel() {
  const answer = useInterfaceRates();
  const { busy, quiet } = useMemo(() => interfaceRates(answer?.interfaces ?? []), [answer]);
  if (answer === null || answer.seconds === 0) return null;
  const shown = busy.slice(0, MOST);
  const others = [...busy.slice(MOST).map(({ name }) => name), ...quiet];
  const looks = Math.max(LEAST, Math.min(ROOM, ...busy.slice(0, 1).map(({ curve }) => curve.length)));
  const time = looks === LEAST ? words.minute : formatDuration(looks * STEP * SECOND);
  return (
    <Panel area="interfaces" title={words.title} note={words.note}>
      <table className={styles.table} aria-label={words.title}>
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col">{words.last(time)}</th>
            {[words.received, words.sent, words.peak, words.packets].map((title) => (
              <th key={title} scope="col" className={styles.number}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((each) => (
            <Interface key={each.name} rate={each} looks={looks} time={time} />
          ))}
        </tbody>
      </table>
      {others.length > 0 && (
        <p className={styles.quiet} title={others.join('\n')}>
          {(shown.length === MOST ? words.others : words.quiet)(others.join(', '))}
        </p>
      )}
    </Panel>
  );
}

function Interface({ rate, looks, time }: { readonly rate: InterfaceRate; readonly looks: number; readonly time: string }) {
  const { name, curve, peak, received, sent, packets } = rate;
  return (
    <tr>
      <th scope="row" className="mono" title={name}>
        {name}
      </th>
      <td>
        <RateStrip values={curve} room={looks} label={words.chart(name, time, formatBitRate(peak))} />
      </td>
      <td className={styles.number}>{formatBitRate(received)}</td>
      <td className={styles.number}>{formatBitRate(sent)}</td>
      <td className={styles.number}>{formatBitRate(peak)}</td>
      <td className={styles.number}>{formatRate(packets)}</td>
    </tr>
  );
}
