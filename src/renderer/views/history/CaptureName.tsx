import { folderOf, isPath, nameOf } from '../../widgets/format/paths';
import styles from './history.module.css';

interface CaptureNameProps {
  readonly path: string;
  readonly withFolder?: boolean;
  onOpen(path: string): void;
}

/** A file's name, which opens it; the name of what was captured otherwise. */
export function CaptureName({ path, withFolder = false, onOpen }: CaptureNameProps) {
  if (!isPath(path)) return <span className={styles.file}>{path}</span>;
  return (
    <button type="button" className={styles.name} title={path} onClick={() => onOpen(path)}>
      <span className={styles.file}>{nameOf(path)}</span>
      {withFolder && <span className={styles.folder}>{folderOf(path)}</span>}
    </button>
  );
}
