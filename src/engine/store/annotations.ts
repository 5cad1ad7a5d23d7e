import type { Connection } from './driver';
import type { ChunkOfMarks, StoredAnnotations } from './records';
import { count, MAX_LONG_TEXT, text } from './values';

export function annotationsOf(connection: Connection, captureId: number): StoredAnnotations {
  return {
    marks: connection
      .all('SELECT chunk, packets FROM packet_marks WHERE capture_id = ? ORDER BY chunk', captureId)
      .map(({ chunk, packets }) => ({ chunk: Number(chunk), rows: String(packets) })),
    comments: connection
      .all('SELECT packet, text FROM packet_comments WHERE capture_id = ? ORDER BY packet', captureId)
      .map((row) => ({ packet: Number(row.packet), text: String(row.text) })),
  };
}

/** Takes the place of what was kept of these chunks; a chunk without marks has no row. */
export function saveMarks(connection: Connection, captureId: number, chunks: readonly ChunkOfMarks[]): void {
  for (const { chunk, rows } of chunks) {
    if (rows === '') connection.run('DELETE FROM packet_marks WHERE capture_id = ? AND chunk = ?', captureId, count(chunk));
    else
      connection.run(
        'INSERT INTO packet_marks (capture_id, chunk, packets) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET packets = excluded.packets',
        captureId,
        count(chunk),
        text(rows, MAX_LONG_TEXT),
      );
  }
}

/** '' removes it. */
export function saveComment(connection: Connection, captureId: number, packet: number, comment: string): void {
  if (comment === '') connection.run('DELETE FROM packet_comments WHERE capture_id = ? AND packet = ?', captureId, count(packet));
  else
    connection.run(
      'INSERT INTO packet_comments (capture_id, packet, text) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET text = excluded.text',
      captureId,
      count(packet),
      text(comment, MAX_LONG_TEXT),
    );
}
