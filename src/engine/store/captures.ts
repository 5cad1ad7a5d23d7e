import type { Connection } from './driver';
import type { CaptureFacts, CaptureIdentity, OpenedCapture } from './records';
import { count, text } from './values';

/** Recognises the capture or makes a new one. Null identity: not a file (live, standard input), always new. */
export function openCapture(connection: Connection, identity: CaptureIdentity | null, facts: CaptureFacts, at: number): OpenedCapture {
  const found =
    identity &&
    connection.get(
      'SELECT id, complete FROM captures WHERE size = ? AND modified = ? AND hash = ?',
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
    return { captureId: id, known: false, complete: false };
  }
  const captureId = Number(found.id);
  const complete = found.complete === 1;
  connection.run('UPDATE captures SET path = ?, opened_at = max(opened_at, ?) WHERE id = ?', text(facts.path), count(at), captureId);
  if (!complete)
    for (const table of ['flows', 'rollup_minutes', 'rollup_hours', 'rollup_days'])
      connection.run(`DELETE FROM ${table} WHERE capture_id = ?`, captureId);
  return { captureId, known: true, complete };
}

/** Everything of the capture was saved. */
export function finishCapture(connection: Connection, captureId: number, facts: CaptureFacts): void {
  connection.run(
    'UPDATE captures SET complete = 1, path = ?, packets = ?, bytes = ?, first_epoch = ?, last_epoch = ? WHERE id = ?',
    text(facts.path),
    count(facts.packets),
    count(facts.bytes),
    text(facts.firstEpoch),
    text(facts.lastEpoch),
    captureId,
  );
}
