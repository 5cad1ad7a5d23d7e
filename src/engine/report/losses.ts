import { formatCount } from '../../shared/base/format-numbers';
import { epochOf } from '../../shared/base/format-time';
import { instant } from './alert-articles';
import { html, type Markup } from './markup';
import type { ReportData } from './report-data';

/** Gaps and warnings that are told one by one. */
const MAX_LISTED = 50;

/** What the numbers leave out: what was lost, given up or could not be read. */
export function losses({ tick, truncated, source }: ReportData): Markup {
  const { dropped, live, flows, warnings, warningCount, load, startSecond } = tick;
  const known: string[] = [];
  if (dropped === null) known.push('Whether the capturing side lost packets is unknown: nobody counted.');
  else known.push(dropped === 0 ? 'The capturing side lost no packets.' : `The capturing side lost ${formatCount(dropped)} packets.`);
  if (truncated) known.push('The file ends in the middle of a packet: what came after it is not there.');
  if (load.state === 'loading') known.push(source.kind === 'file' ? 'The file was still being read.' : 'The capture went on.');
  if (load.state === 'cancelled' && source.kind === 'file') known.push('Reading the file was stopped early.');
  if (load.state === 'failed') known.push('The capture could not be read to its end.');
  const forgotten = live?.spool?.forgotten ?? 0;
  if (forgotten > 0) known.push(`${formatCount(forgotten)} packets were given up for newer ones.`);
  if (flows.evicted > 0) known.push(`${formatCount(flows.evicted)} old flows were given up to bound memory.`);
  const gaps = (live?.gaps ?? []).slice(0, MAX_LISTED).map(({ from, to, reason }) => {
    const end = to === null ? 'it lasts' : `to ${instant(epochOf(startSecond, to))}`;
    return html`<li>${instant(epochOf(startSecond, from))}, ${end}: ${reason}</li>`;
  });
  const said = warnings.slice(0, MAX_LISTED).map(({ sentence }) => html`<li>${sentence}</li>`);
  return html`<ul>${known.map((sentence) => html`<li>${sentence}</li>`)}</ul>
${gaps.length === 0 ? null : html`<h3>Times without packets (${formatCount(live?.gapCount ?? 0)})</h3><ul>${gaps}</ul>`}
${said.length === 0 ? null : html`<h3>What the reader noticed (${formatCount(warningCount)})</h3><ul>${said}</ul>`}`;
}
