import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWindowState } from '../../../src/main/window-state';

const LAPTOP = { x: 0, y: 25, width: 1280, height: 775 };
const MONITOR = { x: 1280, y: 0, width: 2560, height: 1440 };

describe('readWindowState', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'portlight-window-'));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  function stored(value: unknown): string {
    const path = join(folder, 'window.json');
    writeFileSync(path, JSON.stringify(value));
    return path;
  }

  it('gives back where the window was', () => {
    const state = { x: 1500, y: 100, width: 1000, height: 700, maximized: true };
    expect(readWindowState(stored(state), [LAPTOP, MONITOR])).toEqual(state);
  });

  it('centres the window when its screen is gone, no larger than the one that is left', () => {
    const state = { x: 1500, y: 100, width: 1000, height: 700, maximized: false };
    expect(readWindowState(stored(state), [LAPTOP])).toEqual({ x: 0, y: 25, width: 1280, height: 775, maximized: false });
    expect(readWindowState(join(folder, 'missing.json'), [MONITOR])).toEqual({
      x: 1840,
      y: 270,
      width: 1440,
      height: 900,
      maximized: false,
    });
  });

  it.each([null, [], 'x', { x: 1 }, { x: 0, y: 0, width: -5, height: 700, maximized: false }, { x: 0.5, y: 0, width: 5, height: 7 }])(
    'ignores a state that makes no sense: %j',
    (value) => {
      expect(readWindowState(stored(value), [MONITOR]).width).toBe(1440);
    },
  );
});
