import { SPOOL_LIMIT_BYTES } from '../../../../shared/model/spool-size';
import { engine } from '../../../client/engine';
import { texts } from '../../../texts';
import { formatBytes, formatCount } from '../../../widgets/format/numbers';
import { NumberField } from '../NumberField';
import { Pending, Row, Trouble } from '../parts';
import { save } from '../saving';
import { useLoaded } from '../useLoaded';

const words = texts.settings.storage.spool;
const GB = 1_000_000_000;
const load = () => engine.call('spool-size.get', {});

/** Room on disk that each live session may take. */
export function SpoolSizeRow() {
  const { value, problem: failure, set, reload } = useLoaded(load);
  if (!value) return failure && <Pending problem={failure} onRetry={reload} />;
  const { limit, free, problem } = value;
  const keep = async (gigabytes: number): Promise<boolean> => {
    const state = await save(() => engine.call('spool-size.set', { limit: Math.round(gigabytes * GB) }));
    if (state) set(state);
    return state !== null;
  };
  return (
    <>
      {problem && <Trouble problem={problem} />}
      <Row title={words.title} about={words.about(free === null ? null : formatBytes(free))}>
        <NumberField
          label={words.title}
          value={limit / GB}
          min={SPOOL_LIMIT_BYTES.min / GB}
          max={SPOOL_LIMIT_BYTES.max / GB}
          step={0.1}
          unit={words.gigabytes}
          problem={words.range(String(SPOOL_LIMIT_BYTES.min / GB), formatCount(SPOOL_LIMIT_BYTES.max / GB))}
          onCommit={keep}
        />
      </Row>
    </>
  );
}
