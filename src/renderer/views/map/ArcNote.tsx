import { useEffect, useState } from 'react';
import type { MapEvent } from '../../../shared/contract/map';
import { texts } from '../../texts';
import { formatCount } from '../../widgets/format/numbers';
import type { ArcField } from './arc-field';
import styles from './map.module.css';

const words = texts.map;

interface ArcNoteProps {
  readonly field: ArcField;
  readonly lines: readonly MapEvent[] | null;
  readonly hasHome: boolean;
}

/** How many of the events are drawn. */
export function ArcNote({ field, lines, hasHome }: ArcNoteProps) {
  const [stated, setStated] = useState({ drawn: 0, events: 0 });
  useEffect(() => {
    if (lines !== null) return;
    const timer = setInterval(() => setStated(field.stated(performance.now())), 1000);
    return () => clearInterval(timer);
  }, [field, lines]);
  const { moving, still } = words.arcs;
  if (!hasHome) return <p className={styles.arcNote}>{words.arcs.noHome}</p>;
  return (
    <p className={styles.arcNote} data-testid="arc-note">
      {lines === null ? moving(formatCount(stated.drawn), formatCount(stated.events)) : still(formatCount(lines.length))}
    </p>
  );
}
