import { useEffect, useRef } from 'react';
import { useMap } from 'react-leaflet';
import type { MapPlace } from '../../../shared/contract/map';
import { projectionOf } from './bounds';
import { HEAT_CELL, type HeatField, heatColours, heatField, heatPoints, heatShare } from './heat';
import styles from './map.module.css';
import type { Shade } from './map-store';
import type { MapColors } from './tones';

interface HeatLayerProps {
  readonly places: readonly MapPlace[];
  readonly shade: Shade;
  readonly colors: MapColors;
  /** The hottest that is in sight, for the legend. */
  onMost(most: number): void;
}

const STEPS = 256;

/** Where it is hot, on a canvas over the countries: drawn anew when the map was moved or the places changed, not with every frame. */
export function HeatLayer({ places, shade, colors, onMost }: HeatLayerProps) {
  const map = useMap();
  const canvas = useRef<HTMLCanvasElement>(null);
  const most = useRef(onMost);
  most.current = onMost;

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const table = heatColours(colors.heat, STEPS);
    let frame = 0;
    const paint = (): void => {
      frame = 0;
      const { x: width, y: height } = map.getSize();
      const field = heatField(heatPoints(places, shade, projectionOf(map)), width, height);
      element.width = field.columns;
      element.height = field.rows;
      element.style.width = `${field.columns * HEAT_CELL}px`;
      element.style.height = `${field.rows * HEAT_CELL}px`;
      context.putImageData(picture(field, table), 0, 0);
      most.current(field.most);
    };
    const later = (): void => {
      if (frame === 0) frame = requestAnimationFrame(paint);
    };
    map.on('move zoom resize viewreset', later);
    later();
    return () => {
      if (frame !== 0) cancelAnimationFrame(frame);
      map.off('move zoom resize viewreset', later);
    };
  }, [map, places, shade, colors]);

  return <canvas ref={canvas} className={styles.heat} data-testid="map-heat" aria-hidden />;
}

/** One point a cell; the page draws it larger and smooth. */
function picture({ columns, rows, values, most }: HeatField, table: Uint8ClampedArray): ImageData {
  const image = new ImageData(columns, rows);
  for (const [at, value] of values.entries()) {
    if (value === 0) continue;
    const step = 4 * Math.round(heatShare(value, most) * (STEPS - 1));
    for (let i = 0; i < 4; i++) image.data[4 * at + i] = table[step + i] ?? 0;
  }
  return image;
}
