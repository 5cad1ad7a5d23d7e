import { ProblemError } from '../../shared/base/result';
import type { PacketDetails } from '../../shared/contract/engine';
import type { PacketIndex } from '../../shared/model/units';
import { commentFields } from '../annotations/comment-fields';
import type { Session } from '../session';
import { packetRow } from './packet-rows';

/** One packet with its tree and bytes. Throws a `ProblemError` where there is no such packet, or it is not kept any more. */
export async function packetDetails(session: Session | null, index: PacketIndex): Promise<PacketDetails> {
  if (!session || index >= session.capture.tables.packets.count) {
    throw new ProblemError({ code: 'no-such-packet', sentence: `There is no packet ${index + 1} in this session.` });
  }
  const { tables } = session.capture;
  if (!tables.packets.has(index)) {
    throw new ProblemError({
      code: 'packet-forgotten',
      sentence: `Packet ${index + 1} is not kept any more: newer packets needed its room.`,
      next: 'Give captures more room in the settings, or narrow them by a capture filter.',
    });
  }
  const dissection = await session.dissector.dissect(index);
  const comments = tables.comments.get(index) ?? [];
  const missing = dissection.frame.length < tables.packets.capturedLengthOf(index);
  return {
    index,
    fields: [...commentFields(comments), ...dissection.root],
    sources: dissection.sources.map(({ title, bytes }) => ({ title, bytes: bytes.slice() })),
    row: packetRow(tables, index, dissection.info),
    comments,
    malformed: dissection.malformed,
    problem: missing
      ? {
          code: 'bytes-gone',
          sentence: `The bytes of packet ${index + 1} could not be read again from ${session.info.path}.`,
          next: 'The file was moved or changed since it was opened. Open it again.',
        }
      : null,
  };
}
