import { IconNetwork, IconRepeat, IconStack2, IconWifi } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { LocalInterface } from '../../../../../shared/model/capture-interfaces';
import { useLayout } from '../../../../stores/layout';
import { texts } from '../../../../texts';
import { formatBitRate, formatRate } from '../../../../widgets/format/numbers';
import { Sparkline } from '../../../../widgets/sparkline/Sparkline';
import { useCaptureForm } from './form-store';
import styles from './interface.module.css';
import { isAny } from './interfaces';
import { SAMPLES, type Traffic } from './traffic';
import { useTraffic } from './useInterfaces';

const words = texts.sources.interface;

interface InterfaceListProps {
  readonly interfaces: readonly LocalInterface[];
  /** Name of one of them. */
  readonly chosen: string;
}

/** The interfaces, one of which is chosen; also those that cannot be captured, so that they can say why. */
export function InterfaceList({ interfaces, chosen }: InterfaceListProps) {
  const traffic = useTraffic();
  const list = useRef<HTMLFieldSetElement>(null);
  const asked = useLayout((state) => state.sources);
  // Who came here by a key goes on by keys: Enter starts.
  useEffect(() => {
    if (asked?.door === 'interface') list.current?.querySelector<HTMLInputElement>('input:checked')?.focus();
  }, [asked]);
  return (
    <fieldset ref={list} className={styles.list}>
      <legend className="visually-hidden">{words.list}</legend>
      {interfaces.map((one) => (
        <InterfaceRow key={one.name} one={one} chosen={one.name === chosen} traffic={traffic.get(one.name) ?? null} />
      ))}
    </fieldset>
  );
}

interface InterfaceRowProps {
  readonly one: LocalInterface;
  readonly chosen: boolean;
  /** null: not known. */
  readonly traffic: Traffic | null;
}

function InterfaceRow({ one, chosen, traffic }: InterfaceRowProps) {
  const { name, addresses, problem } = one;
  return (
    <label className={styles.row} data-chosen={chosen ? '' : undefined} data-unusable={problem ? '' : undefined}>
      <input
        type="radio"
        className={styles.radio}
        name="capture-interface"
        checked={chosen}
        onChange={() => useCaptureForm.setState({ interface: name })}
      />
      <InterfaceIcon one={one} />
      <span className={styles.name} title={name}>
        {name}
      </span>
      <span className={styles.about} title={[describe(one), ...addresses].filter((text) => text !== '').join('\n')}>
        {describe(one) !== '' && <span>{describe(one)} </span>}
        {addresses.length > 0 && (
          <span className="mono">
            {addresses[0]}
            {addresses.length > 1 && ` ${words.moreAddresses(addresses.length - 1)}`}
          </span>
        )}
      </span>
      <span className={styles.state}>{stateOf(one)}</span>
      {problem === null && traffic ? (
        <>
          <Sparkline values={traffic.samples} room={SAMPLES} label={words.traffic(name)} />
          <span className={styles.rate}>
            {traffic.packetsPerSecond === 0
              ? words.quiet
              : words.rate(formatRate(Math.ceil(traffic.packetsPerSecond)), formatBitRate(traffic.bitsPerSecond))}
          </span>
        </>
      ) : (
        <span className={styles.noTraffic} />
      )}
    </label>
  );
}

function InterfaceIcon({ one }: { readonly one: LocalInterface }) {
  const Icon = isAny(one) ? IconStack2 : one.loopback ? IconRepeat : one.wireless ? IconWifi : IconNetwork;
  return <Icon size={16} stroke={1.5} aria-hidden />;
}

function describe(one: LocalInterface): string {
  if (isAny(one)) return words.any;
  if (one.loopback) return words.loopback;
  return one.description ?? (one.wireless ? words.wireless : '');
}

function stateOf({ problem, up, connection }: LocalInterface): string {
  const { states } = words;
  if (problem !== null) return { 'interface-down': states.down, 'no-rights': states.noRight }[problem.code] ?? states.cannot;
  if (!up) return states.down;
  return connection === 'connected' || connection === 'disconnected' ? states[connection] : states.up;
}
