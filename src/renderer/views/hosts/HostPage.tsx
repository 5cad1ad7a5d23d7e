import { Loader } from '@mantine/core';
import { IconServer2 } from '@tabler/icons-react';
import type { HostDetails } from '../../../shared/model/hosts';
import { countryTest, hostNameTest } from '../../stores/filter-text';
import { texts } from '../../texts';
import { Value } from '../../values/Value';
import { Fact, Facts } from '../../widgets/facts/Facts';
import { formatBytes, formatCount } from '../../widgets/format/numbers';
import { formatClock, formatDate, formatFull } from '../../widgets/format/time';
import { FailedNotice } from '../../widgets/notice/FailedNotice';
import { Notice } from '../../widgets/notice/Notice';
import { hostActions } from './actions';
import styles from './hosts.module.css';
import { AlertLinks, Part } from './parts';
import { placeText } from './place-text';
import { Rankings } from './Rankings';
import { Score } from './Score';
import { useHostDetails } from './useHostDetails';

const words = texts.hosts.page;
/** From this risk on the way to a block rule stands out. */
const WORTH_BLOCKING = 50;

const dayAndClock = (epoch: string): string => `${formatDate(epoch, 'local')} ${formatClock(epoch, 'local', 3)}`;
const amounts = (packets: number, bytes: number): string => words.amounts(formatCount(packets), formatBytes(bytes));

/** Everything that is known of the selected host. Names in it come from packets: they are text and nothing else. */
export function HostPage({ onBlock }: { onBlock(address: string): void }) {
  const { selected, host, problem, isGone, retry } = useHostDetails();
  if (selected === null || isGone || problem) {
    return (
      <section className={`details ${styles.page}`} aria-label={words.region}>
        {problem ? (
          <FailedNotice title={words.failed} problem={problem} again={words.again} onAgain={retry} />
        ) : (
          <Notice
            icon={<IconServer2 size={28} stroke={1.5} />}
            title={isGone ? words.gone : words.nothing}
            sentence={isGone ? words.goneHint : words.nothingHint}
          />
        )}
      </section>
    );
  }
  if (!host) {
    return (
      <section className={`details ${styles.page}`} aria-label={words.region} aria-busy>
        <Notice icon={<Loader size={20} />} title={selected} />
      </section>
    );
  }
  return (
    <section className={`details ${styles.page}`} aria-label={words.region} data-testid="host-page">
      <Head host={host} />
      <div className="details-actions">
        {hostActions(host.address, host.alerts, onBlock).map(({ id, label, detail, disabled, run }) => (
          <button
            key={id}
            type="button"
            className="button"
            data-small
            data-primary={id === 'block' && host.risk >= WORTH_BLOCKING ? '' : undefined}
            title={detail}
            disabled={disabled}
            onClick={run}
          >
            {label}
          </button>
        ))}
      </div>
      <Score score={host.score} />
      <AlertLinks title={words.alertsFrom} alerts={host.alertsFrom} />
      <AlertLinks title={words.alertsTo} alerts={host.alertsTo} />
      <HostFacts host={host} />
      <Rankings host={host} />
    </section>
  );
}

function Head({ host }: { readonly host: HostDetails }) {
  const { address, name, scope, own, blocklist, tor } = host;
  return (
    <header className={styles.head}>
      <h2 className={`${styles.title} mono selectable`}>{address}</h2>
      {name !== '' && (
        <p className={styles.name}>
          <Value text={name} test={hostNameTest(name)} />
        </p>
      )}
      <div className={styles.badges}>
        <span className={`badge ${styles.badge}`} title={texts.hosts.scopeHints[scope]}>
          {texts.hosts.scopes[scope]}
        </span>
        {own && (
          <span className={`badge ${styles.badge}`} data-tone="ok" title={words.ownHint}>
            {words.own}
          </span>
        )}
        {blocklist !== null && (
          <span className={`badge ${styles.badge}`} data-tone="critical" title={blocklist}>
            {words.blocklist}
          </span>
        )}
        {tor !== null && (
          <span className={`badge ${styles.badge}`} data-tone="high">
            {words.tor[tor]}
          </span>
        )}
      </div>
    </header>
  );
}

function HostFacts({ host }: { readonly host: HostDetails }) {
  const { place, attempts } = host;
  const where = placeText(host);
  const isPublic = host.scope === 'public';
  const isGroup = host.scope === 'multicast' || host.scope === 'broadcast';
  const tried = attempts.answered + attempts.refused + attempts.silent;
  return (
    <Part title={words.facts}>
      <Facts>
        <Fact name={isPublic ? words.place : words.scope} hint={texts.hosts.scopeHints[host.scope]}>
          {where === '' ? (
            words.unknown
          ) : (
            <Value
              text={[where, place.region].filter((part) => part && part !== place.city).join(', ')}
              test={host.country === null ? null : countryTest(host.country)}
            />
          )}
        </Fact>
        {isPublic && (
          <Fact name={words.network}>{place.network ? words.asn(place.network.number, place.network.organisation) : words.unknown}</Fact>
        )}
        <Fact name={words.first} hint={formatFull(host.firstEpoch)}>
          {dayAndClock(host.firstEpoch)}
        </Fact>
        <Fact name={words.last} hint={formatFull(host.lastEpoch)}>
          {dayAndClock(host.lastEpoch)}
        </Fact>
        <Fact name={words.sent}>{amounts(host.packetsSent, host.bytesSent)}</Fact>
        <Fact name={words.received}>{amounts(host.packetsReceived, host.bytesReceived)}</Fact>
        <Fact name={words.flows}>{words.flowsOf(formatCount(host.flowsBegun), formatCount(host.flowsTo))}</Fact>
        {tried > 0 && (
          <Fact name={words.attempts}>
            {words.attemptsOf(formatCount(attempts.answered), formatCount(attempts.refused), formatCount(attempts.silent))}
          </Fact>
        )}
        {host.failedLogins > 0 && <Fact name={words.logins}>{formatCount(host.failedLogins)}</Fact>}
        {!isGroup && <Fact name={words.handshake}>{host.handshakes ? words.handshakes.yes : words.handshakes.no}</Fact>}
      </Facts>
    </Part>
  );
}
