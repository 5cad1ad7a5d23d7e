import { useState } from 'react';
import type { PlacesState } from '../../../../shared/contract/settings';
import { engine } from '../../../client/engine';
import { refreshDatabases } from '../../../stores/databases';
import { texts } from '../../../texts';
import { formatCount } from '../../../widgets/format/numbers';
import { Pending, Row, Trouble } from '../parts';
import { save } from '../saving';
import styles from '../settings.module.css';
import { useLoaded } from '../useLoaded';

const words = texts.settings.places;
const loadPlaces = () => engine.call('places.info', {});
/** Days after which an address may well belong to somebody else. */
const OLD_DAYS = 365;

/** Which database of places is used, how old it is, and whom it is from. */
export function PlacesSection() {
  const { value, problem, set, reload } = useLoaded(loadPlaces);
  const [busy, setBusy] = useState(false);
  if (!value) return <Pending problem={problem} onRetry={reload} />;

  const use = async (path: string | null): Promise<void> => {
    setBusy(true);
    const used = await save(() => engine.call('places.use', { path }));
    setBusy(false);
    if (used) set(used);
    refreshDatabases();
  };
  const choose = async (): Promise<void> => {
    const filters = [
      { name: words.fileKinds.mmdb, extensions: ['mmdb'] },
      { name: words.fileKinds.all, extensions: ['*'] },
    ];
    const path = await window.portlight.chooseFile({ title: words.chooseTitle, filters });
    if (path !== null) await use(path);
  };

  return (
    <>
      {value.problem && <Trouble problem={value.problem} />}
      <InUse {...value} />
      <Row title={words.chooseRow} about={words.chooseAbout}>
        {value.chosen !== null && (
          <button type="button" className="button" disabled={busy} onClick={() => void use(null)}>
            {words.back}
          </button>
        )}
        <button type="button" className="button" data-primary disabled={busy} onClick={() => void choose()}>
          {words.choose}
        </button>
      </Row>
      {value.info && value.info.attribution.length > 0 && (
        <Row
          title={words.attribution}
          about={value.info.attribution.map((line) => (
            <span key={line} className={`${styles.line} selectable`}>
              {line}
            </span>
          ))}
        />
      )}
    </>
  );
}

function InUse({ info }: PlacesState) {
  if (!info) return <Row title={words.used} about={words.none} />;
  const { name, path, built, ageDays, networks } = info;
  const age = built === null || ageDays === null ? words.unknownAge : words.built(new Date(built).toISOString().slice(0, 10), ageDays);
  return (
    <Row
      title={words.used}
      about={
        <>
          <b className={styles.strong}>{name}</b>
          {path === null ? ` · ${words.shipped}` : null}
          {path !== null && <span className={`${styles.line} mono selectable`}>{path}</span>}
          <span className={styles.line}>
            {age} {words.networks(formatCount(networks))}
          </span>
          {ageDays !== null && ageDays > OLD_DAYS && <span className={styles.line}>{words.old}</span>}
        </>
      }
    />
  );
}
