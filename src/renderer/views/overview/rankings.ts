import type { MapCountry } from '../../../shared/contract/map';
import type { NewRow } from '../../../shared/contract/overview';
import type { StatisticsSnapshot } from '../../../shared/model/records';
import { serviceName } from '../../../shared/model/services';
import { addressTest, countryTest, hostNameTest, portTest, protocolColumnTest, protocolTest, quoted } from '../../stores/filter-text';
import { texts } from '../../texts';
import { familyColor, familyOf } from '../../theme/families';
import type { BarRow } from '../../widgets/charts/BarList';
import { countryName } from '../../widgets/format/country';
import { formatBytes, formatCount, formatShare } from '../../widgets/format/numbers';

/** A row of a ranking with the filter test that it stands for; null where it stands for none. */
export interface RankedRow extends BarRow {
  readonly test: string | null;
  /** An IP address, which has a page. */
  readonly host?: string;
  /** ISO 3166 code. */
  readonly country?: string;
}

export const TRAFFIC = 'var(--brush-line)';
export const SENT = 'color-mix(in srgb, var(--brush-line) 45%, var(--fg0))';

const { hint } = texts.overview;
const amounts = (packets: number, bytes: number): string => hint.packetsBytes(formatCount(packets), formatBytes(bytes));

const greatest = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, value), 1);

/** By bytes, the rest summed up as the last row. */
export function protocolRows({ protocols, bytes, packets }: StatisticsSnapshot, limit: number): RankedRow[] {
  const sorted = [...protocols].sort((a, b) => b.bytes - a.bytes);
  const kept = sorted.slice(0, limit);
  const most = greatest(kept.map((each) => each.bytes));
  const rows = kept.map((each): RankedRow => {
    const color = familyColor(familyOf(each.name));
    return {
      id: each.name,
      label: each.name,
      color,
      values: [formatCount(each.packets), formatBytes(each.bytes), formatShare(each.bytes, bytes)],
      parts: [{ size: each.bytes / most, color }],
      hint: amounts(each.packets, each.bytes),
      test: protocolTest(each.name),
    };
  });
  const restBytes = kept.reduce((left, each) => left - each.bytes, bytes);
  const restPackets = kept.reduce((left, each) => left - each.packets, packets);
  if (restPackets <= 0) return rows;
  return [
    ...rows,
    {
      id: '',
      label: texts.overview.protocols.others(formatCount(sorted.length - kept.length)),
      values: [formatCount(restPackets), formatBytes(restBytes), formatShare(restBytes, bytes)],
      parts: [{ size: Math.min(1, restBytes / most), color: 'var(--fg2)' }],
      isRest: true,
      test: null,
    },
  ];
}

/** Addresses with the most bytes sent and received. */
export function talkerRows({ talkers }: StatisticsSnapshot): RankedRow[] {
  const most = greatest(talkers.map((each) => each.bytes));
  return talkers.map(({ address, packets, bytes, bytesSent, bytesReceived }) => ({
    id: address,
    label: address,
    values: [formatBytes(bytesSent), formatBytes(bytesReceived)],
    parts: [
      { size: bytesSent / most, color: SENT },
      { size: bytesReceived / most, color: TRAFFIC },
    ],
    hint: `${address}: ${amounts(packets, bytes)}`,
    test: addressTest('addr', address),
    // A hardware address has no page.
    ...(addressTest('addr', address)?.startsWith('ip') ? { host: address } : {}),
  }));
}

/** Ports of those who were called, by bytes. */
export function portRows({ ports, bytes }: StatisticsSnapshot): RankedRow[] {
  const most = greatest(ports.map((each) => each.bytes));
  return ports.map((each) => ({
    id: `${each.transport} ${each.port}`,
    label: `${each.port}/${each.transport.toLowerCase()}`,
    detail: each.service,
    values: [formatBytes(each.bytes), formatShare(each.bytes, bytes)],
    parts: [{ size: each.bytes / most, color: TRAFFIC }],
    hint: amounts(each.packets, each.bytes),
    test: portTest(each.transport, each.port),
  }));
}

export function nameRows({ names }: StatisticsSnapshot): RankedRow[] {
  const most = greatest(names.map((each) => each.bytes));
  return names.map(({ name, packets, bytes }) => ({
    id: name,
    label: name,
    values: [formatBytes(bytes)],
    parts: [{ size: bytes / most, color: TRAFFIC }],
    hint: `${name}: ${amounts(packets, bytes)}`,
    test: hostNameTest(name),
  }));
}

/** Greatest lengths of the classes that `StatisticsSnapshot.lengths` counts; the last has none. */
const LENGTH_BOUNDS = [79, 159, 319, 639, 1279, 2559, 5119];

export function lengthRows({ lengths, packets }: StatisticsSnapshot): RankedRow[] {
  const most = greatest(lengths);
  return lengths.map((count, index) => {
    const from = index === 0 ? 0 : (LENGTH_BOUNDS[index - 1] ?? 0) + 1;
    const to = LENGTH_BOUNDS[index];
    const tests = [from > 0 ? `frame.len >= ${from}` : '', to === undefined ? '' : `frame.len <= ${to}`].filter((test) => test !== '');
    const range = to === undefined ? `≥ ${from}` : `${from}–${to}`;
    return {
      id: String(from),
      label: range,
      ...(count === 0 ? { color: 'var(--fg2)' } : {}),
      values: [formatCount(count), formatShare(count, packets)],
      parts: [{ size: count / most, color: TRAFFIC }],
      test: tests.join(' && '),
    };
  });
}

/** Of the map's numbers: countries of hosts that are not ours. */
export function countryRows(countries: readonly MapCountry[]): RankedRow[] {
  const bytesOf = ({ bytesSent, bytesReceived }: MapCountry): number => bytesSent + bytesReceived;
  const most = greatest(countries.map(bytesOf));
  return countries.map((country) => {
    const name = countryName(country.code);
    return {
      id: country.code,
      label: name,
      values: [formatCount(country.hosts), formatBytes(bytesOf(country))],
      parts: [
        { size: country.bytesSent / most, color: SENT },
        { size: country.bytesReceived / most, color: TRAFFIC },
      ],
      hint: hint.country(name, formatBytes(country.bytesSent), formatBytes(country.bytesReceived), formatCount(country.flows)),
      test: countryTest(country.code),
      country: country.code,
    };
  });
}

function newRows(rows: readonly NewRow[], describe: (key: string) => Pick<RankedRow, 'label' | 'test'> & Partial<RankedRow>): RankedRow[] {
  const most = greatest(rows.map((each) => each.bytes));
  return rows.map(({ key, bytes }) => ({
    id: key,
    values: [formatBytes(bytes)],
    parts: [{ size: bytes / most, color: TRAFFIC }],
    hint: `${describe(key).label}: ${formatBytes(bytes)}`,
    ...describe(key),
  }));
}

export const newHostRows = (rows: readonly NewRow[]): RankedRow[] =>
  newRows(rows, (key) => ({ label: key, test: addressTest('addr', key), host: key }));

export const newPortRows = (rows: readonly NewRow[]): RankedRow[] =>
  newRows(rows, (key) => {
    const [transport = '', port = ''] = key.split('/');
    const service = serviceName(Number(port));
    return {
      label: `${port}/${transport.toLowerCase()}`,
      test: portTest(transport, Number(port)),
      ...(service ? { detail: service } : {}),
    };
  });

export const newCountryRows = (rows: readonly NewRow[]): RankedRow[] =>
  newRows(rows, (key) => ({ label: countryName(key), test: countryTest(key), country: key }));

/** Packets of any protocol of the family; null where none of them can be tested. */
export function familyTest(family: string, protocols: StatisticsSnapshot['protocols']): string | null {
  const [first, ...others] = protocols.filter(({ name }) => familyOf(name) === family).map(({ name }) => name);
  if (first === undefined) return null;
  return others.length === 0 ? protocolColumnTest(first) : `_ws.col.protocol in {${[first, ...others].map(quoted).join(', ')}}`;
}
