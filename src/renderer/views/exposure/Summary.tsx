import { IconDoor, IconDownload } from '@tabler/icons-react';
import { EXPOSURE_SCOPES, type ExposureWindow } from '../../../shared/contract/exposure';
import { askExport } from '../../stores/export';
import { isFiltered, useFilter } from '../../stores/filter';
import { texts } from '../../texts';
import { formatCount } from '../../widgets/format/numbers';
import styles from './exposure.module.css';
import { setExposure, useExposure } from './store';

const words = texts.exposure;

/** 'n ports of this host answered m addresses from k countries', and which host and ports are looked at. */
export function Summary({ window }: { readonly window: ExposureWindow }) {
  const { host, summary } = window;
  const filtered = useFilter(isFiltered);
  if (host === null) return null;
  const notes = [
    words.summary.tried(formatCount(summary.tried)),
    ...(filtered ? [words.summary.shown] : []),
    ...(window.bounded ? [words.summary.bounded] : []),
    ...(window.knowsListeners ? [] : [words.summary.noListeners]),
  ];
  return (
    <header className={styles.summary}>
      <div className={styles.icon} aria-hidden>
        <IconDoor size={22} stroke={1.5} />
      </div>
      <div className={styles.words}>
        <h2 className={`${styles.sentence} selectable`} data-testid="exposure-sentence">
          {sentence(host, summary)}
        </h2>
        <p className={styles.note}>{notes.join(' ')}</p>
      </div>
    </header>
  );
}

function sentence(host: string, { ports, addresses, localAddresses, countries }: ExposureWindow['summary']): string {
  if (ports === 0) return words.summary.nobody(host);
  const answered = words.summary.answered(formatCount(ports), host, formatCount(addresses));
  if (localAddresses === addresses) return `${answered}${words.summary.allLocal(formatCount(addresses))}.`;
  const from = countries > 0 ? words.summary.countries(formatCount(countries)) : '';
  return `${answered}${from}${localAddresses > 0 ? words.summary.someLocal(formatCount(localAddresses)) : ''}.`;
}

/** Which host, and which of its ports. */
export function Toolbar({ window }: { readonly window: ExposureWindow | null }) {
  const scope = useExposure((state) => state.scope);
  const hosts = window?.hosts ?? [];
  const host = window?.host ?? '';
  const groups = [
    { label: words.tools.local, hosts: hosts.filter(({ local }) => local) },
    { label: words.tools.others, hosts: hosts.filter(({ local }) => !local) },
  ].filter((group) => group.hosts.length > 0);
  const isListed = hosts.some(({ address }) => address === host);
  return (
    <section className={`toolbar ${styles.toolbar}`} aria-label={words.tools.region}>
      <label className={styles.choice}>
        {words.tools.host}
        <select
          className={`select ${styles.host}`}
          value={host}
          disabled={hosts.length === 0}
          onChange={({ target }) => setExposure({ host: target.value })}
        >
          {!isListed && host !== '' && <option value={host}>{host}</option>}
          {groups.map(({ label, hosts: members }) => (
            <optgroup key={label} label={label}>
              {members.map(({ address, answered, flows }) => (
                <option key={address} value={address} title={words.tools.hostTitle(formatCount(answered), formatCount(flows))}>
                  {address}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      <select
        className="select"
        aria-label={words.tools.scope}
        value={scope}
        onChange={({ target }) => setExposure({ scope: EXPOSURE_SCOPES.find((each) => each === target.value) ?? 'open' })}
      >
        {EXPOSURE_SCOPES.map((each) => (
          <option key={each} value={each}>
            {words.tools[each]}
          </option>
        ))}
      </select>
      {window && window.hostCount > hosts.length && (
        <span className={styles.note}>{words.tools.more(formatCount(window.hostCount - hosts.length))}</span>
      )}
      {window && (
        <span className={styles.count} role="status">
          {words.tools.count(formatCount(window.total))}
        </span>
      )}
      {window?.host != null && (
        <button
          type="button"
          className="icon-button"
          title={texts.exports.menu.table}
          aria-label={texts.exports.menu.table}
          onClick={() => askExport({ subject: 'exposure', which: scope === 'all' ? 'all' : 'shown' })}
        >
          <IconDownload size={15} stroke={1.7} aria-hidden />
        </button>
      )}
    </section>
  );
}
