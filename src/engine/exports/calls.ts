import { z } from 'zod';
import { FLOW_SORTS } from '../../shared/contract/engine';
import { type ExportCalls, MAX_CHOSEN, MAX_EXPORT_FIELDS, TABLE_FORMATS } from '../../shared/contract/exports';
import { EXPOSURE_SCOPES, EXPOSURE_SORTS } from '../../shared/contract/exposure';
import { HOST_SCOPES, HOST_SORTS } from '../../shared/contract/hosts';
import type { ExportService } from './export-service';

const MAX_PATH = 32_768;
const MAX_FIELD_NAME = 200;
const MAX_TEXT = 4000;
/** Longest address as text. */
const MAX_ADDRESS = 64;

const index = z.number().int().min(0).max(0xfffffffe);
const format = z.enum(TABLE_FORMATS);
const descending = z.boolean();
const fields = z.array(z.string().max(MAX_FIELD_NAME)).max(MAX_EXPORT_FIELDS);
const flows = z.array(index).max(MAX_CHOSEN);

const packets = z.union([
  z.strictObject({ of: z.enum(['all', 'shown', 'marked']) }),
  z.strictObject({ of: z.literal('rows'), ranges: z.array(z.tuple([index, index])).max(MAX_CHOSEN) }),
  z.strictObject({ of: z.literal('flows'), flows }),
]);

const request = z.union([
  z.strictObject({ table: z.literal('packets'), packets, format: z.literal('pcapng') }),
  z.strictObject({ table: z.literal('packets'), packets, format, fields: fields.min(1) }),
  z.strictObject({
    table: z.literal('flows'),
    flows: z.union([z.strictObject({ of: z.enum(['all', 'shown']) }), z.strictObject({ of: z.literal('flows'), flows })]),
    format,
    sort: z.enum(FLOW_SORTS),
    descending,
  }),
  z.strictObject({
    table: z.literal('hosts'),
    query: z.strictObject({ scope: z.enum(HOST_SCOPES), text: z.string().max(MAX_TEXT) }),
    format,
    sort: z.enum(HOST_SORTS),
    descending,
  }),
  z.strictObject({
    table: z.literal('exposure'),
    host: z.string().max(MAX_ADDRESS).nullable(),
    scope: z.enum(EXPOSURE_SCOPES),
    format,
    sort: z.enum(EXPOSURE_SORTS),
    descending,
  }),
  z.strictObject({ table: z.literal('report'), scope: z.enum(['all', 'shown']) }),
]);

export const exportSchemas: { [K in keyof ExportCalls]: z.ZodType<ExportCalls[K]['args']> } = {
  'export.write': z.strictObject({ path: z.string().min(1).max(MAX_PATH), request }),
  'export.progress': z.strictObject({}),
  'export.count': z.strictObject({ packets }),
  'export.unknown': z.strictObject({ fields }),
};

type Handlers = {
  [K in keyof ExportCalls]: (
    args: ExportCalls[K]['args'],
    signal: AbortSignal,
  ) => Promise<ExportCalls[K]['result']> | ExportCalls[K]['result'];
};

export const exportCalls = (service: ExportService): Handlers => ({
  'export.write': (args, signal) => service.write(args, signal),
  'export.progress': () => service.progress(),
  'export.count': ({ packets: chosen }, signal) => service.count(chosen, signal),
  'export.unknown': (args) => service.unknown(args),
});
