import { notifications } from '@mantine/notifications';
import { texts } from '../../texts';

/** Copies a command or message, and says so: nothing else on the page changes. */
export function copyAndTell(text: string): void {
  void window.portlight.copyText(text).then(() => notifications.show({ message: texts.sources.copied, autoClose: 1500 }));
}
