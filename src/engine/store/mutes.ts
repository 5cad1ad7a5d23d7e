import type { AlertType, Mute, NewMute } from '../../shared/model/alerts';
import type { Connection } from './driver';
import { count, countOrNull, text, textOrNull } from './values';

/** Oldest first, expired ones too. */
export function allMutes(connection: Connection): Mute[] {
  return connection.all('SELECT * FROM mutes ORDER BY id').map((row) => ({
    id: Number(row.id),
    type: row.type as AlertType | null,
    source: row.source as string | null,
    target: row.target as string | null,
    port: row.port as number | null,
    reason: String(row.reason),
    created: Number(row.created),
    expires: row.expires as number | null,
    hits: Number(row.hits),
  }));
}

export function addMute(connection: Connection, mute: NewMute, at: number): Mute {
  const kept = {
    type: mute.type,
    source: textOrNull(mute.source),
    target: textOrNull(mute.target),
    port: countOrNull(mute.port),
    reason: text(mute.reason),
    created: count(at),
    expires: countOrNull(mute.expires),
  };
  const { id } = connection.run(
    'INSERT INTO mutes (type, source, target, port, reason, created, expires) VALUES (?, ?, ?, ?, ?, ?, ?)',
    kept.type,
    kept.source,
    kept.target,
    kept.port,
    kept.reason,
    kept.created,
    kept.expires,
  );
  return { ...kept, id, hits: 0 };
}

export function removeMute(connection: Connection, id: number): void {
  connection.run('DELETE FROM mutes WHERE id = ?', id);
}

/** One hit for each time that an id is named. */
export function countMuteHits(connection: Connection, ids: readonly number[]): void {
  const hits = new Map<number, number>();
  for (const id of ids) hits.set(id, (hits.get(id) ?? 0) + 1);
  for (const [id, more] of hits) connection.run('UPDATE mutes SET hits = hits + ? WHERE id = ?', more, id);
}
