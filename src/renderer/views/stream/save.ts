import { notifications } from '@mantine/notifications';
import type { StreamFormat, StreamSender, StreamState } from '../../../shared/contract/stream';
import { engine } from '../../client/engine';
import { problemOf, wasCancelled } from '../../client/engine-client';
import { texts } from '../../texts';
import { formatBytes } from '../../widgets/format/numbers';
import { nameOf } from '../../widgets/format/paths';

const words = texts.stream;
const EXTENSIONS = { text: 'txt', hex: 'txt', raw: 'bin' } as const;
const SIDES = ['client', 'server'] as const;

/** Asks for a place and writes the whole stream there, of both senders or one. */
export async function saveStream(
  { flow, protocol, number }: StreamState,
  format: StreamFormat,
  sender: StreamSender | null,
): Promise<void> {
  const extension = EXTENSIONS[format];
  const side = sender === null ? '' : ` ${SIDES[sender]}`;
  const path = await window.portlight.chooseSavePath({
    suggestedName: `${protocol.toLowerCase()} stream ${number}${side}.${extension}`,
    filters: [{ name: words.kinds[format], extensions: [extension] }],
  });
  if (path === null) return;
  try {
    const { bytes, missing } = await engine.call('stream.save', { flow, path, format, sender });
    const saved = words.saved(formatBytes(bytes), nameOf(path));
    notifications.show({ message: missing > 0 ? `${saved}. ${words.savedWithout(formatBytes(missing))}` : saved });
  } catch (error) {
    if (wasCancelled(error)) return;
    const { sentence, next } = problemOf(error);
    notifications.show({ title: words.saveFailed, message: next ? `${sentence} ${next}` : sentence, color: 'red' });
  }
}
