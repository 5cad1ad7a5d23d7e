import { create } from 'zustand';
import type { Problem } from '../../shared/base/result';
import type { PacketDetails } from '../../shared/contract/engine';
import type { FlowRow } from '../../shared/model/records';
import type { PacketIndex } from '../../shared/model/units';
import { engine } from '../client/engine';
import { problemOf, wasCancelled } from '../client/engine-client';
import { Latest } from '../client/latest';
import { dropChosenPackets } from './chosen';

/** One thing is selected for all views; the inspector shows it. */
export interface SelectionState {
  readonly kind: 'none' | 'packet' | 'flow';
  readonly packet: PacketIndex | null;
  /** Of the selected packet, or of the one before it until its own have come. */
  readonly details: PacketDetails | null;
  readonly detailsProblem: Problem | null;
  /** The selected flow, or that of the selected packet. */
  readonly flow: FlowRow | null;
  /** Counts the wishes to see the selected packet in the list. */
  readonly reveals: number;
}

const NOTHING = { kind: 'none', packet: null, details: null, detailsProblem: null, flow: null } as const;

export const useSelection = create<SelectionState>(() => ({ ...NOTHING, reveals: 0 }));

const details = new Latest<PacketIndex>(async (index) => {
  try {
    const found = await engine.call('packets.details', { index });
    if (useSelection.getState().packet !== index) return;
    useSelection.setState({ details: found, detailsProblem: null });
    const { flow } = found.row;
    const row = flow === null ? null : await engine.call('flows.get', { index: flow });
    if (useSelection.getState().packet === index) useSelection.setState({ flow: row });
  } catch (error) {
    if (wasCancelled(error) || useSelection.getState().packet !== index) return;
    useSelection.setState({ detailsProblem: problemOf(error) });
  }
});

export function selectPacket(index: PacketIndex): void {
  const state = useSelection.getState();
  if (state.kind === 'packet' && state.packet === index) return;
  useSelection.setState({ kind: 'packet', packet: index });
  details.ask(index);
}

/** What is said of the selected packet is another now: it is asked again. */
export function refreshSelected(): void {
  const { kind, packet } = useSelection.getState();
  if (kind === 'packet' && packet !== null) details.ask(packet);
}

/** Selects the packet and asks the list to scroll to it. */
export function revealPacket(index: PacketIndex): void {
  dropChosenPackets();
  selectPacket(index);
  useSelection.setState(({ reveals }) => ({ reveals: reveals + 1 }));
}

export const selectFlow = (flow: FlowRow): void => useSelection.setState({ ...NOTHING, kind: 'flow', flow });

export const clearSelection = (): void => useSelection.setState(NOTHING);
