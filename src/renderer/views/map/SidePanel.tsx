import { memo, type ReactNode, useId, useMemo, useState } from 'react';
import type { MapEvent, MapWorld } from '../../../shared/contract/map';
import { texts } from '../../texts';
import { BarList, type BarRow } from '../../widgets/charts/BarList';
import { ContextMenu, type MenuItem } from '../../widgets/context-menu/ContextMenu';
import { countryName } from '../../widgets/format/country';
import { formatBytes, formatCount } from '../../widgets/format/numbers';
import { severityColor } from '../../widgets/severity/SeverityMark';
import { countryMenu, portMenu, showAlertsOf } from './actions';
import { LatestEvents } from './LatestEvents';
import styles from './map.module.css';
import { bytesOf, worstOf } from './shades';

const words = texts.map;
/** Rows of a list until a person asks for all. */
const LIMIT = 8;
const TYPE_COLUMNS = [words.types.type, words.tooltip.alerts];

/** The map in words: latest events, countries, ports and types of alerts. */
export function SidePanel({ world, events }: { readonly world: MapWorld; readonly events: readonly MapEvent[] }) {
  const rows = useMemo(() => rowsOf(world), [world]);
  return (
    <section className={styles.side} aria-label={words.side} data-testid="map-side">
      <Part title={words.latest.title}>
        {events.length === 0 ? <p className={styles.nothing}>{words.latest.none}</p> : <LatestEvents events={events} />}
      </Part>
      <Ranking title={words.countries.title} columns={words.countries.columns} rows={rows.countries} none={words.countries.none} />
      <Ranking title={words.types.title} columns={TYPE_COLUMNS} rows={rows.types} none={words.types.none} />
      <Ranking title={words.ports.title} columns={words.ports.columns} rows={rows.ports} none={words.ports.none} />
    </section>
  );
}

interface MapRow extends BarRow {
  readonly menu: MenuItem[];
}

function rowsOf({ countries, ports, types }: MapWorld) {
  const mostBytes = countries.reduce((most, country) => Math.max(most, bytesOf(country)), 1);
  const mostFlows = ports.reduce((most, { flows }) => Math.max(most, flows), 1);
  const mostAlerts = types.reduce((most, { count }) => Math.max(most, count), 1);
  return {
    countries: countries.map((country): MapRow => {
      const worst = worstOf(country);
      return {
        id: country.code,
        label: countryName(country.code),
        values: [formatCount(country.hosts), formatCount(country.flows), formatBytes(bytesOf(country))],
        parts: [{ size: bytesOf(country) / mostBytes, color: worst === null ? 'var(--tcp)' : severityColor(worst) }],
        hint: `${countryName(country.code)}: ${words.tooltip.sent} ${formatBytes(country.bytesSent)}, ${words.tooltip.received} ${formatBytes(country.bytesReceived)}`,
        menu: countryMenu(country),
      };
    }),
    ports: ports.map(
      (port): MapRow => ({
        id: `${port.transport} ${port.port}`,
        label: `${port.port}/${port.transport.toLowerCase()}`,
        detail: port.service,
        values: [formatCount(port.flows), formatBytes(port.bytes)],
        parts: [{ size: port.flows / mostFlows, color: 'var(--tcp)' }],
        menu: portMenu(port),
      }),
    ),
    types: types.map(
      ({ type, severity, count }): MapRow => ({
        id: type,
        label: texts.alerts.types[type],
        detail: texts.alerts.severities[severity],
        values: [formatCount(count)],
        parts: [{ size: count / mostAlerts, color: severityColor(severity) }],
        menu: [{ id: 'alerts', label: words.menu.alerts, run: () => showAlertsOf(type) }],
      }),
    ),
  };
}

interface RankingProps {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly MapRow[];
  readonly none: string;
}

const Ranking = memo(function Ranking({ title, columns, rows, none }: RankingProps) {
  const [isOpen, setOpen] = useState(false);
  const [menu, setMenu] = useState<{ readonly id: string; readonly at: { readonly x: number; readonly y: number } } | null>(null);
  const row = menu && rows.find(({ id }) => id === menu.id);
  return (
    <Part
      title={title}
      aside={
        rows.length > LIMIT && (
          <button type="button" className={styles.more} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? words.fewer : words.more(formatCount(rows.length))}
          </button>
        )
      }
    >
      {rows.length === 0 ? (
        <p className={styles.nothing}>{none}</p>
      ) : (
        <BarList label={title} columns={columns} rows={isOpen ? rows : rows.slice(0, LIMIT)} onMenu={({ id }, at) => setMenu({ id, at })} />
      )}
      <ContextMenu
        at={row ? menu.at : null}
        {...(row ? { title: row.label } : {})}
        items={row ? row.menu : []}
        onClose={() => setMenu(null)}
      />
    </Part>
  );
});

function Part({ title, aside, children }: { readonly title: string; readonly aside?: ReactNode; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section className={styles.part} aria-labelledby={id}>
      <header className={styles.partHeader}>
        <h2 id={id} className="eyebrow">
          {title}
        </h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
