import type { FlowRow } from '../../shared/model/records';
import { applyFilter } from './filter';
import { flowNumberTest } from './filter-text';
import { showView } from './layout';
import { revealPacket } from './selection';

/** Filters to the packets of one flow and goes to where they are listed. */
export async function showFlowPackets(flow: FlowRow): Promise<void> {
  if (!(await applyFilter(flowNumberTest(flow)))) return;
  showView('packets');
  revealPacket(flow.firstPacket);
}
