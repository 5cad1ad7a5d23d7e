import { create } from 'zustand';
import type { Tick } from '../../shared/contract/engine';
import type { LiveRequest, SourceRequest } from '../../shared/contract/live';
import { RateMeter } from './rate-meter';

export interface LiveState {
  /** What the live session was started with, and what was added; null: it is not known, as after the page was loaded anew. */
  readonly started: { readonly session: number; readonly request: LiveRequest; readonly added?: readonly SourceRequest[] } | null;
  /** What was asked for last, also where it could not be started. */
  readonly asked: LiveRequest | null;
  /** The session's packets were saved when there were so many. */
  readonly saved: { readonly session: number; readonly packets: number } | null;
}

export const useLive = create<LiveState>(() => ({ started: null, asked: null, saved: null }));

const meter = new RateMeter();
let metered: number | null = null;

/** Counts of a session that goes on, as they come. */
export function meterTick({ session, live, packets, bytes }: Tick): void {
  if (session?.id !== metered) {
    meter.clear();
    metered = session?.id ?? null;
  }
  if (live !== null) meter.add(performance.now(), packets, bytes);
}

/** Packets and bits a second of the last seconds. */
export const liveRate = () => meter.rate(performance.now());

/** Closing this session would lose packets that are nowhere else. */
export function hasUnsaved(tick: Tick | null, { saved }: LiveState): boolean {
  // What was generated is not worth a question.
  if (!tick?.session || tick.live === null || tick.packets === 0 || tick.live.kind === 'demo') return false;
  return saved?.session !== tick.session.id || saved.packets !== tick.packets;
}
