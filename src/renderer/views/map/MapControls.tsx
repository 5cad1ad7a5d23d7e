import { IconMinus, IconPlus, IconWorld } from '@tabler/icons-react';
import L from 'leaflet';
import { useEffect, useRef } from 'react';
import { useMap } from 'react-leaflet';
import type { Coordinates, MapHome } from '../../../shared/contract/map';
import { texts } from '../../texts';
import { showWhole } from './bounds';
import styles from './map.module.css';

const words = texts.map;

/** Buttons for who does not use a wheel. */
export function ZoomButtons() {
  const map = useMap();
  const { zoomIn, zoomOut, whole } = words.tools;
  const buttons = [
    { name: zoomIn, icon: IconPlus, run: () => map.zoomIn() },
    { name: zoomOut, icon: IconMinus, run: () => map.zoomOut() },
    { name: whole, icon: IconWorld, run: () => showWhole(map) },
  ];
  return (
    <div className={styles.zoom} ref={keepFromMap}>
      {buttons.map(({ name, icon: Icon, run }) => (
        <button key={name} type="button" aria-label={name} title={name} onClick={run}>
          <Icon size={15} stroke={1.8} aria-hidden />
        </button>
      ))}
    </div>
  );
}

/** What happens on a control is not the map's. */
const keepFromMap = (element: HTMLElement | null): void => {
  if (element) L.DomEvent.disableClickPropagation(element).disableScrollPropagation(element);
};

interface HomePickerProps {
  readonly home: MapHome;
  /** What holds now. */
  readonly at: Coordinates | null;
  /** The user said it. */
  readonly isSaid: boolean;
  readonly picking: boolean;
  onStart(): void;
  onPick(at: Coordinates | null): void;
  onCancel(): void;
}

/** Asks where home is where nothing says so, and lets it be moved. */
export function HomePicker({ home, at, isSaid, picking, onStart, onPick, onCancel }: HomePickerProps) {
  const map = useMap();
  const words = texts.map.home;
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (picking) first.current?.focus();
  }, [picking]);
  // A known address of ours has its place: there is nothing to say.
  if (home.place && home.origin === 'own') return null;
  if (picking) {
    const choose = (): void => {
      const { lat, lng } = map.getCenter().wrap();
      onPick({ latitude: lat, longitude: lng });
    };
    return (
      <>
        <div className={styles.cross} aria-hidden />
        <section className={styles.homeBox} ref={keepFromMap} aria-label={words.ask(home.address)}>
          <p>{words.how}</p>
          <button ref={first} type="button" className="button" data-primary data-small onClick={choose}>
            {words.here}
          </button>
          {isSaid && (
            <button type="button" className="button" data-small onClick={() => onPick(null)}>
              {words.forget}
            </button>
          )}
          <button type="button" className="button" data-small onClick={onCancel}>
            {words.cancel}
          </button>
        </section>
      </>
    );
  }
  return (
    <section className={styles.homeBox} ref={keepFromMap} aria-label={words.ask(home.address)}>
      {at === null && (
        <p>
          <strong>{words.ask(home.address)}</strong> {words.askWhy}
        </p>
      )}
      <button type="button" className="button" data-small onClick={onStart}>
        {at === null ? words.set : words.move}
      </button>
    </section>
  );
}
