import { notifications } from '@mantine/notifications';
import { askExport, useExport } from '../../stores/export';
import { isFiltered, useFilter } from '../../stores/filter';
import { useLive } from '../../stores/live';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { writeExport } from '../export/write';
import { suggestedName } from './suggested-name';

const words = texts.exports;

/** What can be written now; says so where there is nothing. */
function canExport(): boolean {
  const { tick } = useSession.getState();
  if (!tick?.session || useExport.getState().writing !== null) return false;
  if (tick.packets === 0) notifications.show({ message: words.nothing });
  return tick.packets > 0;
}

/** Writes packets of the session to a file of the person's choice; with a filter set it is asked first which ones. */
export function savePackets(): void {
  if (!canExport()) return;
  if (isFiltered(useFilter.getState())) askExport({ subject: 'packets', which: 'shown', format: 'pcapng' });
  else void saveAll();
}

/** Asks what to export: first of what the present view shows. */
export function exportFrom(view: string): void {
  if (!canExport()) return;
  askExport({ subject: view === 'flows' || view === 'hosts' || view === 'exposure' ? view : 'packets' });
}

/** True once all is written. */
export async function saveAll(): Promise<boolean> {
  const { tick } = useSession.getState();
  if (!tick?.session) return false;
  const { id } = tick.session;
  // More may come while it is written; those are not in it.
  let packets = 0;
  const request = { table: 'packets', packets: { of: 'all' }, format: 'pcapng' } as const;
  const written = await writeExport(request, suggestedName(tick.session, 'all'), () => {
    packets = useSession.getState().tick?.packets ?? 0;
  });
  if (written) useLive.setState({ saved: { session: id, packets } });
  return written;
}
