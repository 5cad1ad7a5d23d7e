import { notifications } from '@mantine/notifications';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';

const words = texts.topology;

/** Writes the picture to a file of the person's choice. */
export async function saveGraph(kind: 'png' | 'svg', text: string): Promise<void> {
  const name = useSession.getState().tick?.session?.name.replace(/\.[^.]*$/, '') ?? 'capture';
  const saved = await window.portlight.saveText({
    suggestedName: `${name}-topology.${kind}`,
    filters: [{ name: words.tools.kinds[kind], extensions: [kind] }],
    text,
    ...(kind === 'png' && { isBase64: true }),
  });
  if (!saved.ok) notifications.show({ title: words.exportFailed, message: saved.problem.sentence, color: 'red' });
  else if (saved.value !== null) notifications.show({ message: words.exported(saved.value) });
}
