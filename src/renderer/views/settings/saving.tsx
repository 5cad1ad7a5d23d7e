import { notifications } from '@mantine/notifications';
import { create } from 'zustand';
import { problemOf, wasCancelled } from '../../client/engine-client';
import { texts } from '../../texts';
import styles from './settings.module.css';

/** How often something was saved since the window opened: whoever tells of it looks whether it grew. */
export const useSaved = create<{ readonly count: number }>(() => ({ count: 0 }));

export function complain(error: unknown): void {
  if (wasCancelled(error)) return;
  const { sentence, next } = problemOf(error);
  notifications.show({ title: texts.settings.failed, message: next ? `${sentence} ${next}` : sentence, color: 'red' });
}

/** Does what saves something, and says that it did, or why not. Null where it failed. */
export async function save<T>(run: () => Promise<T>): Promise<T | null> {
  try {
    const result = await run();
    useSaved.setState(({ count }) => ({ count: count + 1 }));
    return result;
  } catch (error) {
    complain(error);
    return null;
  }
}

/** How long a removal can be undone where it is told. */
const UNDO_MS = 10_000;

/** Says what was done, with a button that undoes it. */
export function undoable(message: string, undo: () => Promise<unknown>): void {
  const id = notifications.show({
    autoClose: UNDO_MS,
    message: (
      <span className={styles.undo}>
        {message}
        <button
          type="button"
          className="button"
          data-small
          onClick={() => {
            notifications.hide(id);
            void undo();
          }}
        >
          {texts.settings.undo}
        </button>
      </span>
    ),
  });
}

export const tell = (message: string): void => {
  notifications.show({ message });
};
