import { Fragment } from 'react';
import type { HostDetails, HostName, HostPeer, HostService, TriedPort } from '../../../shared/model/hosts';
import { hostNameTest, portTest, processTest, protocolTest } from '../../stores/filter-text';
import { texts } from '../../texts';
import { Value } from '../../values/Value';
import { countryName } from '../../widgets/format/country';
import { formatBytes, formatCount } from '../../widgets/format/numbers';
import { Count, HostLink, RankedTable, type TableColumn } from './parts';

const words = texts.hosts.page;
const { heads } = words;

type Port = { readonly port: number; readonly transport: string };

const portOf = ({ port, transport }: Port): string => `${port}/${transport.toLowerCase()}`;

const portValue = (of: Port) => <Value text={portOf(of)} test={portTest(of.transport, of.port)} />;
const protocolValue = (name: string) => (name === '' ? '' : <Value text={name} test={protocolTest(name)} />);

const SERVICES: readonly TableColumn<HostService>[] = [
  { title: heads.port, isMono: true, cell: portValue },
  { title: heads.service, cell: ({ service }) => service },
  { title: heads.flows, isNumber: true, cell: ({ flows }) => formatCount(flows) },
  { title: heads.bytes, isNumber: true, cell: ({ bytes }) => formatBytes(bytes) },
];

const TRIED: readonly TableColumn<TriedPort>[] = [
  { title: heads.port, isMono: true, cell: portValue },
  { title: heads.service, cell: ({ service }) => service },
  { title: heads.answered, isNumber: true, cell: ({ answered }) => <Count value={answered} /> },
  { title: heads.refused, isNumber: true, cell: ({ refused }) => <Count value={refused} /> },
  { title: heads.silent, isNumber: true, cell: ({ silent }) => <Count value={silent} /> },
  { title: heads.targets, isNumber: true, cell: ({ targets }) => formatCount(targets) },
];

const NAMES: readonly TableColumn<HostName>[] = [
  { title: heads.name, cell: ({ name }) => <Value text={name} test={hostNameTest(name)} /> },
  {
    title: heads.said,
    cell: ({ origin, flows }) =>
      flows === 0 ? texts.hosts.origins[origin] : `${texts.hosts.origins[origin]}, ${words.saidBy(formatCount(flows))}`,
  },
];

const PEERS: readonly TableColumn<HostPeer>[] = [
  { title: heads.peer, isMono: true, cell: ({ address }) => <HostLink address={address} /> },
  {
    title: heads.name,
    cell: ({ name, country }) => [name, country === null ? '' : countryName(country)].filter((part) => part !== '').join(' · '),
  },
  { title: heads.flows, isNumber: true, cell: ({ flows }) => formatCount(flows) },
  { title: heads.bytes, isNumber: true, cell: ({ bytes }) => formatBytes(bytes) },
];

const PROTOCOLS: readonly TableColumn<HostDetails['protocols']['rows'][number]>[] = [
  { title: heads.protocol, cell: ({ name }) => protocolValue(name) },
  { title: heads.flows, isNumber: true, cell: ({ flows }) => formatCount(flows) },
  { title: heads.packets, isNumber: true, cell: ({ packets }) => formatCount(packets) },
  { title: heads.bytes, isNumber: true, cell: ({ bytes }) => formatBytes(bytes) },
];

const PROCESSES: readonly TableColumn<HostDetails['processes']['rows'][number]>[] = [
  { title: texts.programs.process, cell: ({ name }) => <Value text={name} test={processTest(name)} /> },
  { title: heads.flows, isNumber: true, cell: ({ flows }) => formatCount(flows) },
  { title: heads.packets, isNumber: true, cell: ({ packets }) => formatCount(packets) },
  { title: heads.bytes, isNumber: true, cell: ({ bytes }) => formatBytes(bytes) },
];

/** Names, ports, programs, peers and protocols of a host. */
export function Rankings({ host }: { readonly host: HostDetails }) {
  return (
    <Fragment key={host.address}>
      <RankedTable title={words.names} ranked={host.names} columns={NAMES} keyOf={({ name, origin }) => `${origin} ${name}`} />
      <RankedTable title={words.services} ranked={host.services} columns={SERVICES} keyOf={portOf} />
      <RankedTable title={words.tried} ranked={host.tried} columns={TRIED} keyOf={portOf} />
      <RankedTable title={texts.programs.host} ranked={host.processes} columns={PROCESSES} keyOf={({ name }) => name} />
      <RankedTable title={words.peers} ranked={host.peers} columns={PEERS} keyOf={({ address }) => address} />
      <RankedTable title={words.protocols} ranked={host.protocols} columns={PROTOCOLS} keyOf={({ name }) => name} />
    </Fragment>
  );
}
