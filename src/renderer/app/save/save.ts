import { notifications } from '@mantine/notifications';
import { create } from 'zustand';
import type { Exported } from '../../../shared/contract/exports';
import { engine } from '../../client/engine';
import { isFiltered, useFilter } from '../../stores/filter';
import { useLive } from '../../stores/live';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { formatBytes, formatCount } from '../../widgets/format/numbers';
import { nameOf } from '../../widgets/format/paths';
import { complain } from '../complain';
import { suggestedName } from './suggested-name';

export type SaveScope = 'all' | 'shown';

type SaveState =
  | { readonly step: 'closed' }
  /** Which packets is asked. */
  | { readonly step: 'choosing' }
  | { readonly step: 'saving'; readonly path: string; readonly cancel: () => void };

export const useSave = create<SaveState>(() => ({ step: 'closed' }));

const words = texts.live.save;

export const closeSave = (): void => useSave.setState({ step: 'closed' }, true);

/** Writes packets of the session to a file of the person's choice; with a filter set it is asked first which ones. */
export function savePackets(): void {
  const { tick } = useSession.getState();
  if (!tick?.session || useSave.getState().step !== 'closed') return;
  if (tick.packets === 0) notifications.show({ message: words.nothing });
  else if (isFiltered(useFilter.getState())) useSave.setState({ step: 'choosing' }, true);
  else void saveAll();
}

export const saveAll = (): Promise<boolean> => saveScope('all');

/** True once all is written. */
export async function saveScope(scope: SaveScope): Promise<boolean> {
  if (useSave.getState().step === 'saving') return false;
  closeSave();
  const { tick } = useSession.getState();
  if (!tick?.session) return false;
  const { id } = tick.session;
  const path = await window.portlight.chooseSavePath({
    suggestedName: suggestedName(tick.session, scope),
    filters: [{ name: words.kind, extensions: ['pcapng'] }],
  });
  if (path === null) return false;
  const cancel = new AbortController();
  useSave.setState({ step: 'saving', path, cancel: () => cancel.abort() }, true);
  // More may come while it is written; those are not in it.
  const packets = useSession.getState().tick?.packets ?? 0;
  try {
    const saved = await engine.call(
      'export.write',
      { path, request: { table: 'packets', packets: { of: scope }, format: 'pcapng' } },
      cancel.signal,
    );
    if (scope === 'all') useLive.setState({ saved: { session: id, packets } });
    tell(path, saved);
    return true;
  } catch (error) {
    complain(error, words.failed);
    return false;
  } finally {
    closeSave();
  }
}

function tell(path: string, { count, bytes, missing }: Exported): void {
  const message = words.saved(formatCount(count), formatBytes(bytes), nameOf(path));
  notifications.show({ message: missing > 0 ? `${message}. ${words.missing(formatCount(missing))}` : message });
}
