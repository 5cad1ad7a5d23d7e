import { IconFileImport } from '@tabler/icons-react';
import { useState } from 'react';
import { LIST_KINDS, type ListKind, type ListRow } from '../../../../shared/contract/settings';
import { engine } from '../../../client/engine';
import { texts } from '../../../texts';
import { Pending, Row } from '../parts';
import { save, tell, undoable } from '../saving';
import { mentions, type SectionProps } from '../section';
import styles from '../settings.module.css';
import { useLoaded } from '../useLoaded';
import { ListItem } from './ListItem';
import listStyles from './lists.module.css';

const words = texts.settings.lists;
const loadLists = () => engine.call('lists.info', {});
const ENDINGS = ['txt', 'netset', 'ipset', 'list', 'hosts'];

/** The lists in use, and how to add one. */
export function ListsSection({ query }: SectionProps) {
  const { value, problem, reload } = useLoaded(loadLists);
  if (!value) return <Pending problem={problem} onRetry={reload} />;
  const found = value.lists.filter(({ name, file, kind, source }) =>
    mentions(query, name, file, source, words.kinds[kind], words.kindsAbout[kind]),
  );
  // The user's own first: they are what is changed here.
  const shown = [...(found.length > 0 ? found : value.lists)].sort((a, b) => Number(b.own) - Number(a.own) || kindPlace(a) - kindPlace(b));

  const remove = async ({ file, name }: ListRow): Promise<void> => {
    const removed = await save(async () => {
      await engine.call('lists.remove', { file });
      return true;
    });
    reload();
    if (!removed) return;
    undoable(words.removed(name), async () => {
      await save(() => engine.call('lists.restore', { file }));
      reload();
    });
  };

  return (
    <>
      <ImportRow onImported={reload} />
      <ul className={listStyles.lists}>
        {shown.map((list) => (
          <ListItem key={`${list.own} ${list.file}`} list={list} onRemove={() => void remove(list)} />
        ))}
      </ul>
      <p className={styles.hint}>
        {words.folder} <span className="mono selectable">{value.folder}</span>
      </p>
    </>
  );
}

const kindPlace = ({ kind }: ListRow): number => LIST_KINDS.indexOf(kind);

function ImportRow({ onImported }: { onImported(): void }) {
  const [kind, setKind] = useState<ListKind>('blocklist');
  const [busy, setBusy] = useState(false);
  const choose = async (): Promise<void> => {
    const filters = [
      { name: words.fileKinds.lists, extensions: ENDINGS },
      { name: words.fileKinds.all, extensions: ['*'] },
    ];
    const path = await window.portlight.chooseFile({ title: words.chooseTitle, filters });
    if (path === null) return;
    setBusy(true);
    const list = await save(() => engine.call('lists.import', { path, kind }));
    setBusy(false);
    onImported();
    if (list) tell(words.imported(list.name, list.entries, list.refused));
  };
  return (
    <Row
      title={words.chooseTitle}
      about={
        <>
          <span className={styles.line}>{words.importAbout}</span>
          <span className={styles.line}>
            <b className={styles.strong}>{words.kinds[kind]}</b>: {words.kindsAbout[kind]}
          </span>
        </>
      }
    >
      <select
        className={styles.select}
        aria-label={words.kind}
        value={kind}
        onChange={({ target }) => setKind(LIST_KINDS.find((each) => each === target.value) ?? 'blocklist')}
      >
        {LIST_KINDS.map((each) => (
          <option key={each} value={each}>
            {words.kinds[each]}
          </option>
        ))}
      </select>
      <button type="button" className="button" data-primary disabled={busy} onClick={() => void choose()}>
        <IconFileImport size={15} aria-hidden />
        {words.import}
      </button>
    </Row>
  );
}
