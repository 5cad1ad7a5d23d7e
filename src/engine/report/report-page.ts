import { formatBitRate, formatBytes, formatCount } from '../../shared/base/format-numbers';
import { epochOf, formatDuration } from '../../shared/base/format-time';
import { SEVERITIES } from '../../shared/model/alerts';
import { alertArticles, instant } from './alert-articles';
import { losses } from './losses';
import { html, Markup } from './markup';
import type { ReportData } from './report-data';
import { CONTENT_POLICY, STYLE } from './style';
import { exposureTable, rankings } from './tables';
import { trafficChart } from './traffic-chart';

/** One page that stands by itself: no script, no picture, nothing fetched; every text of the capture is text. */
export function reportPage(data: ReportData): string {
  const { source, attribution } = data;
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${CONTENT_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${source.name} · Portlight report</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<header>
<p class="quiet">Portlight report</p>
<h1>${source.name}</h1>
${facts(data)}
</header>
<main>
${tiles(data)}
<h2>Traffic over time</h2>
${trafficChart(data)}
<h2>Alerts</h2>
${alertArticles(data)}
<h2>Who and what</h2>
${rankings(data)}
<h2>Exposure</h2>
${exposureTable(data)}
<h2>What is missing</h2>
${losses(data)}
</main>
<footer>
<p>Made by Portlight on ${instant(String(data.made / 1000))}. Bytes are as on the wire, 1 kB is 1,000 bytes.</p>
${attribution.map((sentence) => html`<p>${sentence}</p>`)}
</footer>
</body>
</html>
`.text;
}

/** What was looked at. */
function facts({ source, scope, tick, statistics }: ReportData): Markup {
  const { filter, startSecond } = tick;
  const { firstTime, lastTime } = statistics;
  const time = (value: number): string => instant(epochOf(startSecond, value));
  const shown = scope === 'shown' && (filter.text !== '' || filter.range !== null);
  return html`<dl>
<dt>Source</dt><dd>${source.path}</dd>
<dt>Kind</dt><dd>${source.kind === 'demo' ? 'demo: generated, none of it happened' : source.kind}, ${source.format}${source.size === null ? '' : `, ${formatBytes(source.size)}`}</dd>
<dt>Time</dt><dd>${firstTime === null || lastTime === null ? 'no packet has a time' : `${time(firstTime)} to ${time(lastTime)}, ${formatDuration(lastTime - firstTime)}`}</dd>
<dt>Filter</dt><dd class="mono">${shown ? filter.text || 'none' : 'none: the whole capture'}</dd>
${shown && filter.range !== null ? html`<dt>Time range</dt><dd>${time(filter.range.from)} to ${time(filter.range.to)}</dd>` : null}
</dl>`;
}

function tiles({ statistics, tick, places, scope }: ReportData): Markup {
  const { packets, bytes, flows, firstTime, lastTime } = statistics;
  const seconds = firstTime === null || lastTime === null ? 0 : (lastTime - firstTime) / 1e9;
  const of = scope === 'shown' && packets !== tick.packets ? ` of ${formatCount(tick.packets)}` : '';
  const found = [...SEVERITIES].reverse().filter((severity) => places.alerts[severity] > 0);
  const alerts = found.reduce((sum, severity) => sum + places.alerts[severity], 0);
  return html`<ul class="tiles">
<li><b>${formatCount(packets)}</b>packets${of}</li>
<li><b>${formatBytes(bytes)}</b>on the wire</li>
<li><b>${seconds > 0 ? formatBitRate((8 * bytes) / seconds) : '–'}</b>on average</li>
<li><b>${formatCount(flows.total)}</b>flows: ${formatCount(flows.tcp)} TCP, ${formatCount(flows.udp)} UDP, ${formatCount(flows.icmp)} ICMP</li>
<li><b>${formatCount(alerts)}</b>alerts${found.length === 0 ? '' : ': '}${found.map(
    (severity, i) =>
      html`${i > 0 ? ', ' : ''}<span class="severity ${severity}">${formatCount(places.alerts[severity])} ${severity}</span>`,
  )}</li>
</ul>`;
}
