import { useMemo } from 'react';
import { texts } from '../../texts';
import { formatBitRate, formatRate } from '../../widgets/format/numbers';
import { formatDuration } from '../../widgets/format/time';
import { Sparkline } from '../../widgets/sparkline/Sparkline';
import { type InterfaceRate, interfaceRates, ROOM } from './interface-rates';
import styles from './interfaces.module.css';
import { Panel } from './Panel';
import { useInterfaceRates } from './useInterfaceRates';

const words = texts.programs.interfaces;
/** A host with containers has an interface for each of them. */
const MOST = 8;
/** Seconds between two looks. */
const STEP = 5;

/** Bandwidth of the watched host's interfaces; nothing where nobody knows, and before there are two looks. */
export function InterfacesPanel() {
  const answer = useInterfaceRates();
  const { busy, quiet } = useMemo(() => interfaceRates(answer?.interfaces ?? []), [answer]);
  if (answer === null || answer.seconds === 0) return null;
  const shown = busy.slice(0, MOST);
  const others = [...busy.slice(MOST).map(({ name }) => name), ...quiet];
  const time = formatDuration(Math.min(answer.seconds, ROOM * STEP) * 1e9);
  return (
    <Panel area="interfaces" title={words.title} note={words.note}>
      <ul className={styles.list}>
        {shown.map((each) => (
          <Interface key={each.name} rate={each} time={time} />
        ))}
      </ul>
      {others.length > 0 && <p className={styles.quiet}>{(shown.length === MOST ? words.others : words.quiet)(others.join(', '))}</p>}
    </Panel>
  );
}

function Interface({ rate, time }: { readonly rate: InterfaceRate; readonly time: string }) {
  const { name, curve, peak, received, sent, packets } = rate;
  return (
    <li className={styles.interface}>
      <span className={`${styles.name} mono`} title={name}>
        {name}
      </span>
      <Sparkline values={curve} room={ROOM} label={words.chart(name, time, formatBitRate(peak))} />
      <span className={styles.rates}>
        <span>{words.received(formatBitRate(received))}</span>
        <span>{words.sent(formatBitRate(sent))}</span>
      </span>
      <span className={styles.under}>
        {words.packets(formatRate(packets))} · {words.peak(formatBitRate(peak))}
      </span>
    </li>
  );
}
