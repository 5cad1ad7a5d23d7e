import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RiskFacts, riskScore } from '../../../../src/engine/hosts/risk-score';
import { ALERT_TYPES, SEVERITIES } from '../../../../src/shared/model/alerts';

const NOTHING: RiskFacts = {
  severity: null,
  types: [],
  answered: 0,
  failed: 0,
  sensitive: [],
  failedLogins: 0,
  gotIn: false,
  blocklist: null,
  tor: null,
};
const score = (facts: Partial<RiskFacts>) => riskScore({ ...NOTHING, ...facts });
const points = (facts: Partial<RiskFacts>): number[] => score(facts).parts.map((part) => part.points);

describe('the risk of a host', () => {
  it('is 0 without a reason', () => {
    expect(score({})).toEqual({ risk: 0, parts: [] });
    expect(score({ answered: 1000, failed: 299 }).risk).toBe(0);
  });

  it('names each part with its points, the largest first', () => {
    const { risk, parts } = score({
      severity: 'medium',
      types: ['port_scan', 'exploit_probe', 'brute_force'],
      answered: 10,
      failed: 30,
      sensitive: [22, 3389],
      blocklist: 'feed',
    });
    expect(parts).toEqual([
      { points: 25, sentence: 'Its worst alert is of medium severity.' },
      { points: 20, sentence: 'It is on the blocklist feed.' },
      { points: 11, sentence: '30 of its 40 attempts were refused or got no answer.' },
      { points: 10, sentence: 'It raised 3 kinds of alerts.' },
      { points: 4, sentence: 'It tried 2 sensitive ports and was not let in: 22, 3389.' },
    ]);
    expect(risk).toBe(70);
  });

  it('counts a success after failures much more than the failures', () => {
    expect(points({ failedLogins: 4 })).toEqual([]);
    expect(points({ failedLogins: 5 })).toEqual([5]);
    expect(points({ failedLogins: 5, gotIn: true })).toEqual([25, 5]);
    expect(score({ severity: 'critical', types: ['ssh_login_after_failures'] }).parts.map(({ sentence }) => sentence)).toContain(
      'A login succeeded after several had failed.',
    );
  });

  it('says nothing of the share of few attempts', () => {
    expect(points({ failed: 9 })).toEqual([]);
    expect(points({ failed: 10 })).toEqual([15]);
  });

  it('stays between 0 and 100, is the capped sum of its parts, and never falls when more speaks against a host', () => {
    const facts = fc.record({
      severity: fc.constantFrom(null, ...SEVERITIES),
      types: fc.subarray([...ALERT_TYPES]),
      answered: fc.nat(1000),
      failed: fc.nat(1000),
      sensitive: fc.subarray([21, 22, 23, 110, 135, 139, 445, 3306, 3389, 5432, 5900, 6379]),
      failedLogins: fc.nat(100),
      gotIn: fc.boolean(),
      blocklist: fc.constantFrom(null, 'feed'),
      tor: fc.constantFrom(null, 'relay' as const, 'exit' as const),
    });
    fc.assert(
      fc.property(facts, (each) => {
        const { risk, parts } = riskScore(each);
        const sum = parts.reduce((total, part) => total + part.points, 0);
        expect(risk).toBe(Math.min(100, sum));
        expect(riskScore({ ...each, gotIn: true, blocklist: 'feed' }).risk).toBeGreaterThanOrEqual(risk);
        expect(riskScore({ ...each, failed: each.failed + 100 }).risk).toBeGreaterThanOrEqual(risk);
      }),
    );
  });
});
