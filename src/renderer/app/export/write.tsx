import { notifications } from '@mantine/notifications';
import type { Exported, ExportRequest } from '../../../shared/contract/exports';
import { engine } from '../../client/engine';
import { useExport } from '../../stores/export';
import { texts } from '../../texts';
import { formatBytes, formatCount } from '../../widgets/format/numbers';
import { folderOf, nameOf } from '../../widgets/format/paths';
import { complain } from '../complain';
import styles from './export.module.css';

/** Between two looks at how far it is. */
const LOOK_MS = 200;
/** Long enough to reach the button of the message. */
const MESSAGE_MS = 12_000;

const words = texts.exports;

/** Asks where to, and writes the file there. `begun` is called when the place is known. True once all is written. */
export async function writeExport(request: ExportRequest, suggestedName: string, begun = (): void => {}): Promise<boolean> {
  if (useExport.getState().writing !== null) return false;
  const format = request.table === 'report' ? 'html' : request.format;
  const path = await window.portlight.chooseSavePath({ suggestedName, filters: [{ name: words.kinds[format], extensions: [format] }] });
  if (path === null) return false;
  begun();
  const cancel = new AbortController();
  useExport.setState({ writing: { path, done: 0, total: 0, cancel: () => cancel.abort() } });
  const look = setInterval(() => void lookAtProgress(), LOOK_MS);
  try {
    tell(path, request, await engine.call('export.write', { path, request }, cancel.signal));
    return true;
  } catch (error) {
    complain(error, words.failed);
    if (cancel.signal.aborted) notifications.show({ message: words.cancelled(nameOf(path)) });
    return false;
  } finally {
    clearInterval(look);
    useExport.setState({ writing: null });
  }
}

async function lookAtProgress(): Promise<void> {
  const progress = await engine.call('export.progress', {}).catch(() => null);
  const { writing } = useExport.getState();
  if (writing && progress) useExport.setState({ writing: { ...writing, ...progress } });
}

function tell(path: string, { table }: ExportRequest, { count, bytes, missing }: Exported): void {
  const what = words.counts[table](formatCount(count));
  notifications.show({
    autoClose: MESSAGE_MS,
    message: (
      <div className={styles.written}>
        <p>{words.written(what, formatBytes(bytes), nameOf(path))}</p>
        {missing > 0 && <p>{words.missing(formatCount(missing))}</p>}
        <p className={styles.note}>{folderOf(path)}</p>
        <button type="button" className="button" data-small onClick={() => void window.portlight.showInFolder(path)}>
          {words.showInFolder}
        </button>
      </div>
    ),
  });
}
