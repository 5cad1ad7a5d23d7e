import type { Coordinates, MapEvent } from '../../../shared/contract/map';
import { greatCircle } from './great-circle';
import { type Tone, toneOf } from './tones';

/** Arcs that are drawn at a time: more are one bright knot, and a frame must not take longer than 16 ms. */
export const MAX_ARCS = 1000;
/** Routes whose points are kept, 400 bytes each. */
const MAX_ROUTES = 4096;
/** How long an arc is seen, ms. */
export const ARC_LIFE = 1800;
/** Seconds that the numbers of what was drawn are of. */
export const STATED_SECONDS = 10;

export interface Arc {
  readonly points: Float32Array;
  readonly tone: Tone;
  /** Events that it stands for: those of one place, direction and colour which came together. */
  readonly count: number;
  /** By the clock of `add`. */
  readonly start: number;
}

interface Stated {
  readonly second: number;
  drawn: number;
  events: number;
}

/** The arcs that are seen now: events become arcs as far as the budget goes, and all of them are counted. */
export class ArcField {
  arcs: Arc[] = [];
  /** Called when there is more to draw. */
  onAdd: (() => void) | null = null;
  #home: Coordinates | null = null;
  #routes = new Map<string, Float32Array>();
  #stated: Stated[] = [];

  /** Another home ends what is under way: its arcs lead to the old one. */
  setHome(home: Coordinates | null): void {
    if (home?.latitude === this.#home?.latitude && home?.longitude === this.#home?.longitude) return;
    this.#home = home;
    this.#routes.clear();
    this.arcs = [];
  }

  clear(): void {
    this.arcs = [];
    this.#stated = [];
  }

  /** Events that came at `now`, to begin within the next `spread` ms; `skipped` more are known of only by their number. */
  add(events: readonly MapEvent[], now: number, spread: number, skipped = 0): void {
    this.expire(now);
    const merged = mergeEvents(events);
    // Where not all find room, alerts and the worst come first.
    merged.sort((a, b) => b.rank - a.rank);
    const room = this.#home ? Math.max(0, MAX_ARCS - this.arcs.length) : 0;
    const chosen = merged.slice(0, room);
    let drawn = 0;
    for (const [index, { event, count, tone }] of chosen.entries()) {
      drawn += count;
      this.arcs.push({ points: this.route(event), tone, count, start: now + (spread * index) / chosen.length });
    }
    this.#state(now, drawn, events.length + skipped);
    this.onAdd?.();
  }

  /** Drops arcs whose life is over. */
  expire(now: number): void {
    if (this.arcs.some(({ start }) => now - start >= ARC_LIFE)) this.arcs = this.arcs.filter(({ start }) => now - start < ARC_LIFE);
  }

  /** Points of the way between an event's place and home. */
  route(event: MapEvent): Float32Array {
    const home = event.ours ?? this.#home ?? event;
    const key = wayOf(event);
    const known = this.#routes.get(key);
    if (known) return known;
    if (this.#routes.size >= MAX_ROUTES) this.#routes.clear();
    const points = event.inbound ? greatCircle(event, home) : greatCircle(home, event);
    this.#routes.set(key, points);
    return points;
  }

  /** Events of the last `STATED_SECONDS` that an arc stood for, and all of them. */
  stated(now: number): { readonly drawn: number; readonly events: number } {
    this.#stated = this.#stated.filter(({ second }) => second > now / 1000 - STATED_SECONDS);
    return this.#stated.reduce((sum, { drawn, events }) => ({ drawn: sum.drawn + drawn, events: sum.events + events }), {
      drawn: 0,
      events: 0,
    });
  }

  #state(now: number, drawn: number, events: number): void {
    const second = Math.floor(now / 1000);
    const last = this.#stated.at(-1);
    if (last?.second === second) {
      last.drawn += drawn;
      last.events += events;
    } else this.#stated.push({ second, drawn, events });
    if (this.#stated.length > 2 * STATED_SECONDS) this.#stated.shift();
  }
}

/** Events with the same have one way. */
const wayOf = ({ latitude, longitude, inbound, ours }: MapEvent): string =>
  `${latitude},${longitude},${inbound},${ours ? `${ours.latitude},${ours.longitude}` : ''}`;

export interface MergedEvents {
  readonly event: MapEvent;
  readonly tone: Tone;
  readonly rank: number;
  count: number;
}

/** One of each place, direction and colour, with how many there are. */
export function mergeEvents(events: readonly MapEvent[]): MergedEvents[] {
  const merged = new Map<string, MergedEvents>();
  for (const event of events) {
    const { tone, rank } = toneOf(event);
    const key = `${wayOf(event)},${tone}`;
    const known = merged.get(key);
    if (known) known.count++;
    else merged.set(key, { event, tone, rank, count: 1 });
  }
  return [...merged.values()];
}
