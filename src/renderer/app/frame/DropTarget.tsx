import { notifications } from '@mantine/notifications';
import { IconFileImport } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { texts } from '../../texts';
import { openPath } from '../session';
import styles from './drop.module.css';

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/** Takes files that are dropped anywhere in the window. */
export function DropTarget() {
  const [over, setOver] = useState(false);

  useEffect(() => {
    const ended = new AbortController();
    const options = { signal: ended.signal };
    window.addEventListener(
      'dragover',
      (event) => {
        // Also for what is no file: the page must never be replaced by what is dropped on it.
        event.preventDefault();
        if (event.dataTransfer) event.dataTransfer.dropEffect = hasFiles(event) ? 'copy' : 'none';
        setOver(hasFiles(event));
      },
      options,
    );
    window.addEventListener('dragleave', (event) => event.relatedTarget === null && setOver(false), options);
    window.addEventListener(
      'drop',
      (event) => {
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer?.files[0];
        if (!file) return;
        const path = window.portlight.pathForFile(file);
        if (path === '') notifications.show({ message: texts.states.drop.notAFile, color: 'red' });
        else void openPath(path);
      },
      options,
    );
    return () => ended.abort();
  }, []);

  if (!over) return null;
  return (
    <div className={styles.drop} aria-hidden>
      <div className={styles.card}>
        <IconFileImport size={32} stroke={1.4} />
        <strong>{texts.states.drop.title}</strong>
        <span>{texts.states.drop.hint}</span>
      </div>
    </div>
  );
}
