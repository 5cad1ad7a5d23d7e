import type { Connection } from './driver';
import type { CaptureFacts, CaptureIdentity, OpenedCapture, Recording } from './records';
import { count, text } from './values';

/** Recognises the capture or makes a new one. Null identity: not a file (live, standard input), always new. */
export function openCapture(connection: Connection, identity: CaptureIdentity | null, facts: CaptureFacts, at: number): OpenedCapture {
  const found =
    identity &&
    connection.get(
      'SELECT id, complete, generation FROM captures WHERE size = ? AND modified = ? AND hash = ?',
      count(identity.size),
      count(identity.modified),
      text(identity.hash),
    );
  if (!found) {
    const { id } = connection.run(
      'INSERT INTO captures (size, modified, hash, path, first_opened_at, opened_at) VALUES (?, ?, ?, ?, ?, ?)',
      identity && count(identity.size),
      identity && count(identity.modified),
      identity && text(identity.hash),
      text(facts.path),
      count(at),
      count(at),
    );
    return { captureId: id, generation: 0, known: false, complete: false };
  }
  const captureId = Number(found.id);
  const complete = found.complete === 1;
  const generation = Number(found.generation) + (complete ? 0 : 1);
  connection.run(
    'UPDATE captures SET path = ?, opened_at = max(opened_at, ?), generation = ? WHERE id = ?',
    text(facts.path),
    count(at),
    generation,
    captureId,
  );
  if (!complete)
    for (const table of ['flows', 'rollup_minutes', 'rollup_hours', 'rollup_days'])
      connection.run(`DELETE FROM ${table} WHERE capture_id = ?`, captureId);
  return { captureId, generation, known: true, complete };
}

/** False: another reader began to record the capture since, or it was forgotten; what this one has is to be left out. */
export const isCurrent = (connection: Connection, { captureId, generation }: Recording): boolean =>
  connection.get('SELECT 1 FROM captures WHERE id = ? AND generation = ?', captureId, generation) !== undefined;

/** The capture was read; `complete`: everything of it was saved. */
export function finishCapture(connection: Connection, recording: Recording, facts: CaptureFacts, complete: boolean): void {
  connection.run(
    `UPDATE captures SET complete = ?, packets = ?, bytes = ?, first_epoch = ?, last_epoch = ?, flows = ?
      WHERE id = ? AND generation = ?`,
    complete ? 1 : 0,
    count(facts.packets),
    count(facts.bytes),
    text(facts.firstEpoch),
    text(facts.lastEpoch),
    count(facts.flows),
    recording.captureId,
    recording.generation,
  );
}
