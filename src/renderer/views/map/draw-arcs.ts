import type { Coordinates, MapEvent } from '../../../shared/contract/map';
import { ARC_LIFE, type Arc, type ArcField, mergeEvents } from './arc-field';
import { ARC_PIECES, mercator } from './great-circle';
import type { MapColors, Tone } from './tones';

/** How the map's square lies on the canvas, px. */
export interface Projection {
  readonly size: number;
  readonly left: number;
  readonly top: number;
}

type Tones = MapColors['tones'];

/** Of an arc's life: the head has arrived, the tail has left. */
const ARRIVED = 0.55;
const LEFT = 0.3;
/** A step of more than half of the map is one over its edge. */
const OVER_EDGE = 0.5;
const HEAD = 2.4;
/** With more arcs their whole ways are not drawn faintly below them: one sees a haze, and it costs more than the arcs. */
const MAX_WAYS = 120;

/** Draws what is under way at `now`. False: nothing is, so that no frame need follow. */
export function drawMoving(context: CanvasRenderingContext2D, view: Projection, field: ArcField, now: number, tones: Tones): boolean {
  field.expire(now);
  const byTone = new Map<Tone, Arc[]>();
  for (const arc of field.arcs) {
    if (now < arc.start) continue;
    const same = byTone.get(arc.tone);
    if (same) same.push(arc);
    else byTone.set(arc.tone, [arc]);
  }
  for (const [tone, arcs] of byTone) {
    context.strokeStyle = tones[tone];
    context.fillStyle = tones[tone];
    if (field.arcs.length <= MAX_WAYS) {
      const ways = new Path2D();
      for (const { points } of arcs) trace(ways, view, points, 0, ARC_PIECES, 1);
      context.globalAlpha = 0.16;
      stroke(context, ways, 1);
    }
    const lines = new Path2D();
    // Among so many no one sees the corners.
    const step = field.arcs.length <= MAX_WAYS ? 1 : 3;
    for (const { points, start } of arcs) {
      const age = (now - start) / ARC_LIFE;
      trace(lines, view, points, Math.max(0, (age - LEFT) / (1 - LEFT)) * ARC_PIECES, Math.min(1, age / ARRIVED) * ARC_PIECES, step);
    }
    context.globalAlpha = 0.9;
    stroke(context, lines, 2);
    context.beginPath();
    for (const { points, start, count } of arcs) {
      const age = (now - start) / ARC_LIFE;
      if (age < ARRIVED) dot(context, view, points, Math.round((age / ARRIVED) * ARC_PIECES), HEAD + Math.min(3, Math.log10(count)));
    }
    context.fill();
  }
  context.globalAlpha = 1;
  return field.arcs.length > 0;
}

/** Draws the events' ways as lines that stay, each with a dot where it ends. */
export function drawLines(
  context: CanvasRenderingContext2D,
  view: Projection,
  events: readonly MapEvent[],
  field: ArcField,
  tones: Tones,
): void {
  // The worst last, on top.
  for (const { event, tone } of mergeEvents(events).sort((a, b) => a.rank - b.rank)) {
    const points = field.route(event);
    context.strokeStyle = tones[tone];
    context.fillStyle = tones[tone];
    const line = new Path2D();
    trace(line, view, points, 0, ARC_PIECES, 1);
    context.globalAlpha = 0.5;
    stroke(context, line, 2);
    context.globalAlpha = 1;
    context.beginPath();
    dot(context, view, points, event.inbound ? 0 : ARC_PIECES, 2);
    context.fill();
  }
}

/** The ring of a place of ours. */
export function drawRing(context: CanvasRenderingContext2D, view: Projection, at: Coordinates, radius: number, colors: MapColors): void {
  const [x, y] = mercator(at);
  context.beginPath();
  context.arc(x * view.size - view.left, y * view.size - view.top, radius, 0, 2 * Math.PI);
  context.fillStyle = colors.sea;
  context.strokeStyle = colors.accent;
  context.lineWidth = 2.5;
  context.fill();
  context.stroke();
}

/**
 * Draws a path so many of the screen's points wide. Without a graphics card a line wider than one takes fifty times as long as one that is not, so
 * thin ones are laid side by side.
 */
function stroke(context: CanvasRenderingContext2D, path: Path2D, width: number): void {
  const thin = 1 / window.devicePixelRatio;
  context.lineWidth = thin;
  context.save();
  for (let at = 0; at < Math.round(width / thin / 1.25); at++) {
    if (at > 0) context.translate(0.45 * thin, 0.8 * thin);
    context.stroke(path);
  }
  context.restore();
}

/** Adds the part of the way between two of its pieces, which need not be whole; of those between them every `step`th. */
function trace(path: CanvasPath, { size, left, top }: Projection, points: Float32Array, from: number, to: number, step: number): void {
  if (to <= from) return;
  let before = Number.NaN;
  for (let piece = from; ; piece = Math.min(to, (Math.floor(piece / step) + 1) * step)) {
    const x = coordinateAt(points, piece, 0);
    const y = coordinateAt(points, piece, 1);
    if (Math.abs(x - before) <= OVER_EDGE) path.lineTo(x * size - left, y * size - top);
    else path.moveTo(x * size - left, y * size - top);
    before = x;
    if (piece >= to) return;
  }
}

function dot(
  context: CanvasRenderingContext2D,
  { size, left, top }: Projection,
  points: Float32Array,
  piece: number,
  radius: number,
): void {
  const x = coordinateAt(points, piece, 0);
  const y = coordinateAt(points, piece, 1);
  context.moveTo(x * size - left + radius, y * size - top);
  context.arc(x * size - left, y * size - top, radius, 0, 2 * Math.PI);
}

/** x (`axis` 0) or y (1) between two points; over the map's edge that of the first. */
function coordinateAt(points: Float32Array, piece: number, axis: 0 | 1): number {
  const low = Math.min(ARC_PIECES, Math.floor(piece));
  const value = points[2 * low + axis] ?? 0;
  const share = piece - low;
  if (share === 0) return value;
  const high = Math.min(ARC_PIECES, low + 1);
  if (Math.abs((points[2 * high] ?? 0) - (points[2 * low] ?? 0)) > OVER_EDGE) return value;
  return value + ((points[2 * high + axis] ?? 0) - value) * share;
}
