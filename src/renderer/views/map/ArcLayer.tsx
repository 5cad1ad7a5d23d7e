import { useEffect, useRef } from 'react';
import { useMap } from 'react-leaflet';
import type { Coordinates, MapEvent } from '../../../shared/contract/map';
import type { ArcField } from './arc-field';
import { projectionOf } from './bounds';
import { drawLines, drawMoving, drawRing } from './draw-arcs';
import { HOME_RADIUS, OWN_RADIUS } from './MarkerLayer';
import styles from './map.module.css';
import type { MapColors } from './tones';

interface ArcLayerProps {
  readonly field: ArcField;
  /** Drawn as lines that stay; null: arcs move as they come. */
  readonly lines: readonly MapEvent[] | null;
  /** Where arcs lead to; null: nowhere, none is drawn. */
  readonly home: Coordinates | null;
  /** Further places of ours. */
  readonly ownPlaces: readonly Coordinates[];
  readonly colors: MapColors;
}

/** Arcs over the map, on a canvas of their own: the map below is not drawn anew for them. */
export function ArcLayer({ field, lines, home, ownPlaces, colors }: ArcLayerProps) {
  const map = useMap();
  const canvas = useRef<HTMLCanvasElement>(null);
  const shown = useRef({ lines, home, ownPlaces, colors });
  shown.current = { lines, home, ownPlaces, colors };
  const draw = useRef<() => void>(() => undefined);

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    let frame = 0;
    const paint = (): void => {
      frame = 0;
      const { lines, home, ownPlaces, colors } = shown.current;
      const { x: width, y: height } = map.getSize();
      const ratio = window.devicePixelRatio;
      if (element.width !== Math.round(width * ratio) || element.height !== Math.round(height * ratio)) {
        element.width = Math.round(width * ratio);
        element.height = Math.round(height * ratio);
      }
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, width, height);
      if (!home) return;
      const view = projectionOf(map);
      if (lines) drawLines(context, view, lines, field, colors.tones);
      else if (drawMoving(context, view, field, performance.now(), colors.tones)) later();
      // Ours is seen over heat and arcs; the marker below takes the pointer.
      for (const own of ownPlaces) drawRing(context, view, own, OWN_RADIUS, colors);
      drawRing(context, view, home, HOME_RADIUS, colors);
    };
    const later = (): void => {
      if (frame === 0) frame = requestAnimationFrame(paint);
    };
    draw.current = later;
    map.on('move zoom resize viewreset', later);
    field.onAdd = later;
    later();
    return () => {
      if (frame !== 0) cancelAnimationFrame(frame);
      map.off('move zoom resize viewreset', later);
      field.onAdd = null;
    };
  }, [map, field]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: any of them changes the picture
  useEffect(() => draw.current(), [lines, home, ownPlaces, colors]);

  return <canvas ref={canvas} className={styles.arcs} aria-hidden />;
}
