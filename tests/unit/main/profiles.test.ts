import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Profiles, parseProfile, storedProfiles } from '../../../src/main/profiles';
import type { Profile } from '../../../src/shared/contract/profiles';

const NOW = 1_700_000_000_000;

const lab: Profile = {
  name: 'Lab',
  columns: {
    order: ['number', 'field:tcp.window_size', 'info'],
    hidden: ['length'],
    widths: { 'field:tcp.window_size': 90 },
    timeFormat: 'utc',
    own: [{ field: 'tcp.window_size', title: 'Window', align: 'right' }],
  },
  rules: [{ name: 'Refused', filter: 'tcp.flags.reset == 1', enabled: true, colours: { kind: 'own', text: '#ffffff', ground: '#800000' } }],
  filters: [{ name: 'Names', filter: 'dns' }],
  layout: { inspector: false, splits: { packets: { list: 60, details: 40 } } },
};

describe('profiles', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'profiles-'));
    file = join(folder, 'profiles.json');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are the default one at first', () => {
    const { stored, problem } = new Profiles(file).load(NOW);
    expect(problem).toBeNull();
    expect(stored).toMatchObject({ active: 'Default', profiles: [{ name: 'Default', rules: null, filters: [] }] });
    expect(storedProfiles.safeParse(stored).success).toBe(true);
  });

  it('are there after a restart', () => {
    const { stored } = new Profiles(file).load(NOW);
    const changed = { active: 'Lab', profiles: [...stored.profiles, lab] };
    new Profiles(file).save(changed);
    expect(new Profiles(file).load(NOW)).toEqual({ stored: changed, problem: null });
  });

  it.each([
    ['is no JSON', '{ "active": '],
    ['has no default profile', JSON.stringify({ active: 'Lab', profiles: [lab] })],
    ['names a profile that is not there', JSON.stringify({ active: 'Gone', profiles: [{ ...lab, name: 'Default' }] })],
    ['has one name twice', JSON.stringify({ active: 'Default', profiles: [{ ...lab, name: 'Default' }, lab, lab] })],
  ])('of a file that %s are the default one, and the file is kept', (_what, text) => {
    writeFileSync(file, text);
    const { stored, problem } = new Profiles(file).load(NOW);
    expect(stored.profiles.map(({ name }) => name)).toEqual(['Default']);
    expect(problem?.next).toContain(`profiles.damaged-${NOW}.json`);
    expect(readdirSync(folder)).toEqual([`profiles.damaged-${NOW}.json`]);
    expect(readFileSync(join(folder, `profiles.damaged-${NOW}.json`), 'utf8')).toBe(text);
  });
});

describe('the file of one profile', () => {
  const fileOf = (profile: unknown): string => JSON.stringify({ version: 1, portlightProfile: profile });
  const sentence = (text: string): string => {
    const parsed = parseProfile(text);
    return parsed.ok ? '' : parsed.problem.sentence;
  };

  it('gives the profile again', () => {
    expect(parseProfile(fileOf(lab))).toEqual({ ok: true, value: lab });
  });

  it.each([
    ['', 'not JSON'],
    ['[]', 'another form'],
    [fileOf({ ...lab, name: '' }), '"portlightProfile.name"'],
    [fileOf({ ...lab, name: 'a\nb' }), '"portlightProfile.name"'],
    [fileOf({ ...lab, script: 'x' }), '"portlightProfile"'],
    [
      fileOf({ ...lab, rules: [{ ...lab.rules?.[0], colours: { kind: 'own', text: 'red;} * { display: none', ground: '#000000' } }] }),
      '"portlightProfile.rules.0.colours.text"',
    ],
    [
      fileOf({ ...lab, columns: { ...lab.columns, own: [{ field: '<img>', title: 'x', align: 'left' }] } }),
      '"portlightProfile.columns.own.0.field"',
    ],
    [fileOf({ ...lab, filters: Array.from({ length: 101 }, () => ({ name: 'a', filter: 'b' })) }), '"portlightProfile.filters"'],
    ['x'.repeat(4_000_001), 'too large'],
  ])('that is wrong is refused with what is wrong (%#)', (text, reason) => {
    expect(sentence(text)).toContain(reason);
  });

  it('may hold anything without a throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(sentence(fileOf(value))).not.toBe('');
      }),
    );
  });
});
