import { notifications } from '@mantine/notifications';
import { canFollow, followFlow } from '../stores/follow';
import { useSelection } from '../stores/selection';
import { texts } from '../texts';

/** Follows the stream of the selected flow, or of the one that the selected packet belongs to. */
export function followSelected(): void {
  const { kind, flow } = useSelection.getState();
  if (kind !== 'none' && flow && canFollow(flow.protocol)) followFlow(flow.index);
  else notifications.show({ message: texts.stream.chooseFirst });
}
