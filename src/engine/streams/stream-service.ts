import { ProblemError } from '../../shared/base/result';
import type { StreamCalls, StreamPiece, StreamSender } from '../../shared/contract/stream';
import type { FlowIndex } from '../../shared/model/units';
import { Turn } from '../budget';
import type { Session } from '../session';
import { ByteFinder, Matches } from './find-bytes';
import { readPieces } from './stream-bytes';
import { StreamIndex, TCP, UDP } from './stream-index';
import { writeStream } from './write-stream';

/** A stream is put together for so long before the question is answered with what there is. */
const PATIENCE_MS = 200;

type Args<K extends keyof StreamCalls> = StreamCalls[K]['args'];
type Answer<K extends keyof StreamCalls> = StreamCalls[K]['result'];

/** Streams of the open session's flows; the one that was asked for last is kept. */
export class StreamService {
  readonly #session: () => Session | null;
  readonly #kept = new WeakMap<Session, StreamIndex>();

  constructor(session: () => Session | null) {
    this.#session = session;
  }

  async follow({ flow, from, count }: Args<'stream.follow'>, signal: AbortSignal): Promise<Answer<'stream.follow'>> {
    const index = this.#index(flow);
    await index.advance(PATIENCE_MS, signal);
    const pieces: StreamPiece[] = [];
    const chunks: Uint8Array[] = [];
    const turn = new Turn();
    for await (const { bytes, ...piece } of readPieces(index, from, from + count)) {
      if (signal.aborted) break;
      pieces.push(piece);
      chunks.push(Uint8Array.from(bytes));
      if (turn.over) await turn.next();
    }
    return { state: index.state, from, pieces, bytes: joined(chunks) };
  }

  async find({ flow, pattern, ignoreCase, sender }: Args<'stream.find'>, signal: AbortSignal): Promise<Answer<'stream.find'>> {
    const index = await this.#whole(flow, signal);
    const matches = new Matches();
    const finderOf = (each: StreamSender): ByteFinder => new ByteFinder(pattern, ignoreCase, each, matches.add);
    const finders = [finderOf(0), finderOf(1)] as const;
    const turn = new Turn();
    for await (const piece of readPieces(index, 0, Number.POSITIVE_INFINITY, sender)) {
      if (signal.aborted) break;
      const finder = finders[piece.sender];
      // A datagram is a message of its own.
      if (piece.kind !== 'data' || index.state.protocol === 'UDP') finder.interrupt();
      finder.add(piece.bytes, piece.position);
      if (turn.over) await turn.next();
    }
    return { matches: matches.list, total: matches.total };
  }

  async save({ flow, path, format, sender }: Args<'stream.save'>, signal: AbortSignal): Promise<Answer<'stream.save'>> {
    const written = await writeStream(await this.#whole(flow, signal), path, format, sender, signal);
    if (!written.ok) throw new ProblemError(written.problem);
    return written.value;
  }

  async #whole(flow: FlowIndex, signal: AbortSignal): Promise<StreamIndex> {
    const index = this.#index(flow);
    do await index.advance(PATIENCE_MS, signal);
    while (!index.state.done && !signal.aborted);
    return index;
  }

  #index(flow: FlowIndex): StreamIndex {
    const session = this.#session();
    if (!session) throw new ProblemError({ code: 'no-session', sentence: 'No capture is open.' });
    const { capture } = session;
    const { flows, packets } = capture.tables;
    const kept = this.#kept.get(session);
    if (kept?.flow === flow) return kept;
    if (!flows.has(flow)) {
      throw new ProblemError({
        code: 'no-such-flow',
        sentence: 'This flow is not kept any more, or there is none of its number.',
        next: 'Choose another flow.',
      });
    }
    if (flows.protocol(flow) !== TCP && flows.protocol(flow) !== UDP) {
      throw new ProblemError({
        code: 'no-stream',
        sentence: 'Only TCP and UDP carry streams that can be followed.',
        next: 'Choose a flow of TCP or UDP.',
      });
    }
    if (!capture.source.store) {
      throw new ProblemError({
        code: 'bytes-gone',
        sentence: 'The bytes of this capture cannot be read again.',
        next: 'Open it as a file.',
      });
    }
    if (packets.count === 0) throw new ProblemError({ code: 'no-stream', sentence: 'There are no packets yet.' });
    const index = new StreamIndex(capture, flow);
    this.#kept.set(session, index);
    return index;
  }
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
