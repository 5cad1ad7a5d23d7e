import { useEffect, useState } from 'react';
import { engine } from '../../client/engine';
import { chosenRanges, listKey, useChosen } from '../../stores/chosen';
import { useFilter } from '../../stores/filter';
import { selectSessionId, useSession } from '../../stores/session';
import { texts } from '../../texts';
import { formatCount } from '../../widgets/format/numbers';

/** How many packets are selected in the list, where it is more than the one. */
export function SelectedCount() {
  const session = useSession(selectSessionId);
  const filter = useFilter((state) => state.id);
  const ranges = useChosen((state) => chosenRanges(state, listKey(session, filter)));
  const [count, setCount] = useState(0);
  useEffect(() => {
    if (ranges.length === 0) return;
    const stop = new AbortController();
    engine.call('export.count', { packets: { of: 'rows', ranges } }, stop.signal).then(
      (answer) => setCount(answer.count),
      () => {}, // another selection is counted by now
    );
    return () => stop.abort();
  }, [ranges]);
  if (ranges.length === 0 || count === 0) return null;
  return (
    <span title={texts.exports.selectedHint}>
      <b>{formatCount(count)}</b> {texts.exports.selected}
    </span>
  );
}
