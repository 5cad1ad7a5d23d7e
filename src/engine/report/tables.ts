import { formatBytes, formatCount } from '../../shared/base/format-numbers';
import { epochOf } from '../../shared/base/format-time';
import { instant } from './alert-articles';
import { html, type Markup } from './markup';
import type { ReportData } from './report-data';

/** Rows of each ranking. */
const TOP = 20;

type Cell = string | number | null;
/** A column whose title ends in '#' holds numbers. */
type Columns = readonly string[];

function table(title: string, columns: Columns, rows: readonly (readonly Cell[])[]): Markup {
  const kind = columns.map((column) => (column.endsWith('#') ? 'number' : ''));
  const body = rows.map(
    (
      row,
    ) => html`<tr>${row.map((cell, i) => html`<td class="${kind[i] ?? ''}">${typeof cell === 'number' ? formatCount(cell) : cell}</td>`)}</tr>
`,
  );
  return html`<section><h3>${title}</h3>
${
  rows.length === 0
    ? html`<p class="quiet">None.</p>`
    : html`<table><thead><tr>${columns.map((column, i) => html`<th class="${kind[i] ?? ''}" scope="col">${column.replace(/#$/, '')}</th>`)}</tr></thead>
<tbody>
${body}</tbody></table>`
}</section>
`;
}

/** The greatest of each kind. */
export function rankings({ statistics, places, countryOf }: ReportData): Markup {
  const { talkers, ports, protocols, names } = statistics;
  return html`<div class="tables">
${table(
  'Addresses',
  ['Address', 'Country', 'Packets#', 'Sent#', 'Received#'],
  talkers
    .slice(0, TOP)
    .map(({ address, packets, bytesSent, bytesReceived }) => [
      address,
      countryOf(address),
      packets,
      formatBytes(bytesSent),
      formatBytes(bytesReceived),
    ]),
)}
${table(
  'Protocols',
  ['Protocol', 'Packets#', 'Bytes#'],
  protocols.slice(0, TOP).map(({ name, packets, bytes }) => [name, packets, formatBytes(bytes)]),
)}
${table(
  'Ports',
  ['Port', 'Service', 'Packets#', 'Bytes#'],
  ports.slice(0, TOP).map(({ transport, port, service, packets, bytes }) => [`${transport} ${port}`, service, packets, formatBytes(bytes)]),
)}
${
  places.countries === null
    ? html`<section><h3>Countries</h3><p class="quiet">No database of places is loaded.</p></section>`
    : table(
        'Countries',
        ['Country', 'Addresses#', 'Flows#', 'Sent#', 'Received#'],
        places.countries.rows
          .slice(0, TOP)
          .map(({ code, hosts, flows, bytesSent, bytesReceived }) => [
            code,
            hosts,
            flows,
            formatBytes(bytesSent),
            formatBytes(bytesReceived),
          ]),
      )
}
${table(
  'Host names',
  ['Name', 'Packets#', 'Bytes#'],
  names.slice(0, TOP).map(({ name, packets, bytes }) => [name, packets, formatBytes(bytes)]),
)}
</div>`;
}

/** Which ports of the host answered, and whom. */
export function exposureTable({ exposure, tick: { startSecond } }: ReportData): Markup {
  const { host, rows, total, summary } = exposure;
  if (host === null) return html`<p>No host answered or refused anybody.</p>`;
  const time = (value: number | null): string => (value === null ? '' : instant(epochOf(startSecond, value)));
  return html`<p>${formatCount(summary.ports)} ports of ${host} answered ${formatCount(summary.addresses)} addresses from ${formatCount(summary.countries)} countries; ${formatCount(summary.tried)} ports were tried.${
    total > rows.length ? ` The ${formatCount(rows.length)} that most addresses touched:` : ''
  }</p>
${table(
  `Open ports of ${host}`,
  ['Port', 'Service', 'Program', 'Answered#', 'Refused#', 'Silent#', 'Addresses#', 'Countries#', 'First', 'Last', 'Worst alert'],
  rows.map((row) => [
    `${row.transport} ${row.port}`,
    row.service,
    row.listener?.process ?? '',
    row.answered,
    row.refused,
    row.silent,
    row.addresses,
    row.countries,
    time(row.firstTime),
    time(row.lastTime),
    row.severity,
  ]),
)}`;
}
