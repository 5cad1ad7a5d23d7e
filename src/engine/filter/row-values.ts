import { Layer, PacketFlag } from '../../shared/model/packet-flags';
import { NONE_16, NONE_32 } from '../../shared/model/units';
import type { ColumnChunk } from '../columns/column-chunk';
import type { Block } from './block';

/** State of a row's value: a value is there. */
export const HAS = 1;
/** The packet may have the field once more, or have it although the column does not. */
export const MORE = 2;

/** A field that a column holds, as numbers: plain ones, indices of addresses, ids of texts. */
export interface RowValues {
  /** `values[i]` and `states[i]` (HAS, MORE) for each row of the block. */
  load(block: Block, values: Float64Array, states: Uint8Array): void;
}

type NumberColumn = (chunk: ColumnChunk) => Uint8Array | Uint16Array | Uint32Array;

interface LayerField {
  readonly column: NumberColumn;
  /** The layer that the field belongs to. */
  readonly layer: number;
  /** Layers that write into the same column. */
  readonly rivals?: number;
  /** `PacketFlag` without which the column holds nothing. */
  readonly flag?: number;
  /** The column's word for "nothing". */
  readonly none?: number;
  /** Rows with one of these flags may have the field more than once. */
  readonly repeated?: number;
  /** Other layers that repeat the field. */
  readonly repeatedBy?: number;
  /** In repeated rows the column's value is not this field's first one. */
  readonly innermost?: boolean;
  /** The column's word for "too large". */
  readonly overflow?: number;
  readonly shift?: number;
  readonly mask?: number;
  readonly add?: number;
}

const HEADER_TWICE = PacketFlag.Tunnel | PacketFlag.IcmpError | PacketFlag.CutShort | PacketFlag.Malformed;
const PORT_LAYERS = Layer.Tcp | Layer.Udp | Layer.Sctp;

function layerField(field: LayerField): RowValues {
  const { column, layer } = field;
  const {
    rivals = 0,
    flag = 0,
    none = -1,
    repeated = 0,
    repeatedBy = 0,
    innermost = false,
    overflow = -1,
    shift = 0,
    mask = 0,
    add = 0,
  } = field;
  const foreignLayers = rivals | repeatedBy;
  return {
    load: (block, values, states) => {
      const { layers, flags } = block.chunk;
      const rows = block.to - block.from;
      // Widened by the engine's own copy, so that the loop below sees one kind of array whatever the column is.
      values.set(column(block.chunk).subarray(block.from, block.to));
      for (let i = 0; i < rows; i++) {
        const at = block.from + i;
        const rowLayers = layers[at] ?? 0;
        if ((rowLayers & layer) === 0) {
          states[i] = 0;
          continue;
        }
        const rowFlags = flags[at] ?? 0;
        let state = (rowFlags & flag) === flag && values[i] !== none && values[i] !== overflow ? HAS : MORE;
        if (((rowLayers & foreignLayers) | (rowFlags & repeated)) !== 0)
          state = innermost || (rowLayers & rivals) !== 0 ? MORE : state | MORE;
        states[i] = state;
      }
      if (mask !== 0) for (let i = 0; i < rows; i++) values[i] = ((values[i] ?? 0) >>> shift) & mask;
      if (add !== 0) for (let i = 0; i < rows; i++) values[i] = (values[i] ?? 0) + add;
    },
  };
}

/** A column in which every packet has a value. */
const always = (column: NumberColumn): RowValues => ({
  load: (block, values, states) => {
    values.set(column(block.chunk).subarray(block.from, block.to));
    states.fill(HAS, 0, block.to - block.from);
  },
});

const source: NumberColumn = (chunk) => chunk.source;
const destination: NumberColumn = (chunk) => chunk.destination;
const ip = (column: NumberColumn): RowValues =>
  layerField({ column, layer: Layer.Ipv4, rivals: Layer.Ipv6, none: NONE_32, repeated: HEADER_TWICE });
const ipv6 = (column: NumberColumn): RowValues =>
  layerField({ column, layer: Layer.Ipv6, rivals: Layer.Ipv4, none: NONE_32, repeated: HEADER_TWICE });
// Where there is an IP header, the columns show its addresses instead.
const ether = (column: NumberColumn): RowValues =>
  layerField({
    column,
    layer: Layer.Ethernet,
    rivals: Layer.Ipv4 | Layer.Ipv6 | Layer.Wlan,
    none: NONE_32,
    repeated: HEADER_TWICE,
    repeatedBy: Layer.Mpls | Layer.Gre | Layer.Vxlan,
  });
const port = (column: NumberColumn, layer: number): RowValues =>
  layerField({ column, layer, rivals: PORT_LAYERS & ~layer, flag: PacketFlag.Ports, repeated: HEADER_TWICE });
const tcpFlags = (shift = 0, mask = 0xfff): RowValues =>
  layerField({ column: (chunk) => chunk.tcpFlags, layer: Layer.Tcp, flag: PacketFlag.TcpFlags, repeated: HEADER_TWICE, shift, mask });
const payload = (layer: number, add: number): RowValues =>
  layerField({
    column: (chunk) => chunk.payloadLength,
    layer,
    rivals: PORT_LAYERS & ~layer,
    repeated: HEADER_TWICE,
    innermost: true,
    overflow: 0xffff,
    add,
  });

/** The frame's number is the row, not a column. */
const frameNumber: RowValues = {
  load: (block, values, states) => {
    const rows = block.to - block.from;
    for (let i = 0; i < rows; i++) values[i] = block.row + i + 1;
    states.fill(HAS, 0, rows);
  },
};

/** 1 where the row has the flag, else 0. */
const flagged = (flag: number): RowValues => ({
  load: (block, values, states) => {
    const { flags } = block.chunk;
    const rows = block.to - block.from;
    for (let i = 0; i < rows; i++) values[i] = ((flags[block.from + i] ?? 0) & flag) !== 0 ? 1 : 0;
    states.fill(HAS, 0, rows);
  },
});

/** Portlight's own names read what the list shows, so their columns are final. */
const shown = (column: NumberColumn, flag: number, none: number): RowValues => ({
  load: (block, values, states) => {
    const { flags } = block.chunk;
    const from = column(block.chunk);
    const rows = block.to - block.from;
    for (let i = 0; i < rows; i++) {
      const at = block.from + i;
      const value = from[at] ?? 0;
      values[i] = value;
      states[i] = ((flags[at] ?? 0) & flag) === flag && value !== none ? HAS : 0;
    }
  },
});

/** The flow's index, for packets with this layer. */
const stream = (layer: number): RowValues => ({
  load: (block, values, states) => {
    const { flow, layers } = block.chunk;
    const rows = block.to - block.from;
    for (let i = 0; i < rows; i++) {
      const value = flow[block.from + i] ?? NONE_32;
      values[i] = value;
      states[i] = value !== NONE_32 && ((layers[block.from + i] ?? 0) & layer) !== 0 ? HAS : 0;
    }
  },
});

/** The same rows with another number for each value. */
export const renumbered = (values: RowValues, number: (value: number) => number): RowValues => ({
  load: (block, out, states) => {
    values.load(block, out, states);
    const rows = block.to - block.from;
    for (let i = 0; i < rows; i++) if (states[i] === HAS) out[i] = number(out[i] ?? 0);
  },
});

export const numberFields: ReadonlyMap<string, RowValues> = new Map([
  ['frame.number', frameNumber],
  ['frame.len', always((chunk) => chunk.length)],
  ['frame.cap_len', always((chunk) => chunk.capturedLength)],
  ['frame.marked', flagged(PacketFlag.Marked)],
  ['frame.interface_id', always((chunk) => chunk.interfaceId)],
  [
    'ip.proto',
    layerField({
      column: (chunk) => chunk.ipProtocol,
      layer: Layer.Ipv4,
      rivals: Layer.Ipv6,
      flag: PacketFlag.IpProtocol,
      repeated: HEADER_TWICE,
    }),
  ],
  [
    'ipv6.nxt',
    layerField({
      column: (chunk) => chunk.ipProtocol,
      layer: Layer.Ipv6,
      rivals: Layer.Ipv4,
      flag: PacketFlag.IpProtocol,
      repeated: HEADER_TWICE,
    }),
  ],
  [
    'vlan.id',
    layerField({
      column: (chunk) => chunk.vlan,
      layer: Layer.Vlan,
      none: NONE_16,
      repeated: PacketFlag.StackedVlan,
      repeatedBy: Layer.Mpls | Layer.Gre | Layer.Vxlan,
    }),
  ],
  ['tcp.srcport', port((chunk) => chunk.sourcePort, Layer.Tcp)],
  ['tcp.dstport', port((chunk) => chunk.destinationPort, Layer.Tcp)],
  ['udp.srcport', port((chunk) => chunk.sourcePort, Layer.Udp)],
  ['udp.dstport', port((chunk) => chunk.destinationPort, Layer.Udp)],
  ['sctp.srcport', port((chunk) => chunk.sourcePort, Layer.Sctp)],
  ['sctp.dstport', port((chunk) => chunk.destinationPort, Layer.Sctp)],
  ['tcp.len', payload(Layer.Tcp, 0)],
  ['udp.length', payload(Layer.Udp, 8)],
  ['tcp.flags', tcpFlags()],
  ['tcp.flags.res', tcpFlags(9, 7)],
  ['tcp.flags.ae', tcpFlags(8, 1)],
  ['tcp.flags.cwr', tcpFlags(7, 1)],
  ['tcp.flags.ece', tcpFlags(6, 1)],
  ['tcp.flags.urg', tcpFlags(5, 1)],
  ['tcp.flags.ack', tcpFlags(4, 1)],
  ['tcp.flags.push', tcpFlags(3, 1)],
  ['tcp.flags.reset', tcpFlags(2, 1)],
  ['tcp.flags.syn', tcpFlags(1, 1)],
  ['tcp.flags.fin', tcpFlags(0, 1)],
  ['tcp.stream', stream(Layer.Tcp)],
  ['udp.stream', stream(Layer.Udp)],
  ['flow', shown((chunk) => chunk.flow, 0, NONE_32)],
  ['source.port', shown((chunk) => chunk.sourcePort, PacketFlag.Ports, -1)],
  ['destination.port', shown((chunk) => chunk.destinationPort, PacketFlag.Ports, -1)],
]);

/** Values are AddressIndex. */
export const addressFields: ReadonlyMap<string, RowValues> = new Map([
  ['ip.src', ip(source)],
  ['ip.dst', ip(destination)],
  ['ipv6.src', ipv6(source)],
  ['ipv6.dst', ipv6(destination)],
  ['eth.src', ether(source)],
  ['eth.dst', ether(destination)],
  ['source', shown(source, 0, NONE_32)],
  ['destination', shown(destination, 0, NONE_32)],
]);

/** What the Protocol column shows; values are ids of ProtocolNames. */
export const protocolValues: RowValues = shown((chunk) => chunk.protocol, 0, 0);
