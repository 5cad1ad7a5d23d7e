import { beforeEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../../../src/engine/detectors/alert';
import { AlertBook } from '../../../../src/engine/detectors/alert-book';
import { defineRule } from '../../../../src/engine/detectors/rule';
import type { AlertType } from '../../../../src/shared/model/alerts';

const SECOND = 1_000_000_000;
const [ATTACKER, VICTIM, OTHER] = [1, 2, 3];

const rule = (type: AlertType, absorbs: readonly AlertType[] = []) =>
  defineRule({
    id: 'T0',
    type,
    title: type,
    about: '',
    severity: 'medium',
    technique: 'T1046',
    techniqueName: '',
    thresholds: {},
    quietPeriod: 60,
    absorbs,
    make: () => ({}),
  });

const finding = (type: AlertType, more: Partial<Finding> = {}): Finding => ({
  type,
  source: ATTACKER,
  target: VICTIM,
  rows: [],
  flows: [],
  describe: () => ({
    title: type,
    description: '',
    evidence: {},
    why: { measure: '', value: 0, threshold: 0, unit: '', window: null, quiet: '' },
  }),
  ...more,
});

describe('alert book', () => {
  let book: AlertBook;
  beforeEach(() => {
    book = new AlertBook();
    book.addRule(rule('port_scan', ['slow_scan', 'brute_force']));
    book.addRule(rule('slow_scan'));
    book.addRule(rule('brute_force', ['slow_scan']));
    book.addRule(rule('syn_flood', ['slow_scan']));
  });
  const at = (seconds: number) => {
    book.now = seconds * SECOND;
  };
  const shown = () => book.alerts.filter(({ parent }) => parent === null).map(({ type, count }) => `${type} ${count}`);

  it('keeps an alert of its own out of another, and lets it have children', () => {
    at(0);
    book.raise(finding('port_scan'));
    book.raise(finding('brute_force', { ownAlert: true }));
    book.raise(finding('slow_scan'));
    expect(shown()).toEqual(['port_scan 1', 'brute_force 1']);
    // A scan that is found later does not take it in either.
    at(1000);
    book.raise(finding('brute_force', { source: OTHER, ownAlert: true }));
    book.raise(finding('port_scan', { source: OTHER }));
    expect(shown()).toEqual(['port_scan 1', 'brute_force 1', 'brute_force 1', 'port_scan 1']);
  });

  it('folds repeats of the same ends into the first', () => {
    at(0);
    book.raise(finding('port_scan', { rows: [4] }));
    at(50);
    book.raise(finding('port_scan', { rows: [9] }));
    expect(shown()).toEqual(['port_scan 2']);
    expect(book.alerts[0]).toMatchObject({ time: 0, lastTime: 50 * SECOND, rows: [4, 9] });
  });

  it('begins a new alert after the quiet period, and for other ends', () => {
    at(0);
    book.raise(finding('port_scan'));
    at(61);
    book.raise(finding('port_scan'));
    book.raise(finding('port_scan', { target: OTHER }));
    book.raise(finding('port_scan', { targetPort: 22 }));
    book.raise(finding('port_scan', { detail: 'UDP' }));
    expect(book.alerts).toHaveLength(5);
  });

  it('puts a child under its parent, whichever was found first', () => {
    at(0);
    book.raise(finding('brute_force'));
    at(1);
    book.raise(finding('port_scan'));
    at(2);
    book.raise(finding('slow_scan'));
    expect(shown()).toEqual(['port_scan 1']);
    expect(book.alerts[1]?.children.map(({ type }) => type)).toEqual(['brute_force', 'slow_scan']);
  });

  it('hands grandchildren to the grandparent', () => {
    at(0);
    book.raise(finding('slow_scan'));
    book.raise(finding('brute_force'));
    book.raise(finding('port_scan'));
    expect(book.alerts[2]?.children.map(({ type }) => type).sort()).toEqual(['brute_force', 'slow_scan']);
    expect(book.alerts[0]?.parent).toBe(book.alerts[2]);
  });

  it('does not absorb what another source did, what happened to another target, or what is long over', () => {
    at(0);
    book.raise(finding('brute_force', { source: OTHER }));
    book.raise(finding('brute_force', { target: OTHER }));
    book.raise(finding('slow_scan'));
    at(600);
    book.raise(finding('port_scan'));
    expect(shown()).toHaveLength(4);
  });

  it('takes what one of many did to the target of a flood as part of the flood', () => {
    at(0);
    book.raise(finding('syn_flood', { source: -1 }));
    book.raise(finding('slow_scan'));
    expect(shown()).toEqual(['syn_flood 1']);
  });

  it('leaves out of a flood what its target does to others', () => {
    const outbound = { source: VICTIM, target: -1 };
    at(0);
    book.raise(finding('slow_scan', outbound));
    book.raise(finding('syn_flood', { source: -1 }));
    at(61);
    book.raise(finding('slow_scan', { ...outbound, detail: 'again' }));
    expect(shown()).toEqual(['slow_scan 1', 'syn_flood 1', 'slow_scan 1']);
  });

  it('never lowers a severity', () => {
    at(0);
    book.raise(finding('slow_scan', { severity: 'high' }));
    book.raise(finding('slow_scan', { severity: 'low' }));
    expect(book.alerts[0]?.severity).toBe('high');
    book.raise(finding('slow_scan', { severity: 'critical' }));
    expect(book.alerts[0]?.severity).toBe('critical');
  });

  it('keeps 64 packets of evidence, and as many alerts as it has room for', () => {
    at(0);
    const alert = book.raise(finding('slow_scan'));
    for (let row = 0; row < 1000 && alert; row++) book.fold(alert, row, row);
    expect(alert).toMatchObject({ count: 1001 });
    expect([alert?.rows.length, alert?.flows.length]).toEqual([64, 64]);
    for (let source = 0; source < 30_000; source++) book.raise(finding('slow_scan', { source: 100 + source }));
    expect(book.alerts.length + book.refused).toBe(30_001);
    expect(book.alerts.length).toBe(20_000);
  });
});
