import type { PacketRow } from '../../shared/model/records';
import type { FilterFlows } from '../filter/flow-fields';
import { flowStateName } from '../flows/flow-state';

/** What a value that is in no tree is made of. */
export interface OwnParts {
  readonly row: PacketRow;
  readonly comments: readonly string[];
  readonly flows: FilterFlows | undefined;
  text(index: number): string;
  country(side: 'source' | 'destination'): string | null;
}

type Own = (parts: OwnParts) => readonly (string | number | null)[];

const ofFlow =
  (value: (flows: FilterFlows, flow: number, parts: OwnParts) => string): Own =>
  (parts) => {
    const { row, flows } = parts;
    return row.flow === null || flows === undefined ? [] : [value(flows, row.flow, parts)];
  };

const country =
  (...sides: ('source' | 'destination')[]): Own =>
  (parts) =>
    sides.map((side) => parts.country(side));

const addresses: Own = ({ row }) => [row.source, row.destination];
const ports: Own = ({ row }) => [row.sourcePort, row.destinationPort];
const protocol: Own = ({ row }) => [row.protocol];
const info: Own = ({ row }) => [row.info];
const comment: Own = ({ comments }) => comments;

/** Portlight's own names: the list's columns, the packet's flow, what the file says beside the bytes. */
const values: ReadonlyMap<string, Own> = new Map<string, Own>([
  ['host', addresses],
  ['port', ports],
  ['source', ({ row }) => [row.source]],
  ['destination', ({ row }) => [row.destination]],
  ['source.port', ({ row }) => [row.sourcePort]],
  ['destination.port', ({ row }) => [row.destinationPort]],
  ['country', country('source', 'destination')],
  ['source.country', country('source')],
  ['destination.country', country('destination')],
  ['protocol', protocol],
  ['_ws.col.protocol', protocol],
  ['info', info],
  ['_ws.col.info', info],
  ['comment', comment],
  ['frame.comment', comment],
  ['flow', ({ row }) => [row.flow]],
  ['flow.state', ofFlow((flows, flow) => flowStateName(flows.state(flow)))],
  [
    'flow.host',
    ofFlow((flows, flow, { text }) => {
      const host = flows.host(flow);
      return host < 0 ? '' : text(host);
    }),
  ],
  ['flow.service', ofFlow((flows, flow) => flows.serviceName(flows.service(flow)))],
  ['flow.process', ofFlow((flows, flow) => flows.processes?.text(flows.process(flow)) ?? '')],
]);

/** Undefined for a field that the packet's tree has. */
export const ownValues = (field: string): Own | undefined => values.get(field);
