import { useEffect, useState } from 'react';
import type { ExportRequest, FlowChoice, PacketChoice, TableFormat } from '../../../shared/contract/exports';
import { engine } from '../../client/engine';
import { chosenFlows, chosenRanges, listKey, useChosen } from '../../stores/chosen';
import type { ExportSubject, ExportWhich } from '../../stores/export';
import { useFilter } from '../../stores/filter';
import { useHostQuery } from '../../stores/host-query';
import { useSelection } from '../../stores/selection';
import { selectSessionId, useSession } from '../../stores/session';
import { useExposure } from '../../views/exposure/store';
import { SORTS as FLOW_SORTS, useFlowSettings } from '../../views/flows/column-store';
import { SORTS as HOST_SORTS, useHostColumns } from '../../views/hosts/column-store';

export type ExportFormat = 'pcapng' | TableFormat | 'html';

/** Formats of each subject, the usual one first. */
export const FORMATS: Readonly<Record<ExportSubject, readonly ExportFormat[]>> = {
  packets: ['pcapng', 'csv', 'jsonl'],
  flows: ['csv', 'jsonl'],
  hosts: ['csv', 'jsonl'],
  exposure: ['csv', 'jsonl'],
  report: ['html'],
};

/** Several are chosen, not only the one that is selected: that is what a person wants to export. */
export function choosesMany(subject: ExportSubject): boolean {
  if (subject === 'flows') return chosenFlowList().length > 1;
  const [first] = chosenPacketRanges();
  return subject === 'packets' && first !== undefined && (chosenPacketRanges().length > 1 || first[0] !== first[1]);
}

/** Ranges of chosen packets; the selected one alone where no others are. */
export function chosenPacketRanges(): readonly (readonly [number, number])[] {
  const list = listKey(selectSessionId(useSession.getState()), useFilter.getState().id);
  const ranges = chosenRanges(useChosen.getState(), list);
  const { packet, kind } = useSelection.getState();
  return ranges.length > 0 ? ranges : kind === 'packet' && packet !== null ? [[packet, packet]] : [];
}

/** Chosen flows; the selected one, or that of the selected packet, alone where no others are. */
export function chosenFlowList(): readonly number[] {
  const list = listKey(selectSessionId(useSession.getState()), useFilter.getState().id);
  const flows = chosenFlows(useChosen.getState(), list);
  const { flow } = useSelection.getState();
  return flows.size > 0 ? [...flows] : flow ? [flow.index] : [];
}

export function packetChoice(which: ExportWhich): PacketChoice {
  if (which === 'chosen') return { of: 'rows', ranges: chosenPacketRanges() };
  return which === 'flows' ? { of: 'flows', flows: chosenFlowList() } : { of: which };
}

const flowChoice = (which: ExportWhich): FlowChoice =>
  which === 'chosen' ? { of: 'flows', flows: chosenFlowList() } : { of: which === 'all' ? 'all' : 'shown' };

export interface Answers {
  readonly subject: ExportSubject;
  readonly which: ExportWhich;
  readonly format: ExportFormat;
  readonly fields: readonly string[];
}

/** What the engine is asked for: tables are in the order in which their view has them. */
export function requestOf({ subject, which, format, fields }: Answers): ExportRequest {
  const table: TableFormat = format === 'jsonl' ? 'jsonl' : 'csv';
  switch (subject) {
    case 'packets':
      return format === 'pcapng'
        ? { table: 'packets', packets: packetChoice(which), format }
        : { table: 'packets', packets: packetChoice(which), format: table, fields };
    case 'flows': {
      const { column, descending } = useFlowSettings.getState().sort;
      return { table: 'flows', flows: flowChoice(which), format: table, sort: FLOW_SORTS[column], descending };
    }
    case 'hosts': {
      const { column, descending } = useHostColumns.getState().sort;
      const query = { ...useHostQuery.getState(), scope: which === 'all' ? 'all' : 'shown' } as const;
      return { table: 'hosts', query, format: table, sort: HOST_SORTS[column], descending };
    }
    case 'exposure': {
      const { host, sort } = useExposure.getState();
      const scope = which === 'all' ? 'all' : 'open';
      return { table: 'exposure', host, scope, format: table, sort: sort.column, descending: sort.descending };
    }
    case 'report':
      return { table: 'report', scope: which === 'all' ? 'all' : 'shown' };
  }
}

/** How many packets each choice is; absent until it is counted. */
export function usePacketCounts(choices: readonly ExportWhich[]): Partial<Record<ExportWhich, number>> {
  const [counts, setCounts] = useState<Partial<Record<ExportWhich, number>>>({});
  const asked = choices.join(' ');
  useEffect(() => {
    const stop = new AbortController();
    for (const which of asked.split(' ') as ExportWhich[]) {
      engine.call('export.count', { packets: packetChoice(which) }, stop.signal).then(
        ({ count }) => setCounts((known) => ({ ...known, [which]: count })),
        () => {}, // no longer wanted; the dialog works without the number
      );
    }
    return () => stop.abort();
  }, [asked]);
  return counts;
}
