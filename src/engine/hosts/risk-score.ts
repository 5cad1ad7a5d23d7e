import { ALERT_TYPES, type AlertType, type Severity } from '../../shared/model/alerts';
import type { RiskScore, ScorePart } from '../../shared/model/hosts';
import type { HostCounters } from './host-counters';
import { sensitivePorts } from './sensitive-ports';

const MAX_RISK = 100;
const OF_SEVERITY: Readonly<Record<Severity, number>> = { critical: 55, high: 40, medium: 25, low: 10, info: 3 };
const EACH_MORE_TYPE = 5;
const MOST_MORE_TYPES = 15;
/** Fewer attempts say nothing of their share. */
const LEAST_ATTEMPTS = 10;
const LEAST_SHARE = 0.3;
const ALL_FAILED = 15;
const EACH_SENSITIVE = 2;
const MOST_SENSITIVE = 10;
const MANY_FAILED_LOGINS = 5;
const FAILED_LOGINS = 5;
const GOT_IN = 25;
const BLOCKED = 20;
const TOR_EXIT = 15;
const TOR_RELAY = 10;
const PORTS_NAMED = 8;

/** What the score rests on. */
export interface RiskFacts {
  readonly severity: Severity | null;
  /** Of the alerts that it is the source of. */
  readonly types: readonly AlertType[];
  readonly answered: number;
  readonly failed: number;
  /** Sensitive ports that it tried and was not let in. */
  readonly sensitive: readonly number[];
  readonly failedLogins: number;
  readonly gotIn: boolean;
  readonly blocklist: string | null;
  readonly tor: 'relay' | 'exit' | null;
}

/** Lists that an address may be on. */
export type Listed = Pick<RiskFacts, 'blocklist' | 'tor'>;

/**
 * How much a host threatens others, 0 to 100: the sum of
 *
 * - its worst alert, as the source: critical 55, high 40, medium 25, low 10, info 3;
 * - 5 for each further kind of alert, at most 15;
 * - 15 times the share of its attempts that were refused or got no answer, from 10 attempts and 30 % on;
 * - 2 for each sensitive TCP port that it tried without being let in, at most 10;
 * - 5 for five failed logins or more, 25 where a login then succeeded, by what the protocols answered or by that alert;
 * - 20 on a blocklist; 15 as a Tor exit, 10 as another relay;
 *
 * and no more than 100. What was done to a host does not count, nor do muted alerts.
 */
export function riskScore(facts: RiskFacts): RiskScore {
  const parts: ScorePart[] = [];
  const add = (points: number, sentence: string): void => {
    if (points > 0) parts.push({ points, sentence });
  };
  const { severity, types, answered, failed, sensitive, failedLogins, blocklist, tor } = facts;
  if (severity) add(OF_SEVERITY[severity], `Its worst alert is of ${severity} severity.`);
  if (types.length > 1) add(Math.min(MOST_MORE_TYPES, EACH_MORE_TYPE * (types.length - 1)), `It raised ${types.length} kinds of alerts.`);
  const attempts = answered + failed;
  const share = attempts === 0 ? 0 : failed / attempts;
  if (attempts >= LEAST_ATTEMPTS && share >= LEAST_SHARE) {
    add(Math.round(ALL_FAILED * share), `${counted(failed)} of its ${counted(attempts)} attempts were refused or got no answer.`);
  }
  if (sensitive.length > 0) {
    const named = sensitive.slice(0, PORTS_NAMED).join(', ');
    const more = sensitive.length > PORTS_NAMED ? ` and ${sensitive.length - PORTS_NAMED} more` : '';
    const ports = sensitive.length === 1 ? 'a sensitive port' : `${sensitive.length} sensitive ports`;
    add(Math.min(MOST_SENSITIVE, EACH_SENSITIVE * sensitive.length), `It tried ${ports} and was not let in: ${named}${more}.`);
  }
  if (failedLogins >= MANY_FAILED_LOGINS) add(FAILED_LOGINS, `${counted(failedLogins)} of its logins failed.`);
  if (facts.gotIn || types.includes('ssh_login_after_failures')) add(GOT_IN, 'A login succeeded after several had failed.');
  if (blocklist !== null) add(BLOCKED, `It is on the blocklist ${blocklist}.`);
  if (tor !== null) add(tor === 'exit' ? TOR_EXIT : TOR_RELAY, tor === 'exit' ? 'It is a Tor exit.' : 'It is a Tor relay.');
  // The sort keeps the order above where points are equal.
  parts.sort((a, b) => b.points - a.points);
  return {
    risk: Math.min(
      MAX_RISK,
      parts.reduce((sum, { points }) => sum + points, 0),
    ),
    parts,
  };
}

export const riskFacts = (counters: HostCounters, slot: number, { blocklist, tor }: Listed): RiskFacts => ({
  severity: counters.severity(slot),
  types: ALERT_TYPES.filter((_, index) => ((counters.alertTypes[slot] ?? 0) & (1 << index)) !== 0),
  answered: counters.answered[slot] ?? 0,
  failed: (counters.refused[slot] ?? 0) + (counters.silent[slot] ?? 0),
  sensitive: sensitivePorts(counters.sensitive[slot] ?? 0),
  failedLogins: counters.failedLogins[slot] ?? 0,
  gotIn: counters.gotIn[slot] === 1,
  blocklist,
  tor,
});

const counted = (count: number): string => count.toLocaleString('en-US');
