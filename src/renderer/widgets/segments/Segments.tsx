import styles from './segments.module.css';

interface SegmentsProps<Id extends string> {
  readonly label: string;
  /** Of the radio buttons; no other group on the page has it. */
  readonly name: string;
  readonly ids: readonly Id[];
  readonly titles: Readonly<Record<Id, string>>;
  readonly chosen: Id;
  onChoose(id: Id): void;
}

/** One of a few, side by side in a bar. */
export function Segments<Id extends string>({ label, name, ids, titles, chosen, onChoose }: SegmentsProps<Id>) {
  return (
    <fieldset className={styles.segments} aria-label={label}>
      {ids.map((id) => (
        <label key={id} className={styles.segment} data-chosen={id === chosen ? '' : undefined}>
          <input type="radio" name={name} className="visually-hidden" checked={id === chosen} onChange={() => onChoose(id)} />
          {titles[id]}
        </label>
      ))}
    </fieldset>
  );
}
