import { z } from 'zod';
import { ProblemError } from '../../shared/base/result';
import { LIST_KINDS, type ListRow, type SettingsCalls } from '../../shared/contract/settings';
import { RETENTION_DAYS } from '../../shared/model/retention';
import type { Engine } from '../engine';
import { detectionSchema } from './detection';
import { MAX_OWN_ADDRESSES, ownAddressProblem } from './own-address';
import { MAX_PATH, retentionSchema } from './settings';
import { spoolLimitSchema } from './spool-size';

type Handlers = {
  [K in keyof SettingsCalls]: (args: SettingsCalls[K]['args']) => Promise<SettingsCalls[K]['result']> | SettingsCalls[K]['result'];
};

export function settingsCalls(engine: Engine): Handlers {
  const { settings } = engine;
  const { lists } = settings;
  /** What was found with other settings or lists says so. */
  const changed = <T>(value: T): T => {
    engine.publishAlerts();
    return value;
  };
  return {
    'detection.get': () => settings.detection(),
    'detection.set': async ({ settings: wanted }) => changed(await settings.setDetection(wanted)),
    'detection.check-addresses': ({ lines }) => ({ problems: lines.map(ownAddressProblem) }),
    'detection.again': () => engine.openAgain(),
    'lists.info': () => lists.state(),
    'lists.import': ({ path, kind }): ListRow => changed(unwrap(lists.import(path, kind))),
    'lists.remove': ({ file }) => changed(unwrap(lists.remove(file))),
    'lists.restore': ({ file }) => changed(unwrap(lists.restore(file))),
    'places.info': () => settings.places(),
    'places.use': ({ path }) => settings.usePlaces(path),
    'storage.get': () => settings.storage(),
    'storage.set': ({ retention }) => settings.setRetention(retention),
    'spool-size.get': () => settings.spoolSize.state(),
    'spool-size.set': ({ limit }) => settings.spoolSize.set(limit),
    'storage.clear': ({ olderThanDays }) => engine.clearHistory(olderThanDays),
  };
}

function unwrap<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: ProblemError['problem'] },
): T {
  if (!result.ok) throw new ProblemError(result.problem);
  return result.value;
}

/** Longer than a file name may be. */
const MAX_FILE_NAME = 255;
/** Longer than an address; what is too long is answered with a sentence, not refused. */
const MAX_LINE = 1000;

const nothing = z.strictObject({});
const path = z.string().min(1).max(MAX_PATH);
const file = z.strictObject({ file: z.string().min(1).max(MAX_FILE_NAME) });

type Schemas = { [K in keyof SettingsCalls]: z.ZodType<SettingsCalls[K]['args']> };

export const settingsSchemas: Schemas = {
  'detection.get': nothing,
  'detection.set': z.strictObject({ settings: detectionSchema }),
  'detection.check-addresses': z.strictObject({ lines: z.array(z.string().max(MAX_LINE)).max(MAX_OWN_ADDRESSES) }),
  'detection.again': nothing,
  'lists.info': nothing,
  'lists.import': z.strictObject({ path, kind: z.enum(LIST_KINDS) }),
  'lists.remove': file,
  'lists.restore': file,
  'places.info': nothing,
  'places.use': z.strictObject({ path: path.nullable() }),
  'storage.get': nothing,
  'storage.set': z.strictObject({ retention: retentionSchema }),
  'spool-size.get': nothing,
  'spool-size.set': z.strictObject({ limit: spoolLimitSchema }),
  'storage.clear': z.strictObject({ olderThanDays: z.number().int().min(RETENTION_DAYS.min).max(RETENTION_DAYS.max).nullable() }),
};
