import type { Rectangle } from 'electron';
import { readJsonFile } from './json-file';

export interface WindowState extends Rectangle {
  readonly maximized: boolean;
}

export const SMALLEST_WINDOW = { width: 880, height: 560 } as const;
const FIRST_SIZE = { width: 1440, height: 900 } as const;

/** Where the window was, if that still lies on a screen; else centred on the first one, no larger than it. */
export function readWindowState(store: string, workAreas: readonly Rectangle[]): WindowState {
  const stored = readJsonFile(store);
  if (isWindowState(stored) && workAreas.some((area) => overlaps(stored, area))) return stored;
  const area = workAreas[0] ?? { x: 0, y: 0, ...FIRST_SIZE };
  const width = Math.min(FIRST_SIZE.width, area.width);
  const height = Math.min(FIRST_SIZE.height, area.height);
  return {
    x: area.x + Math.floor((area.width - width) / 2),
    y: area.y + Math.floor((area.height - height) / 2),
    width,
    height,
    maximized: false,
  };
}

function isWindowState(value: unknown): value is WindowState {
  if (typeof value !== 'object' || value === null) return false;
  const state = value as Partial<Record<keyof WindowState, unknown>>;
  const numbers = [state.x, state.y, state.width, state.height];
  return (
    numbers.every((number) => Number.isInteger(number)) &&
    Number(state.width) > 0 &&
    Number(state.height) > 0 &&
    typeof state.maximized === 'boolean'
  );
}

/** Enough of the title bar to take hold of. */
const GRIP = 64;

const overlaps = (a: Rectangle, b: Rectangle): boolean =>
  a.x + a.width - GRIP >= b.x && a.x + GRIP <= b.x + b.width && a.y >= b.y && a.y + GRIP <= b.y + b.height;
