import { notifications } from '@mantine/notifications';
import { problemOf, wasCancelled } from '../client/engine-client';

/** Says in passing that something did not work. What was cancelled did what was wanted. */
export function complain(error: unknown, title?: string): void {
  if (wasCancelled(error)) return;
  const { sentence, next } = problemOf(error);
  notifications.show({ ...(title === undefined ? {} : { title }), message: next ? `${sentence} ${next}` : sentence, color: 'red' });
}
