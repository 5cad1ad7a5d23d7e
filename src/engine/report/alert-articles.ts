import { asWords } from '../../shared/base/format-names';
import { formatCount, formatRate } from '../../shared/base/format-numbers';
import { formatClock, formatDate, formatDuration } from '../../shared/base/format-time';
import type { AlertDetails, EvidenceValue } from '../../shared/model/alerts';
import { html, type Markup } from './markup';
import type { ReportData } from './report-data';

/** Members of a list, and numbers of packets, that are told. */
const MAX_LISTED = 48;

/** Every alert in full: what, who, why in four parts, and what it rests on. */
export function alertArticles({ alerts, places }: ReportData): Markup {
  const total = Object.values(places.alerts).reduce((sum, count) => sum + count, 0);
  if (total === 0) return html`<p>Nothing was found. Muted alerts are left out.</p>`;
  const rest = total - alerts.length;
  return html`<p class="quiet">The worst first; muted ones are left out.${rest > 0 ? ` ${formatCount(rest)} more are not told here.` : ''}</p>
${alerts.map(article)}`;
}

function article(alert: AlertDetails): Markup {
  const { severity, title, description, technique, techniqueName, why, status, note } = alert;
  return html`<article class="${severity}">
<h3><span class="severity ${severity}">${severity}</span> ${title}</h3>
<p class="quiet">${instant(alert.epoch)}${alert.count > 1 ? ` to ${instant(alert.lastEpoch)}, ${formatCount(alert.count)} times` : ''} · ${technique} ${techniqueName} · ${status}</p>
<p>${description}</p>
<div class="parts">
<dl>
<dt>Source</dt><dd>${end(alert.sourceIp, alert.sourcePort, alert.sourceCountry)}</dd>
<dt>Target</dt><dd>${end(alert.targetIp, alert.targetPort, alert.targetCountry)}</dd>
<dt>Measured</dt><dd>${amount(why.value, why.unit)}${why.measure === '' || why.measure === why.unit ? '' : ` (${why.measure})`}</dd>
<dt>Threshold</dt><dd>${amount(why.threshold, why.unit)}</dd>
<dt>Within</dt><dd>${why.window === null ? 'no fixed time' : formatDuration(why.window * 1e9)}</dd>
<dt>Quiet if</dt><dd>${why.quiet}</dd>
</dl>
<dl>
${Object.entries(alert.evidence).map(([name, value]) => html`<dt>${asWords(name)}</dt><dd>${valueText(value)}</dd>`)}
<dt>Packets</dt><dd>${alert.packets.length === 0 ? 'none kept' : listed(alert.packets.map((number) => String(number)))}</dd>
</dl>
</div>
${note === '' ? null : html`<p><b>Note:</b> ${note}</p>`}
</article>
`;
}

/** '2026-11-21 16:40:05.123 UTC'. */
export const instant = (epoch: string): string =>
  epoch === '' ? 'no time' : `${formatDate(epoch, 'utc')} ${formatClock(epoch, 'utc', 3)} UTC`;

const end = (address: string, port: number | null, country: string | null): string =>
  address === '' ? 'several' : `${address}${port === null ? '' : ` port ${port}`}${country === null ? '' : ` (${country})`}`;

const amount = (value: number, unit: string): string =>
  `${Number.isInteger(value) ? formatCount(value) : formatRate(value)} ${unit}`.trim();

const listed = (members: readonly string[]): string =>
  members.length > MAX_LISTED
    ? `${members.slice(0, MAX_LISTED).join(', ')} and ${formatCount(members.length - MAX_LISTED)} more`
    : members.join(', ');

function valueText(value: EvidenceValue): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? formatCount(value) : String(Number(value.toPrecision(4)));
  return value.length === 0 ? 'none' : listed(value.map(String));
}
