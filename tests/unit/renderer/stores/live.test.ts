import { describe, expect, it } from 'vitest';
import { hasUnsaved, type LiveState } from '../../../../src/renderer/stores/live';
import { isCapturing, phaseOf, type SessionState } from '../../../../src/renderer/stores/session';
import type { LoadState, Tick } from '../../../../src/shared/contract/engine';
import type { LiveState as LiveTick } from '../../../../src/shared/contract/live';

interface Drawn {
  readonly packets?: number;
  readonly load?: LoadState;
  readonly kind?: LiveTick['kind'] | 'file';
}

/** The parts of a tick that are looked at. */
function tickOf({ packets = 100, load = 'loading', kind = 'interface' }: Drawn = {}): Tick {
  const live = kind === 'file' ? null : { kind, problem: null };
  return { session: { id: 7, kind, name: 'eth0' }, packets, live, load: { state: load, following: kind !== 'file' } } as unknown as Tick;
}

const knowing = (saved: LiveState['saved']): LiveState => ({ started: null, asked: null, saved });
const state = (tick: Tick | null): SessionState => ({
  engine: { phase: 'ready' },
  tick,
  opening: null,
  failure: null,
  lost: null,
  recent: [],
});

describe('packets that closing a session would lose', () => {
  it('are those of a capture that were not saved', () => {
    expect(hasUnsaved(tickOf(), knowing(null))).toBe(true);
    expect(hasUnsaved(tickOf({ load: 'done' }), knowing(null))).toBe(true);
    expect(hasUnsaved(tickOf({ packets: 0 }), knowing(null))).toBe(false);
    expect(hasUnsaved(tickOf({ kind: 'file' }), knowing(null))).toBe(false);
    expect(hasUnsaved(tickOf({ kind: 'demo' }), knowing(null))).toBe(false);
    expect(hasUnsaved(null, knowing(null))).toBe(false);
  });

  it('are those that came after it was saved, or of another session', () => {
    expect(hasUnsaved(tickOf(), knowing({ session: 7, packets: 100 }))).toBe(false);
    expect(hasUnsaved(tickOf(), knowing({ session: 7, packets: 99 }))).toBe(true);
    expect(hasUnsaved(tickOf(), knowing({ session: 6, packets: 100 }))).toBe(true);
  });
});

describe('what the frame shows of a capture', () => {
  it.each([
    ['waiting', { packets: 0 }],
    ['open', { packets: 1 }],
    ['open', { packets: 1, load: 'done' }],
    ['empty', { packets: 0, load: 'done' }],
    ['opening', { packets: 0, kind: 'file' }],
    ['empty', { packets: 0, load: 'done', kind: 'file' }],
  ] as const)('is %s with %j', (phase, drawn) => {
    expect(phaseOf(state(tickOf(drawn)))).toBe(phase);
  });

  it('is that it goes on until its last packet was read', () => {
    expect(isCapturing(tickOf())).toBe(true);
    expect(isCapturing(tickOf({ load: 'done' }))).toBe(false);
    expect(isCapturing(tickOf({ kind: 'file' }))).toBe(false);
    expect(isCapturing(null)).toBe(false);
  });
});
