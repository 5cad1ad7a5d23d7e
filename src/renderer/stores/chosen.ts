import { create } from 'zustand';
import { MAX_CHOSEN } from '../../shared/contract/exports';
import type { FlowIndex, PacketIndex } from '../../shared/model/units';

/** First and last packet of a range; those of them that the filter shows are meant. */
export type PacketRange = readonly [PacketIndex, PacketIndex];

/**
 * What is chosen in the lists beside the one thing that is selected. It belongs to one list, of a session and a filter: in another one nothing
 * is chosen. Without ranges, or without flows, the selected one alone is.
 */
interface Chosen {
  readonly packets: { readonly list: string; readonly ranges: readonly PacketRange[]; readonly anchor: PacketIndex | null };
  readonly flows: { readonly list: string; readonly flows: ReadonlySet<FlowIndex>; readonly anchor: FlowIndex | null };
}

export type How = 'only' | 'upTo' | 'toggle' | 'keep';

const NO_FLOWS: ReadonlySet<FlowIndex> = new Set();

export const useChosen = create<Chosen>(() => ({
  packets: { list: '', ranges: [], anchor: null },
  flows: { list: '', flows: NO_FLOWS, anchor: null },
}));

export const isIn = (ranges: readonly PacketRange[], packet: PacketIndex): boolean =>
  ranges.some(([first, last]) => packet >= first && packet <= last);

/** Ranges without this packet. */
const without = (ranges: readonly PacketRange[], packet: PacketIndex): PacketRange[] =>
  ranges.flatMap(([first, last]): PacketRange[] => {
    if (packet < first || packet > last) return [[first, last]];
    return [...(first < packet ? [[first, packet - 1] as const] : []), ...(packet < last ? [[packet + 1, last] as const] : [])];
  });

/** Those of this list; none where others were chosen in another one. */
export const chosenRanges = ({ packets }: Chosen, list: string): readonly PacketRange[] =>
  packets.list === list ? packets.ranges : NO_RANGES;
const NO_RANGES: readonly PacketRange[] = [];

export const chosenFlows = ({ flows }: Chosen, list: string): ReadonlySet<FlowIndex> => (flows.list === list ? flows.flows : NO_FLOWS);

/** `selected`: the packet that was selected until now; null: none was. */
export function choosePacket(list: string, packet: PacketIndex, how: How, selected: PacketIndex | null): void {
  const { packets } = useChosen.getState();
  const isSame = packets.list === list;
  const anchor = (isSame ? packets.anchor : null) ?? selected ?? packet;
  const before = isSame && packets.ranges.length > 0 ? packets.ranges : selected === null ? [] : [[selected, selected] as const];
  const next = (ranges: readonly PacketRange[], from: PacketIndex): void =>
    useChosen.setState({ packets: { list, ranges: ranges.slice(-MAX_CHOSEN), anchor: from } });
  switch (how) {
    case 'only':
      if (packets.ranges.length > 0 || !isSame || packets.anchor !== packet) next([], packet);
      break;
    case 'upTo':
      next([[Math.min(anchor, packet), Math.max(anchor, packet)]], anchor);
      break;
    case 'toggle':
      next(isIn(before, packet) ? without(before, packet) : [...before, [packet, packet]], packet);
      break;
    case 'keep':
      next(before, anchor);
      break;
  }
}

/** `between`: the flows from the anchor to this one, both included, as the list has them. */
export function chooseFlow(list: string, flow: FlowIndex, how: How, selected: FlowIndex | null, between: readonly FlowIndex[]): void {
  const { flows } = useChosen.getState();
  const isSame = flows.list === list;
  const before = isSame && flows.flows.size > 0 ? flows.flows : new Set(selected === null ? [] : [selected]);
  const next = (chosen: ReadonlySet<FlowIndex>, anchor: FlowIndex): void =>
    useChosen.setState({ flows: { list, flows: new Set([...chosen].slice(0, MAX_CHOSEN)), anchor } });
  const anchor = (isSame ? flows.anchor : null) ?? selected ?? flow;
  switch (how) {
    case 'only':
      if (flows.flows.size > 0 || !isSame || flows.anchor !== flow) next(NO_FLOWS, flow);
      break;
    case 'upTo':
      next(new Set(between), anchor);
      break;
    case 'toggle': {
      const toggled = new Set(before);
      if (!toggled.delete(flow)) toggled.add(flow);
      next(toggled, flow);
      break;
    }
    case 'keep':
      next(before, anchor);
      break;
  }
}

/** The selected packet alone is chosen again. */
export const dropChosenPackets = (): void => useChosen.setState({ packets: { list: '', ranges: [], anchor: null } });

/** Which list it is: of a session and a filter. */
export const listKey = (session: number | null, filter: number): string => `${session} ${filter}`;
