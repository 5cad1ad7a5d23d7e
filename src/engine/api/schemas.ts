import { z } from 'zod';
import { ALERT_EXPORTS, ALERT_GROUPINGS, ALERT_SCOPES, ALERT_SORTS } from '../../shared/contract/alerts';
import { type EngineCalls, FLOW_SORTS } from '../../shared/contract/engine';
import { HOST_SCOPES, HOST_SORTS } from '../../shared/contract/hosts';
import { MAX_COLOURING_RULES, MAX_FIELD_NAME, MAX_RULE_FILTER, MAX_USER_COLUMNS } from '../../shared/contract/row-look';
import { ALERT_STATUSES, ALERT_TYPES, SEVERITIES } from '../../shared/model/alerts';
import { annotationSchemas } from '../annotations/calls';
import { exportSchemas } from '../exports/calls';
import { exposureSchemas } from '../exposure/exposure-service';
import { findSchemas } from '../find/calls';
import { historySchemas } from '../history/history-schemas';
import { liveSchemas } from '../live/calls';
import { mapSchemas } from '../map/calls';
import { overviewSchemas } from '../overview/calls';
import { settingsSchemas } from '../settings/calls';
import { statisticsSchemas } from '../stats-views/calls';
import { streamSchemas } from '../streams/calls';
import { topologySchemas } from '../topology/topology-service';

/** Rows that one call may ask for. */
export const MAX_WINDOW = 1000;
/** Longer filters are refused before they are parsed. */
export const MAX_FILTER_LENGTH = 10_000;
const MAX_PATH = 32_768;
const MAX_BUCKETS = 2048;
/** Of a note or a reason, and of the words that alerts are searched for. */
const MAX_NOTE_LENGTH = 4000;
/** Of an address as text. */
const MAX_ADDRESS_LENGTH = 64;
/** Of a DNS name. */
const MAX_HOST_LENGTH = 253;
/** Alerts that one call may handle. */
const MAX_HANDLED = 20_000;

const nothing = z.strictObject({});
const row = z.number().int().min(0).max(0xfffffffe);
const window = { from: z.number().int().min(0), count: z.number().int().min(0).max(MAX_WINDOW) };
const text = z.string().max(MAX_FILTER_LENGTH);
const range = z.strictObject({ from: z.number(), to: z.number() });

const alertId = z.number().int().min(1).max(0xffffffff);
const note = z.string().max(MAX_NOTE_LENGTH);
const address = z.string().max(MAX_ADDRESS_LENGTH);
const alertQuery = z.strictObject({
  severities: z.array(z.enum(SEVERITIES)).max(SEVERITIES.length),
  types: z.array(z.enum(ALERT_TYPES)).max(ALERT_TYPES.length),
  statuses: z.array(z.enum(ALERT_STATUSES)).max(ALERT_STATUSES.length),
  source: address.nullable(),
  text: note,
  muted: z.boolean(),
  scope: z.enum(ALERT_SCOPES).exactOptional(),
});
const syslogTarget = z.strictObject({
  transport: z.enum(['udp', 'tcp']),
  host: z.string().min(1).max(MAX_HOST_LENGTH),
  port: z.number().int().min(1).max(0xffff),
});
const newMute = z.strictObject({
  type: z.enum(ALERT_TYPES).nullable(),
  source: address.nullable(),
  target: address.nullable(),
  port: z.number().int().min(0).max(0xffff).nullable(),
  reason: note,
  expires: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).nullable(),
});

const rowLook = z.strictObject({
  fields: z.array(z.string().max(MAX_FIELD_NAME)).max(MAX_USER_COLUMNS),
  rules: z.array(z.string().max(MAX_RULE_FILTER)).max(MAX_COLOURING_RULES),
});
const hostQuery = z.strictObject({ scope: z.enum(HOST_SCOPES), text: note });

type Schemas = { [K in keyof EngineCalls]: z.ZodType<EngineCalls[K]['args']> };

/** What each call's arguments must be: the window is not trusted. */
export const schemas: Schemas = {
  'session.open': z.strictObject({ path: z.string().min(1).max(MAX_PATH), follow: z.boolean().optional() }) as Schemas['session.open'],
  'session.cancel': nothing,
  'session.close': nothing,
  'filter.set': z.strictObject({ text, range: range.nullable() }),
  'filter.check': z.strictObject({ text }),
  'filter.complete': z.strictObject({ text, cursor: z.number().int().min(0).max(MAX_FILTER_LENGTH) }),
  'packets.rows': z.strictObject({ ...window, look: rowLook.optional() }),
  'packets.position': z.strictObject({ index: row }),
  'packets.details': z.strictObject({ index: row }),
  'flows.rows': z.strictObject({
    ...window,
    sort: z.enum(FLOW_SORTS),
    descending: z.boolean(),
  }),
  'flows.get': z.strictObject({ index: row }),
  statistics: z.strictObject({ scope: z.enum(['all', 'shown']) }),
  databases: nothing,
  timeline: z.strictObject({ buckets: z.number().int().min(1).max(MAX_BUCKETS), last: z.number().positive().exactOptional() }),
  'alerts.rows': z.strictObject({ ...window, query: alertQuery, sort: z.enum(ALERT_SORTS), descending: z.boolean() }),
  'alerts.groups': z.strictObject({ by: z.enum(ALERT_GROUPINGS), query: alertQuery }),
  'alerts.get': z.strictObject({ id: alertId }),
  'alerts.marks': nothing,
  'alerts.handle': z.strictObject({ ids: z.array(alertId).max(MAX_HANDLED), status: z.enum(ALERT_STATUSES), note }),
  'alerts.export': z.strictObject({ format: z.enum(ALERT_EXPORTS), query: alertQuery }),
  'alerts.send': z.strictObject({ query: alertQuery, target: syslogTarget }),
  ...annotationSchemas,
  ...findSchemas,
  ...mapSchemas,
  ...overviewSchemas,
  ...statisticsSchemas,
  ...exposureSchemas,
  ...exportSchemas,
  'hosts.rows': z.strictObject({ ...window, query: hostQuery, sort: z.enum(HOST_SORTS), descending: z.boolean() }),
  'hosts.get': z.strictObject({ address }),
  'hosts.block': z.strictObject({ address }),
  'mutes.list': nothing,
  'mutes.add': z.strictObject({ mute: newMute }),
  'mutes.remove': z.strictObject({ id: alertId }),
  ...settingsSchemas,
  ...liveSchemas,
  ...streamSchemas,
  listeners: nothing,
  'interfaces.series': nothing,
  ...historySchemas,
  ...topologySchemas,
};
