import { type FormEvent, useState } from 'react';
import { engine } from '../../client/engine';
import { problemOf } from '../../client/engine-client';
import { closeExport, type ExportSubject, type ExportWish, useExport } from '../../stores/export';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { Dialog } from '../../widgets/dialog/Dialog';
import { formatCount } from '../../widgets/format/numbers';
import { nameOfExport } from '../save/suggested-name';
import { type ExportFormat, FORMATS, requestOf } from './choices';
import styles from './export.module.css';
import { Fields } from './Fields';
import { remember, remembered } from './remembered';
import { useWhich } from './useWhich';
import { Which } from './Which';
import { writeExport } from './write';

const words = texts.exports;
const SUBJECTS = Object.keys(words.subjects) as ExportSubject[];

/** What to write to a file, in which form. */
export function ExportDialog() {
  const asked = useExport((state) => state.asked);
  return (
    <Dialog title={words.title} size={560} opened={asked !== null} onClose={closeExport}>
      {asked && <Form wish={asked} />}
    </Dialog>
  );
}

function Form({ wish }: { readonly wish: ExportWish }) {
  const [subject, setSubject] = useState<ExportSubject>(wish.subject);
  const [saved] = useState(remembered);
  const [packets, setPackets] = useState(wish.format ?? saved.packets);
  const [table, setTable] = useState(saved.table);
  const [fields, setFields] = useState(saved.fields);
  const [more, setMore] = useState(saved.more);
  const [mistake, setMistake] = useState('');
  const { options, which, choose } = useWhich(subject, wish);
  const forgotten = useSession((state) => state.tick?.live?.spool?.forgotten ?? 0);
  const formats = FORMATS[subject];
  const wanted = subject === 'packets' ? packets : table;
  const format = formats.find((each) => each === wanted) ?? formats[0] ?? 'csv';
  const hasColumns = subject === 'packets' && format !== 'pcapng';

  const setFormat = (chosen: ExportFormat): void => {
    if (subject === 'packets') setPackets(chosen);
    else setTable(chosen);
    setMistake('');
  };

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const session = useSession.getState().tick?.session;
    if (!session) return;
    const names = more.split(/[\s,;]+/).filter((name) => name !== '');
    const all = [...new Set([...fields, ...names])];
    if (hasColumns) {
      const wrong = all.length === 0 ? words.noColumns : await mistakeIn(names);
      setMistake(wrong);
      if (wrong !== '') return;
    }
    remember({ fields, more, packets, table });
    const what = subject === 'packets' ? (which === 'all' ? 'copy' : words.names[which]) : words.names[subject];
    // What is chosen may change while the dialog of the system is open.
    const request = requestOf({ subject, which, format, fields: all });
    closeExport();
    await writeExport(request, nameOfExport(session, what, format));
  };

  return (
    <form className={`form ${styles.form}`} onSubmit={(event) => void submit(event)}>
      <fieldset className={styles.subjects}>
        <legend className="visually-hidden">{words.subject}</legend>
        {SUBJECTS.map((each) => (
          <label key={each} className={styles.subject}>
            <input
              type="radio"
              name="export-subject"
              className="visually-hidden"
              checked={subject === each}
              data-autofocus={subject === each ? '' : undefined}
              onChange={() => setSubject(each)}
            />
            {words.subjects[each]}
          </label>
        ))}
      </fieldset>
      <Which subject={subject} options={options} which={which} onChoose={choose} />
      <fieldset className={styles.group}>
        <legend className={styles.legend}>{words.format}</legend>
        <div className={styles.formats}>
          {formats.map((each) => (
            <label key={each} className={styles.choice}>
              <input type="radio" name="export-format" checked={format === each} onChange={() => setFormat(each)} />
              {words.formats[each]}
            </label>
          ))}
        </div>
        <p className={styles.note}>{words.notes[format]}</p>
      </fieldset>
      {hasColumns && (
        <Fields
          fields={fields}
          more={more}
          mistake={mistake}
          onChange={(chosen, typed) => {
            setFields(chosen);
            setMore(typed);
            setMistake('');
          }}
        />
      )}
      {forgotten > 0 && <p className={styles.note}>{words.forgotten(formatCount(forgotten))}</p>}
      <div className="form-actions">
        <button type="button" className="button" onClick={closeExport}>
          {words.cancel}
        </button>
        <button type="submit" className="button" data-primary>
          {words.choose}
        </button>
      </div>
    </form>
  );
}

/** What is wrong with the names of fields; '' where nothing is. */
async function mistakeIn(fields: readonly string[]): Promise<string> {
  if (fields.length === 0) return '';
  try {
    const { unknown } = await engine.call('export.unknown', { fields });
    return unknown.length === 0 ? '' : words.unknown(unknown.join(', '));
  } catch (error) {
    return problemOf(error).sentence;
  }
}
