import { existsSync, renameSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { fail, ok, type Problem, type Result } from '../shared/base/result';
import {
  DEFAULT_PROFILE,
  MAX_NAME,
  MAX_PROFILE_FILE,
  MAX_PROFILES,
  MAX_SAVED_FILTER,
  MAX_SAVED_FILTERS,
  PLAIN_PROFILE,
  type Profile,
  ROW_TONES,
  type StoredProfiles,
  TIME_FORMATS,
} from '../shared/contract/profiles';
import { MAX_COLOURING_RULES, MAX_FIELD_NAME, MAX_RULE_FILTER, MAX_USER_COLUMNS } from '../shared/contract/row-look';
import { readJsonFile, writeJsonFile } from './json-file';

/** Columns that a list may have, its own and a person's. */
const MAX_COLUMNS = 64;
const MAX_WIDTH = 10_000;
const MAX_SPLITS = 64;
const MAX_PANES = 16;
const MAX_KEY = 200;

const name = z
  .string()
  .min(1)
  .max(MAX_NAME)
  .regex(/^\P{Cc}+$/u);
const colour = z.string().regex(/^#[0-9a-f]{6}$/);
const fieldName = z
  .string()
  .max(MAX_FIELD_NAME)
  .regex(/^[A-Za-z_][\w.-]*$/);
const columnId = z.string().max(MAX_FIELD_NAME + 10);
const sized = <T extends z.ZodType>(value: T, most: number) =>
  z.record(z.string().max(MAX_KEY), value).refine((entries) => Object.keys(entries).length <= most);

const profile: z.ZodType<Profile> = z.strictObject({
  name,
  columns: z.strictObject({
    order: z.array(columnId).max(MAX_COLUMNS),
    hidden: z.array(columnId).max(MAX_COLUMNS),
    widths: sized(z.number().min(1).max(MAX_WIDTH), MAX_COLUMNS),
    timeFormat: z.enum(TIME_FORMATS),
    own: z
      .array(z.strictObject({ field: fieldName, title: name, align: z.enum(['left', 'right']) }))
      .max(MAX_USER_COLUMNS)
      .refine((own) => new Set(own.map(({ field }) => field)).size === own.length),
  }),
  rules: z
    .array(
      z.strictObject({
        name,
        filter: z.string().max(MAX_RULE_FILTER),
        enabled: z.boolean(),
        colours: z.discriminatedUnion('kind', [
          z.strictObject({ kind: z.literal('tone'), tone: z.enum(ROW_TONES) }),
          z.strictObject({ kind: z.literal('own'), text: colour, ground: colour }),
        ]),
      }),
    )
    .max(MAX_COLOURING_RULES)
    .nullable(),
  filters: z.array(z.strictObject({ name, filter: z.string().min(1).max(MAX_SAVED_FILTER) })).max(MAX_SAVED_FILTERS),
  layout: z.strictObject({
    inspector: z.boolean().nullable(),
    splits: sized(sized(z.number().min(0).max(100), MAX_PANES), MAX_SPLITS),
  }),
});

/** What the page may ask to be kept, and what the file holds. */
export const storedProfiles: z.ZodType<StoredProfiles> = z
  .strictObject({ active: name, profiles: z.array(profile).min(1).max(MAX_PROFILES) })
  .refine(
    ({ active, profiles }) =>
      profiles[0]?.name === DEFAULT_PROFILE &&
      new Set(profiles.map((one) => one.name)).size === profiles.length &&
      profiles.some((one) => one.name === active),
  );

const DEFAULTS: StoredProfiles = { active: DEFAULT_PROFILE, profiles: [PLAIN_PROFILE] };

/** The profiles, kept in one JSON file. One that cannot be used is put aside and not lost. */
export class Profiles {
  readonly #store: string;

  constructor(store: string) {
    this.#store = store;
  }

  load(now: number): { readonly stored: StoredProfiles; readonly problem: Problem | null } {
    if (!existsSync(this.#store)) return { stored: DEFAULTS, problem: null };
    const { success, data } = storedProfiles.safeParse(readJsonFile(this.#store));
    return success ? { stored: data, problem: null } : { stored: DEFAULTS, problem: this.#putAside(now) };
  }

  save(stored: StoredProfiles): void {
    writeJsonFile(this.#store, stored);
  }

  #putAside(now: number): Problem {
    const kept = this.#store.replace(/(\.json)?$/, `.damaged-${now}.json`);
    const code = 'profiles-damaged';
    const sentence = 'The file with your profiles is damaged. Columns, colouring rules and saved filters are the default ones now.';
    try {
      renameSync(this.#store, kept);
      return { code, sentence, next: `The old file is kept as ${basename(kept)}, in the same folder.` };
    } catch {
      return { code, sentence, next: `The old file is ${this.#store}; it is replaced when something is changed.` };
    }
  }
}

/** Reads an exported profile, which may be anybody's file. */
export function parseProfile(text: string): Result<Profile> {
  const refuse = (reason: string): Result<Profile> =>
    fail('bad-profile', `This file is no profile of Portlight: ${reason}`, 'Choose a file that "Export profile" wrote.');
  if (text.length > MAX_PROFILE_FILE) return refuse('it is too large.');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse('it is not JSON.');
  }
  const { success, data, error } = profileFile.safeParse(value);
  if (success) return ok(data.portlightProfile);
  const [issue] = error.issues;
  const at = (issue?.path ?? []).slice(0, 6).map(String).join('.').slice(0, 120);
  return refuse(at === '' ? 'it has another form.' : `"${at}" is not what it should be.`);
}

const profileFile = z.strictObject({ version: z.literal(1), portlightProfile: profile });
