import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EngineState } from '../../src/shared/contract/desktop';
import { type LaunchedApp, launchApp } from './harness';

interface Watched {
  readonly phases: EngineState['phase'][];
  ports: number;
}

describe('the engine', () => {
  let launched: LaunchedApp;

  beforeEach(async () => {
    launched = await launchApp();
    await launched.page.evaluate(async () => {
      const watched: Watched = { phases: [], ports: 0 };
      Object.assign(window, { watched });
      window.addEventListener('message', (event) => {
        if (event.data?.type === 'portlight:engine-port' && event.ports.length === 1) watched.ports++;
      });
      window.portlight.onEngineState((state) => watched.phases.push(state.phase));
    });
    await expect.poll(phases).toContain('ready');
  });

  afterEach(() => launched.close());

  const watched = (): Promise<Watched> => launched.page.evaluate(() => (window as unknown as { watched: Watched }).watched);
  const phases = async (): Promise<EngineState['phase'][]> => (await watched()).phases;

  /** Ends the engine's process as the system would. */
  const killEngine = (): Promise<boolean> =>
    launched.app.evaluate(({ app }) => {
      const engine = app.getAppMetrics().find((process) => process.name === 'Portlight engine');
      return engine !== undefined && process.kill(engine.pid, 'SIGKILL');
    });

  it('is started again when it ends unexpectedly, and the page is told and gets a new port', async () => {
    const before = (await watched()).ports;
    expect(await killEngine()).toBe(true);
    await expect.poll(phases, { timeout: 10_000 }).toEqual(expect.arrayContaining(['restarting', 'ready']));
    await expect.poll(async () => (await phases()).at(-1), { timeout: 10_000 }).toBe('ready');
    await expect.poll(async () => (await watched()).ports).toBe(before + 1);
  });

  it('is given up after ends in a row until a person asks for it again', { timeout: 60_000 }, async () => {
    const ended = async (): Promise<boolean> => {
      await killEngine();
      return (await phases()).at(-1) === 'failed';
    };
    await expect.poll(ended, { timeout: 45_000, interval: 200 }).toBe(true);
    await launched.page.evaluate(() => window.portlight.restartEngine());
    await expect.poll(async () => (await phases()).at(-1), { timeout: 10_000 }).toBe('ready');
  });
});

describe('a page that loads again', () => {
  it('gets a port of its own', async () => {
    const launched = await launchApp();
    try {
      await launched.page.addInitScript(() => {
        window.addEventListener('message', (event) => {
          if (event.data?.type === 'portlight:engine-port') document.documentElement.dataset.port = `${event.ports.length}`;
        });
      });
      await launched.page.reload();
      await expect.poll(() => launched.page.evaluate(() => document.documentElement.dataset.port)).toBe('1');
    } finally {
      await launched.close();
    }
  });
});
