import { notifications } from '@mantine/notifications';
import { engine } from '../client/engine';
import { useAnnotations } from '../stores/annotations';
import { showView } from '../stores/layout';
import { revealPacket, useSelection } from '../stores/selection';
import { texts } from '../texts';
import { complain } from './complain';

const words = texts.annotations;

useAnnotations.subscribe(({ failure }, before) => {
  if (failure && failure !== before.failure) complain(failure.error, words.failed);
});

/** Goes to the marked packet behind (before) the selected one, round and round. */
export async function goToMark(backward: boolean): Promise<void> {
  const from = useSelection.getState().packet ?? 0;
  try {
    const { packet, wrapped } = await engine.call('marks.next', { from, backward });
    if (packet === null) {
      notifications.show({ message: words.none });
      return;
    }
    showView('packets');
    revealPacket(packet);
    if (wrapped) notifications.show({ message: packet === from ? words.onlyOne : backward ? words.fromEnd : words.fromStart });
  } catch (error) {
    complain(error, words.failed);
  }
}
