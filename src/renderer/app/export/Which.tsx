import type { ExportSubject, ExportWhich } from '../../stores/export';
import { useFilter } from '../../stores/filter';
import { useHostQuery } from '../../stores/host-query';
import { texts } from '../../texts';
import { useExposure } from '../../views/exposure/store';
import { formatCount } from '../../widgets/format/numbers';
import styles from './export.module.css';
import type { WhichOption } from './useWhich';

const words = texts.exports.which;

interface WhichProps {
  readonly subject: ExportSubject;
  readonly options: readonly WhichOption[];
  readonly which: ExportWhich;
  onChoose(which: ExportWhich): void;
}

/** Which packets, flows, hosts or ports. */
export function Which({ subject, options, which, onChoose }: WhichProps) {
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{words.label}</legend>
      {options.map((option) => (
        <label key={option.id} className={styles.choice}>
          <input type="radio" name="export-which" checked={which === option.id} onChange={() => onChoose(option.id)} />
          <span>{labelOf(subject, option)}</span>
          {option.count !== null && <span className={styles.count}>{formatCount(option.count)}</span>}
        </label>
      ))}
      <Note subject={subject} />
    </fieldset>
  );
}

function labelOf(subject: ExportSubject, { id, one }: WhichOption): string {
  switch (subject) {
    case 'packets': {
      const label = words.packets[id];
      return typeof label === 'string' ? label : label(one);
    }
    case 'flows':
      return id === 'chosen' ? words.flows.chosen(one) : words.flows[id === 'all' ? 'all' : 'shown'];
    case 'exposure':
      return words.exposure[id === 'all' ? 'all' : 'open'];
    default:
      return words[subject][id === 'all' ? 'all' : 'shown'];
  }
}

function Note({ subject }: { readonly subject: ExportSubject }) {
  const hasRange = useFilter((state) => state.range !== null);
  const search = useHostQuery((state) => state.text);
  const host = useExposure((state) => state.host);
  const note =
    subject === 'exposure'
      ? host === null
        ? words.ofLikeliest
        : words.ofHost(host)
      : subject === 'hosts' && search !== ''
        ? words.searched(search)
        : hasRange
          ? texts.exports.range
          : '';
  return note === '' ? null : <p className={styles.note}>{note}</p>;
}
