import type { ExposedPort } from '../../../shared/contract/exposure';
import { texts } from '../../texts';
import { familyColor, familyOf } from '../../theme/families';
import type { GridColumn } from '../../widgets/data-grid/column';
import { formatBytes, formatCount } from '../../widgets/format/numbers';
import { epochOf, formatClock, formatFull } from '../../widgets/format/time';
import { SEVERITY_GLYPHS, severityColor } from '../../widgets/severity/SeverityMark';

const words = texts.exposure;
const QUIET = 'var(--fg1)';
const NOTHING = 'var(--fg2)';

type Title = keyof typeof words.columns;
type Rest = Partial<Omit<GridColumn<ExposedPort>, 'id' | 'title' | 'text'>>;

const column = (id: Title, width: number, text: (row: ExposedPort) => string, rest: Rest = {}): GridColumn<ExposedPort> => ({
  id,
  title: words.columns[id],
  width,
  minWidth: 44,
  text,
  ...rest,
});

const count = (
  id: 'answered' | 'refused' | 'silent' | 'addresses',
  width: number,
  color: (row: ExposedPort) => string | null,
): GridColumn<ExposedPort> =>
  column(id, width, (row) => formatCount(row[id]), {
    align: 'right',
    hint: () => words.hints[id],
    color: (row) => (row[id] === 0 ? NOTHING : color(row)),
  });

const time = (id: 'firstTime' | 'lastTime', startSecond: number): GridColumn<ExposedPort> =>
  column(
    id,
    76,
    (row) => {
      const value = row[id];
      return value === null ? words.none : formatClock(epochOf(startSecond, value), 'local', 0);
    },
    {
      align: 'right',
      hint: (row) => {
        const value = row[id];
        return value === null ? words.hints.untouched : formatFull(epochOf(startSecond, value));
      },
      color: () => QUIET,
    },
  );

function programOf({ listener }: ExposedPort): string {
  if (listener === null) return '';
  const program = texts.programs.ofUser(listener.process ?? words.someProgram, listener.user ?? '');
  return listener.open ? program : words.closed(program);
}

/** 'CN, DE and 12 more'. */
function countriesOf({ countries, firstCountries }: ExposedPort): string {
  const codes = firstCountries.join(', ');
  const more = countries - firstCountries.length;
  return more > 0 ? words.hints.more(codes, formatCount(more)) : codes;
}

export const exposureColumns = (startSecond: number, knowsListeners: boolean): GridColumn<ExposedPort>[] => [
  column('port', 62, (row) => String(row.port), { align: 'right' }),
  column('transport', 70, (row) => row.transport, { color: () => QUIET }),
  column('service', 84, (row) => row.service, {
    grows: true,
    color: (row) => (row.service === '' ? null : familyColor(familyOf(row.service))),
  }),
  ...(knowsListeners
    ? [
        column('process', 120, programOf, {
          grows: true,
          hint: ({ listener }: ExposedPort) => (listener?.open === false ? words.hints.closed : ''),
          color: ({ listener }: ExposedPort) => (listener?.open === false ? NOTHING : null),
        }),
      ]
    : []),
  count('answered', 88, () => 'var(--ok)'),
  count('refused', 80, () => null),
  count('silent', 66, () => null),
  count('addresses', 98, () => null),
  column('countries', 84, (row) => formatCount(row.countries), {
    align: 'right',
    hint: countriesOf,
    color: (row) => (row.countries === 0 ? NOTHING : null),
  }),
  column('bytes', 74, (row) => formatBytes(row.bytes), { align: 'right', hint: (row) => words.hints.bytes(formatCount(row.bytes)) }),
  time('firstTime', startSecond),
  time('lastTime', startSecond),
  column('alert', 96, ({ severity }) => (severity === null ? '' : `${SEVERITY_GLYPHS[severity]} ${texts.alerts.severities[severity]}`), {
    hint: ({ alerts }) => (alerts === 0 ? '' : words.hints.alerts(formatCount(alerts))),
    color: ({ severity }) => (severity === null ? null : severityColor(severity)),
  }),
];
