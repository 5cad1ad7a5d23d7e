import { create } from 'zustand';
import { hexBytes } from '../../shared/base/hex-bytes';
import type { Problem } from '../../shared/base/result';
import { type FindAnswer, type FindMatch, type FindMode, type FindQuery, MAX_FIND_LENGTH } from '../../shared/contract/find';
import type { PacketIndex } from '../../shared/model/units';
import { engine } from '../client/engine';
import { problemOf, wasCancelled } from '../client/engine-client';
import { showView } from './layout';
import { revealPacket, useSelection } from './selection';
import { selectSessionId, useSession } from './session';

/** `total`: packets that the filter shows. `wrapped`: beyond the end it went on at the other one. */
export type FindStatus =
  | { readonly kind: 'idle' }
  | { readonly kind: 'searching'; readonly searched: number; readonly total: number }
  | { readonly kind: 'found'; readonly packet: PacketIndex; readonly wrapped: 'no' | 'end' | 'start'; readonly isOnly: boolean }
  | { readonly kind: 'none'; readonly searched: number; readonly unreadable: number }
  | { readonly kind: 'stopped'; readonly searched: number; readonly total: number }
  /** No pairs of hexadecimal digits, or too many. */
  | { readonly kind: 'no-bytes' }
  | { readonly kind: 'wrong'; readonly sentence: string; readonly start: number; readonly end: number }
  | { readonly kind: 'failed'; readonly problem: Problem };

interface Find {
  readonly isOpen: boolean;
  /** Counts the wishes to type in it. */
  readonly asked: number;
  readonly mode: FindMode;
  readonly text: string;
  readonly caseSensitive: boolean;
  readonly status: FindStatus;
  /** Bytes to be shown in the packet that was found last. */
  readonly match: (FindMatch & { readonly packet: PacketIndex }) | null;
}

const IDLE: FindStatus = { kind: 'idle' };

export const useFind = create<Find>(() => ({
  isOpen: false,
  asked: 0,
  mode: 'text',
  text: '',
  caseSensitive: false,
  status: IDLE,
  match: null,
}));

let running: AbortController | null = null;

export function openFind(): void {
  showView('packets');
  useFind.setState(({ asked }) => ({ isOpen: true, asked: asked + 1 }));
}

export function closeFind(): void {
  running?.abort();
  useFind.setState({ isOpen: false, status: IDLE, match: null });
}

export function changeFind(change: Partial<Pick<Find, 'mode' | 'text' | 'caseSensitive'>>): void {
  running?.abort();
  useFind.setState({ ...change, status: IDLE, match: null });
}

/** What is typed, as a question; null where it is none. */
function queryOf({ mode, text, caseSensitive }: Find): FindQuery | null {
  if (mode === 'filter') return { mode, text };
  if (mode === 'text') return text.length > MAX_FIND_LENGTH ? null : { mode, text, caseSensitive };
  const bytes = hexBytes(text);
  return bytes && bytes.length > 0 && bytes.length <= MAX_FIND_LENGTH ? { mode, bytes } : null;
}

/** The next packet behind (before) the selected one that has it; beyond the end the search goes on at the other one. */
export async function findNext(backward: boolean): Promise<void> {
  const state = useFind.getState();
  if (!state.isOpen || state.text.trim() === '') {
    openFind();
    return;
  }
  const query = queryOf(state);
  running?.abort();
  useFind.setState({ match: null, ...(query ? {} : { status: { kind: 'no-bytes' } }) });
  if (!query) return;
  running = new AbortController();
  const { signal } = running;
  showView('packets');
  const total = useSession.getState().tick?.filter.shown ?? 0;
  const begun = { searched: 0, unreadable: 0 };
  try {
    const tell = (): void => useFind.setState({ status: { kind: 'searching', searched: begun.searched, total } });
    tell();
    const start = useSelection.getState().packet;
    const stretches =
      start === null
        ? [{ from: null, until: null }]
        : [
            { from: start, until: null },
            { from: null, until: start },
          ];
    for (const [turn, { from, until }] of stretches.entries()) {
      const answer = await search(query, from, until, backward, signal, begun, tell);
      if (signal.aborted) return;
      if (answer.state === 'wrong') {
        const { problem, start: first, end } = answer;
        useFind.setState({ status: { kind: 'wrong', sentence: problem.sentence, start: first, end } });
        return;
      }
      if (answer.state !== 'found') continue;
      const { packet, match } = answer;
      const wrapped = turn === 0 ? 'no' : backward ? 'start' : 'end';
      useFind.setState({
        status: { kind: 'found', packet, wrapped, isOnly: packet === start },
        match: match && { ...match, packet },
      });
      revealPacket(packet);
      return;
    }
    useFind.setState({ status: { kind: 'none', ...begun } });
  } catch (error) {
    if (wasCancelled(error)) return;
    useFind.setState({ status: { kind: 'failed', problem: problemOf(error) } });
  }
}

async function search(
  query: FindQuery,
  from: PacketIndex | null,
  until: PacketIndex | null,
  backward: boolean,
  signal: AbortSignal,
  sum: { searched: number; unreadable: number },
  tell: () => void,
): Promise<FindAnswer> {
  for (let at = from; ; ) {
    const answer = await engine.call('packets.find', { query, from: at, until, backward }, signal);
    if (answer.state === 'wrong') return answer;
    sum.searched += answer.searched;
    if (answer.state === 'found') return answer;
    sum.unreadable += answer.unreadable;
    if (answer.state === 'end') return answer;
    at = answer.at;
    tell();
  }
}

/** The first packet that the window's filter shows and that this filter takes too; null where there is none. */
export async function firstPacket(filter: string): Promise<PacketIndex | null> {
  const query: FindQuery = { mode: 'filter', text: filter };
  const sum = { searched: 0, unreadable: 0 };
  const answer = await search(query, null, null, false, new AbortController().signal, sum, () => undefined);
  return answer.state === 'found' ? answer.packet : null;
}

/** Ends the search; what was searched is said. */
export function stopFind(): void {
  const { status } = useFind.getState();
  running?.abort();
  if (status.kind === 'searching') useFind.setState({ status: { ...status, kind: 'stopped' } });
}

// What was found was found in the session that is gone.
useSession.subscribe((state, before) => {
  if (selectSessionId(state) !== selectSessionId(before)) changeFind({});
});
