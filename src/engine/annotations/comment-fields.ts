import type { FieldNode } from '../../shared/model/records';

/** Characters of a comment that a line of the tree can show, and that a filter made of it may have. */
const MAX_SHOWN = 500;

const node = (name: string, label: string, value: string | null, children: readonly FieldNode[]): FieldNode => ({
  name,
  label,
  value,
  start: 0,
  length: 0,
  source: 0,
  children,
});

/** What stands before a packet's layers in its tree: the comments, if there are any. */
export function commentFields(comments: readonly string[]): readonly FieldNode[] {
  if (comments.length === 0) return [];
  const lines = comments.map((text) => {
    const line = text.replaceAll('\n', ' \u21b5 ');
    return text.length > MAX_SHOWN
      ? node('frame.comment', `${line.slice(0, MAX_SHOWN)}…`, null, [])
      : node('frame.comment', line, text, []);
  });
  return [node('', comments.length === 1 ? 'Packet comment' : `Packet comments (${comments.length})`, null, lines)];
}
