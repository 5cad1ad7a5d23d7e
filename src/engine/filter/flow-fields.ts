import type { FlowIndex, TextIndex } from '../../shared/model/units';
import { NONE_32 } from '../../shared/model/units';
import type { TextTable } from '../columns/text-table';
import { flowStateName } from '../flows/flow-state';
import { HAS, type RowValues } from './row-values';

/** What filters read of flows. */
export interface FilterFlows {
  has(flow: FlowIndex): boolean;
  state(flow: FlowIndex): number;
  /** -1: it has no name. */
  host(flow: FlowIndex): TextIndex;
  /** 0: none was recognised. */
  service(flow: FlowIndex): number;
  serviceName(service: number): string;
  /** 0: not known. */
  process(flow: FlowIndex): number;
  /** Names of processes; null: none is known. */
  readonly processes: { readonly count: number; text(name: number): string } | null;
}

/** A text of a packet's flow: a number for each flow, few numbers in all, and their texts, which never change. */
export interface FlowText {
  readonly values: RowValues;
  /** Numbers are below this now. */
  readonly count: () => number;
  readonly text: (value: number) => string;
}

const STATES = 16;
const SERVICES = 1 << 16;

const nothing: RowValues = {
  load: (block, _values, states) => {
    states.fill(0, 0, block.to - block.from);
  },
};

/** `number` gives -1 where the flow has no such text. */
const ofFlow = (flows: FilterFlows, number: (flow: FlowIndex) => number): RowValues => ({
  load: (block, values, states) => {
    const { flow } = block.chunk;
    const rows = block.to - block.from;
    for (let i = 0; i < rows; i++) {
      const index = flow[block.from + i] ?? NONE_32;
      const value = index !== NONE_32 && flows.has(index) ? number(index) : -1;
      values[i] = value;
      states[i] = value >= 0 ? HAS : 0;
    }
  },
});

const fieldNames = ['flow.state', 'flow.host', 'flow.service', 'flow.process'] as const;
const isFlowField = (name: string): name is (typeof fieldNames)[number] => fieldNames.some((known) => known === name);

/** Undefined for every other field. Without flows no packet has one. */
export function flowText(name: string, flows: FilterFlows | undefined, texts: TextTable): FlowText | undefined {
  if (!isFlowField(name)) return undefined;
  if (flows === undefined) return { values: nothing, count: () => 0, text: () => '' };
  switch (name) {
    case 'flow.state':
      return { values: ofFlow(flows, (flow) => flows.state(flow)), count: () => STATES, text: flowStateName };
    case 'flow.host':
      return { values: ofFlow(flows, (flow) => flows.host(flow)), count: () => texts.count, text: (index) => texts.text(index) };
    case 'flow.service':
      return {
        values: ofFlow(flows, (flow) => flows.service(flow) || -1),
        count: () => SERVICES,
        text: (service) => flows.serviceName(service),
      };
    case 'flow.process':
      return {
        values: ofFlow(flows, (flow) => flows.process(flow) || -1),
        count: () => flows.processes?.count ?? 0,
        text: (name) => flows.processes?.text(name) ?? '',
      };
  }
}
