import { useState } from 'react';
import type { StorageState } from '../../../../shared/contract/settings';
import {
  DEFAULT_RETENTION,
  QUOTA_BYTES,
  RETENTION_DAYS,
  RETENTION_TIERS,
  type RetentionSettings,
} from '../../../../shared/model/retention';
import { engine } from '../../../client/engine';
import { refreshDatabases } from '../../../stores/databases';
import { texts } from '../../../texts';
import { formatBytes, formatCount, formatShare } from '../../../widgets/format/numbers';
import { NumberField } from '../NumberField';
import { Pending, Row, Trouble } from '../parts';
import { save, undoable } from '../saving';
import { mentions, type SectionProps } from '../section';
import styles from '../settings.module.css';
import { useLoaded } from '../useLoaded';
import { ClearDialog } from './ClearDialog';
import { SpoolSizeRow } from './SpoolSizeRow';

const words = texts.settings.storage;
const loadStorage = () => engine.call('storage.get', {});
const MB = 1_000_000;
const days = words.range(formatCount(RETENTION_DAYS.min), formatCount(RETENTION_DAYS.max));
const megabytes = words.range(formatCount(QUOTA_BYTES.min / MB), formatCount(QUOTA_BYTES.max / MB));

/** What is kept, for how long, in how much space. */
export function StorageSection({ query }: SectionProps) {
  const { value, problem: failure, set, reload } = useLoaded(loadStorage);
  const [clears, setClears] = useState(false);
  if (!value) return <Pending problem={failure} onRetry={reload} />;
  const { retention, history, problem } = value;

  const keep = async (wanted: RetentionSettings): Promise<boolean> => {
    const state = await save(() => engine.call('storage.set', { retention: wanted }));
    if (state) set(state);
    refreshDatabases();
    return state !== null;
  };
  const resetAll = async (): Promise<void> => {
    if (await keep(DEFAULT_RETENTION)) undoable(words.wasReset, () => keep(retention));
  };
  const isDefault = [...RETENTION_TIERS, 'quota' as const].every((each) => retention[each] === DEFAULT_RETENTION[each]);
  const tiers = RETENTION_TIERS.filter((tier) => mentions(query, words.tiers[tier].title, words.tiers[tier].about, words.keep));
  const showsQuota = mentions(query, words.quota, words.quotaAbout);
  const showsSpool = mentions(query, words.spool.title, words.spool.words);
  const showsAll = query === '' || (tiers.length === 0 && !showsQuota && !showsSpool);

  return (
    <>
      {problem && <Trouble problem={problem} />}
      {showsAll && <Used state={value} />}
      {(showsAll ? RETENTION_TIERS : tiers).map((tier) => (
        <Row key={tier} title={words.tiers[tier].title} about={words.tiers[tier].about}>
          <NumberField
            label={words.tiers[tier].title}
            value={retention[tier]}
            {...RETENTION_DAYS}
            step={1}
            unit={words.days}
            problem={days}
            onCommit={(value) => keep({ ...retention, [tier]: value })}
          />
        </Row>
      ))}
      {(showsAll || showsQuota) && (
        <Row title={words.quota} about={words.quotaAbout}>
          <NumberField
            label={words.quota}
            value={retention.quota / MB}
            min={QUOTA_BYTES.min / MB}
            max={QUOTA_BYTES.max / MB}
            step={1}
            unit={words.megabytes}
            problem={megabytes}
            onCommit={(value) => keep({ ...retention, quota: value * MB })}
          />
        </Row>
      )}
      {showsAll && (
        <>
          <Row title={words.defaults} about={words.defaultsAbout}>
            <button type="button" className="button" disabled={isDefault} onClick={() => void resetAll()}>
              {words.reset}
            </button>
          </Row>
          <Row title={words.clear} about={words.clearAbout}>
            <button type="button" className="button" data-danger disabled={!history} onClick={() => setClears(true)}>
              {words.clearButton}
            </button>
          </Row>
        </>
      )}
      {(showsAll || showsSpool) && <SpoolSizeRow />}
      <ClearDialog
        opened={clears}
        onClose={() => {
          setClears(false);
          reload();
          refreshDatabases();
        }}
      />
    </>
  );
}

function Used({ state: { history } }: { readonly state: StorageState }) {
  if (!history) return <Row title={words.file} about={words.noHistory} />;
  const { bytes, quota, captures, alerts, path } = history;
  return (
    <Row
      title={words.file}
      about={
        <>
          <span className="mono selectable">{path}</span>
          <span className={styles.line}>
            {words.used(formatBytes(bytes), formatBytes(quota))}
            {words.holds(captures, alerts)}
          </span>
        </>
      }
    >
      <div
        className={styles.meter}
        role="meter"
        aria-label={words.meter}
        aria-valuemin={0}
        aria-valuemax={quota}
        aria-valuenow={Math.min(bytes, quota)}
        aria-valuetext={words.share(formatShare(bytes, quota))}
      >
        <span className={styles.meterBar} style={{ width: `${Math.min(100, (100 * bytes) / quota)}%` }} />
      </div>
    </Row>
  );
}
