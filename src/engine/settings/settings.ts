import { z } from 'zod';
import { type Problem, ProblemError, type Result } from '../../shared/base/result';
import type { DetectionState, PlacesState, StorageState } from '../../shared/contract/settings';
import { DEFAULT_DETECTION, type DetectionSettings } from '../../shared/model/detection-settings';
import { DEFAULT_RETENTION, QUOTA_BYTES, RETENTION_DAYS, type RetentionSettings, retentionProblem } from '../../shared/model/retention';
import type { Watch } from '../capture';
import { RULES } from '../detectors/rules';
import { ruleInfo, valuesOf } from '../detectors/settings';
import { Geo } from '../enrich/geo/geo';
import type { UserLists } from '../enrich/lists/user-lists';
import type { Store } from '../store/store';
import { retentionOf } from '../store/sweep';
import { userLists, watchOptions } from '../watch';
import { checkDetection, parseJson, readDetection } from './detection';
import { SpoolSize } from './spool-size';

const KEYS = { detection: 'detection', places: 'places', retention: 'retention', spoolSize: 'spool-size' } as const;

const days = z.number().int().min(RETENTION_DAYS.min).max(RETENTION_DAYS.max);
export const retentionSchema = z.strictObject({
  minutes: days,
  hours: days,
  days,
  flows: days,
  alerts: days,
  quota: z.number().int().min(QUOTA_BYTES.min).max(QUOTA_BYTES.max),
});

/** Longer than any path that a system accepts. */
export const MAX_PATH = 32_768;
const placesSchema = z.strictObject({ path: z.string().min(1).max(MAX_PATH).nullable() });

export interface SettingsParts {
  /** Where they are kept; null: they last as long as the program. */
  readonly store?: Store | null;
  readonly geo?: Geo;
  readonly lists?: UserLists;
}

/** What the user set, kept in the store. What it holds is looked at before it is believed: damage costs the setting, never the start. */
export class Settings {
  readonly lists: UserLists;
  readonly spoolSize = new SpoolSize((value) => this.#keep(KEYS.spoolSize, value));
  readonly #store: Store | null;
  readonly #geo: Geo;
  #detection: DetectionSettings = DEFAULT_DETECTION;
  #detectionProblem: Problem | null = null;
  #retention: RetentionSettings = DEFAULT_RETENTION;
  #retentionProblem: Problem | null = null;
  #placesPath: string | null = null;
  #placesProblem: Problem | null = null;

  constructor({ store = null, geo = new Geo(), lists = userLists() }: SettingsParts = {}) {
    this.#store = store;
    this.#geo = geo;
    this.lists = lists;
  }

  /** Reads what was kept, and makes the store and the places go by it. Nothing waits for the places; `places` says when they are there. */
  async load(): Promise<{ readonly places: Promise<void> }> {
    const detection = readDetection(await this.#stored(KEYS.detection));
    this.#detection = detection.settings;
    this.#detectionProblem = detection.problem;
    await this.#loadRetention();
    this.spoolSize.load(await this.#stored(KEYS.spoolSize));
    return { places: this.#loadPlaces(await this.#stored(KEYS.places)) };
  }

  detection(): DetectionState {
    const settings = this.#detection;
    return { settings, rules: RULES.map((rule) => ruleInfo(rule, settings)), problem: this.#detectionProblem };
  }

  async setDetection(wanted: DetectionSettings): Promise<DetectionState> {
    const settings = unwrap(checkDetection(wanted));
    await this.#keep(KEYS.detection, settings);
    this.#detection = settings;
    this.#detectionProblem = null;
    return this.detection();
  }

  /** What the rules of the next capture go by, and `mark`: two that are equal bring about the same alerts. */
  watch(): { readonly watch: Watch; readonly mark: string } {
    const settings = this.#detection;
    const rules = RULES.filter(({ type }) => !settings.disabled.includes(type)).map((rule) => [rule.type, valuesOf(rule, settings)]);
    const mark = JSON.stringify([rules, [...settings.ownAddresses].sort(), this.lists.revision]);
    return { watch: watchOptions(this.lists, settings), mark };
  }

  get mark(): string {
    return this.watch().mark;
  }

  places(): PlacesState {
    return { info: this.#geo.info(), chosen: this.#placesPath, problem: this.#placesProblem };
  }

  /** The file is opened before anything changes. */
  async usePlaces(path: string | null): Promise<PlacesState> {
    unwrap(await this.#geo.load(path));
    this.#placesPath = path;
    this.#placesProblem = null;
    await this.#keep(KEYS.places, { path });
    return this.places();
  }

  async storage(): Promise<StorageState> {
    const info = await this.#store?.info();
    return { history: info?.ok ? info.value : null, retention: this.#retention, problem: this.#retentionProblem };
  }

  /** Kept and enforced. */
  async setRetention(retention: RetentionSettings): Promise<StorageState> {
    const sentence = retentionProblem(retention);
    if (sentence !== null) throw new ProblemError({ code: 'settings-refused', sentence, next: 'Nothing was changed.' });
    await this.#keep(KEYS.retention, retention);
    this.#retention = retention;
    this.#retentionProblem = null;
    if (this.#store) {
      unwrap(await this.#store.retain(retentionOf(retention)));
      unwrap(await this.#store.sweep(Date.now()));
    }
    return this.storage();
  }

  async #loadRetention(): Promise<void> {
    const text = await this.#stored(KEYS.retention);
    if (text === null) return;
    const parsed = retentionSchema.safeParse(parseJson(text));
    if (parsed.success && retentionProblem(parsed.data) === null) {
      this.#retention = parsed.data;
      await this.#store?.retain(retentionOf(parsed.data));
    } else {
      const sentence = 'The stored settings of the history are damaged: the defaults are used.';
      this.#retentionProblem = { code: 'settings-damaged', sentence, next: 'Set again what you had changed.' };
    }
  }

  async #loadPlaces(text: string | null): Promise<void> {
    const parsed = placesSchema.safeParse(text === null ? { path: null } : parseJson(text));
    const path = parsed.success ? parsed.data.path : null;
    if (!parsed.success)
      this.#placesProblem = {
        code: 'settings-damaged',
        sentence: 'The stored choice of a database of places is damaged: what ships is used.',
      };
    const opened = await this.#geo.load(path);
    if (path === null) return;
    this.#placesPath = path;
    if (opened.ok) return;
    this.#placesProblem = opened.problem;
    await this.#geo.load(null);
  }

  async #stored(key: string): Promise<string | null> {
    const found = await this.#store?.getSetting(key);
    return found?.ok ? found.value : null;
  }

  async #keep(key: string, value: unknown): Promise<void> {
    if (this.#store) unwrap(await this.#store.setSetting(key, JSON.stringify(value)));
  }
}

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new ProblemError(result.problem);
  return result.value;
}
