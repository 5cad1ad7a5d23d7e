import { z } from 'zod';
import { ALERT_TYPES, SEVERITIES } from '../model/alerts';
import { type AlertNotice, type Notice, type NotificationSettings, PER_MINUTE, type SummaryNotice } from './notifications';

const MINUTES_A_DAY = 24 * 60;
/** Of a file name. */
export const MAX_CAPTURE_NAME = 255;
const MAX_TITLE = 200;

const severity = z.enum(SEVERITIES);
const minute = z
  .number()
  .int()
  .min(0)
  .max(MINUTES_A_DAY - 1);
const id = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const count = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const port = z.number().int().min(0).max(0xffff).nullable();
/** Digits of IPv4, IPv6 and MAC addresses: no name and no sentence fits through. */
const address = z.string().regex(/^[0-9a-f.:]{0,45}$/i);

export const notificationSettings: z.ZodType<NotificationSettings> = z.strictObject({
  desktop: z.boolean(),
  webhook: z.boolean(),
  severity,
  files: z.boolean(),
  quiet: z.strictObject({ from: minute, to: minute }).nullable(),
  perMinute: z.number().int().min(PER_MINUTE.least).max(PER_MINUTE.most),
});

const alertNotice: z.ZodType<AlertNotice> = z.strictObject({
  kind: z.literal('alert'),
  session: id,
  alert: id,
  type: z.enum(ALERT_TYPES),
  severity,
  time: z.string().regex(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z)?$/),
  sourceIp: address,
  sourcePort: port,
  targetIp: address,
  targetPort: port,
  title: z.string().max(MAX_TITLE),
  count,
  technique: z.string().regex(/^(T\d{4}(\.\d{3})?)?$/),
  capture: z.string().max(MAX_CAPTURE_NAME),
});

const summaryNotice: z.ZodType<SummaryNotice> = z.strictObject({
  kind: z.literal('summary'),
  count,
  severity,
  reason: z.enum(['many', 'quiet']),
});

export const notice: z.ZodType<Notice> = z.union([alertNotice, summaryNotice]);
