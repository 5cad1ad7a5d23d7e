import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../../../src/engine/detectors/rules';
import { checkDetection, detectionSchema, readDetection } from '../../../../src/engine/settings/detection';
import { ownAddressProblem } from '../../../../src/engine/settings/own-address';
import { DEFAULT_DETECTION, type DetectionSettings, PRESETS } from '../../../../src/shared/model/detection-settings';

const settings = (parts: Partial<DetectionSettings>): DetectionSettings => ({ ...DEFAULT_DETECTION, ...parts });

describe('settings of the rules', () => {
  it('keep what means something', () => {
    const wanted = settings({
      preset: 'quiet',
      disabled: ['beaconing'],
      thresholds: { port_scan: { ports: 12, window: 90 } },
      ownAddresses: ['203.0.113.0/24', '2001:db8::1'],
    });
    expect(checkDetection(wanted)).toEqual({ ok: true, value: wanted });
    expect(readDetection(JSON.stringify(wanted))).toEqual({ settings: wanted, problem: null });
  });

  it.each([
    [{ thresholds: { no_such_rule: { ports: 5 } } }, 'There is no rule "no_such_rule".'],
    [{ thresholds: { port_scan: { pots: 5 } } }, 'The rule "Port scan" has no threshold "pots".'],
    [{ thresholds: { port_scan: { ports: 0 } } }, '"Distinct ports of one target" of "Port scan" must be from 5 to 60 ports.'],
    [{ thresholds: { port_scan: { constructor: 7 } } }, 'The rule "Port scan" has no threshold "constructor".'],
    [{ ownAddresses: ['0.0.0.0/0'] }, '"0.0.0.0/0": This is too much of the internet: the shortest prefix is /8.'],
  ])('refuse %j', (parts: Partial<DetectionSettings>, sentence) => {
    expect(checkDetection(settings(parts))).toMatchObject({ ok: false, problem: { code: 'settings-refused', sentence } });
  });

  it('that are stored and damaged are the defaults, and that is told', () => {
    for (const text of ['', '{', 'null', '[]', '{"preset":"loud"}', '{"preset":"quiet"}', '"quiet"'])
      expect([text, readDetection(text)]).toMatchObject([text, { settings: DEFAULT_DETECTION, problem: { code: 'settings-damaged' } }]);
    expect(readDetection(null)).toEqual({ settings: DEFAULT_DETECTION, problem: null });
  });

  it('that are stored and mean something in part keep that part', () => {
    const stored = settings({
      preset: 'quiet',
      thresholds: { port_scan: { ports: 12, gone: 1 }, gone: { x: 1 } },
      ownAddresses: ['203.0.113.7', 'x'],
    });
    const { settings: read, problem } = readDetection(JSON.stringify(stored));
    expect(read).toEqual(settings({ preset: 'quiet', thresholds: { port_scan: { ports: 12 } }, ownAddresses: ['203.0.113.7'] }));
    expect(problem?.code).toBe('settings-partly');
  });

  it('are read from any text whatever, and what is read is allowed', () => {
    const rule = fc.constantFrom(...RULES);
    const nearly = fc.record({
      preset: fc.constantFrom<unknown>(...PRESETS, 'loud', 1),
      disabled: fc.array(
        fc.oneof(
          rule.map(({ type }): unknown => type),
          fc.jsonValue(),
        ),
      ),
      thresholds: fc.dictionary(
        fc.oneof(
          rule.map(({ type }): string => type),
          fc.string(),
        ),
        fc.dictionary(
          fc.oneof(
            rule.map(({ thresholds }) => Object.keys(thresholds)[0] ?? ''),
            fc.string(),
          ),
          fc.oneof(fc.double(), fc.jsonValue()),
        ),
      ),
      ownAddresses: fc.array(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string())),
    });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          nearly.map((value) => JSON.stringify(value)),
        ),
        (text) => {
          const { settings: read } = readDetection(text);
          expect(detectionSchema.safeParse(read).success).toBe(true);
          expect(checkDetection(read)).toEqual({ ok: true, value: read });
        },
      ),
    );
  });
});

describe('an own address', () => {
  it.each(['198.51.100.7', '10.0.0.0/8', '203.0.113.4/32', '2001:db8::1', '2001:db8::/32', '::ffff:198.51.100.7'])('may be %s', (text) => {
    expect(ownAddressProblem(text)).toBeNull();
  });

  it.each([
    '',
    'server',
    '10',
    '10.1',
    '1.2.3.4.5',
    '010.1.1.1',
    '256.1.1.1',
    '1.2.3.4/33',
    '1.2.3.4/',
    '1.2.3.4/8/8',
    'fe80::1%eth0',
    '::/0',
    '0.0.0.0/7',
    '2001:db8::/129',
    'g::1',
  ])('is not %s', (text) => {
    expect(ownAddressProblem(text)).toMatch(/\.$/);
  });
});
