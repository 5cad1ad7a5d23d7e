import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { formatBytes, formatRate } from '../../widgets/format/numbers';

const words = texts.ssh.live;

/** What a capture on a server costs by itself, in the status bar. */
export function CaptureCost() {
  const cost = useSession((state) => state.tick?.live?.cost ?? null);
  if (cost === null) return null;
  const { received, sent, remoteCpu } = cost;
  const cpu = remoteCpu === null ? null : words.seconds(formatRate(remoteCpu / 1000));
  return (
    <span title={words.costHint(formatBytes(received), formatBytes(sent), cpu)} data-testid="capture-cost">
      {words.cost} <b>{formatBytes(received + sent)}</b>
    </span>
  );
}
