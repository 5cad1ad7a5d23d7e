import type { HostRow } from '../../../shared/model/hosts';
import { texts } from '../../texts';
import type { GridColumn } from '../../widgets/data-grid/column';
import { formatBytes, formatCount } from '../../widgets/format/numbers';
import { epochOf, formatClock, formatFull } from '../../widgets/format/time';
import { riskLevel } from '../../widgets/severity/risk-level';
import { SEVERITY_GLYPHS, severityColor } from '../../widgets/severity/SeverityMark';
import type { ColumnId, useHostColumns } from './column-store';
import { placeText } from './place-text';

type Definition = Omit<GridColumn<HostRow>, 'id' | 'title'>;

const words = texts.hosts;
const QUIET = 'var(--fg1)';

const sum = (width: number, parts: (row: HostRow) => readonly [number, number], hint: (sent: string, received: string) => string) =>
  ({
    width,
    minWidth: 44,
    align: 'right',
    text: (row) => formatCount(parts(row)[0] + parts(row)[1]),
    hint: (row) => hint(formatCount(parts(row)[0]), formatCount(parts(row)[1])),
  }) satisfies Definition;

const definitions = (startSecond: number): Readonly<Record<ColumnId, Definition>> => ({
  risk: {
    width: 58,
    minWidth: 48,
    // The sign tells the level apart where colours do not.
    text: ({ risk }) => {
      const level = riskLevel(risk);
      return level === null ? '0' : `${SEVERITY_GLYPHS[level]} ${risk}`;
    },
    hint: ({ risk }) => words.page.riskOf(String(risk)),
    color: ({ risk }) => {
      const level = riskLevel(risk);
      return level === null ? 'var(--fg2)' : severityColor(level);
    },
  },
  address: { width: 124, minWidth: 72, grows: true, text: (row) => row.address },
  name: { width: 96, minWidth: 56, grows: true, text: (row) => row.name },
  place: {
    width: 98,
    minWidth: 52,
    text: ({ scope, country }) => placeText({ scope, country, city: null }),
    // The city as well, for which the column has no room.
    hint: (row) => (row.scope === 'public' ? placeText(row) : words.scopeHints[row.scope]),
    color: ({ scope }) => (scope === 'public' ? null : QUIET),
  },
  organisation: { width: 92, minWidth: 52, text: (row) => row.organisation },
  flows: sum(58, (row) => [row.flowsBegun, row.flowsTo], words.hints.flows),
  packets: sum(66, (row) => [row.packetsSent, row.packetsReceived], words.hints.packets),
  bytes: {
    ...sum(70, (row) => [row.bytesSent, row.bytesReceived], words.hints.bytes),
    text: (row) => formatBytes(row.bytesSent + row.bytesReceived),
  },
  alerts: {
    width: 56,
    minWidth: 44,
    align: 'right',
    text: ({ alerts }) => (alerts === 0 ? '' : formatCount(alerts)),
    hint: () => words.hints.alerts,
    color: ({ severity }) => (severity === null ? null : severityColor(severity)),
  },
  lastTime: {
    width: 72,
    minWidth: 68,
    align: 'right',
    text: (row) => formatClock(epochOf(startSecond, row.lastTime), 'local', 0),
    hint: (row) => formatFull(epochOf(startSecond, row.lastTime)),
    color: () => QUIET,
  },
});

/** Left out of the list where there is no room for them; the page has them as well. */
const ONLY_WIDE: readonly ColumnId[] = ['organisation', 'packets', 'lastTime'];

/** The columns as the person arranged them. `startSecond`: epoch second that times count from. */
export function makeColumns(
  { order, widths }: ReturnType<typeof useHostColumns.getState>,
  startSecond: number,
  isWide: boolean,
): GridColumn<HostRow>[] {
  const all = definitions(startSecond);
  return order
    .filter((id) => isWide || !ONLY_WIDE.includes(id))
    .map((id) => ({ ...all[id], id, title: words.columns[id], width: widths[id] ?? all[id].width }));
}
