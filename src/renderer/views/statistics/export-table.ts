import { notifications } from '@mantine/notifications';
import type { StatisticsExport } from '../../../shared/contract/statistics-views';
import { engine } from '../../client/engine';
import { problemOf, wasCancelled } from '../../client/engine-client';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { formatCount } from '../../widgets/format/numbers';
import { presentTable, useStatisticsStore } from './store';

const words = texts.statistics;

/** Writes the table of the present tab, in its order, to a file of the person's choice. */
export async function exportTable(format: StatisticsExport): Promise<void> {
  const state = useStatisticsStore.getState();
  try {
    const { text, count, omitted } = await engine.call('statistics.export', { format, of: presentTable(state) });
    const name = useSession.getState().tick?.session?.name.replace(/\.[^.]*$/, '') ?? 'capture';
    const saved = await window.portlight.saveText({
      suggestedName: `${name}-${state.tab}.${format}`,
      filters: [{ name: words.fileKinds[format], extensions: [format] }],
      text,
    });
    if (!saved.ok) notifications.show({ title: texts.alerts.failed, message: saved.problem.sentence, color: 'red' });
    else if (saved.value !== null) {
      const message =
        omitted > 0
          ? words.exportedPart(formatCount(count), formatCount(omitted), saved.value)
          : words.exported(formatCount(count), saved.value);
      notifications.show({ message });
    }
  } catch (error) {
    if (wasCancelled(error)) return;
    notifications.show({ title: texts.alerts.failed, message: problemOf(error).sentence, color: 'red' });
  }
}
