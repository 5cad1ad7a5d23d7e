import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NATIVE_PACKAGES } from '../../scripts/lib/native-packages.mjs';
import { Database } from '../../src/engine/store/database';
import { Connection } from '../../src/engine/store/driver';
import { temporaryFolder } from '../builders/store';

/** Kills in all; PORTLIGHT_KILLS for more. */
const KILLS = Number(process.env.PORTLIGHT_KILLS ?? 200);
/** Databases at a time, each killed many times over. */
const LANES = 4;
/** From the start of the process, so that the opening is interrupted too. */
const SHORTEST_MS = 40;
const LONGEST_MS = 900;
const SEED = 20_261_121;

const folder = temporaryFolder();
/** Below the checkout: the bundle finds the native packages by its own place. */
const bundle = resolve('out', `.store-kill-${process.pid}`);

beforeAll(async () => {
  const entries = { 'store-worker': 'src/engine/store/store-worker.ts', writer: 'tests/builders/store-writer.ts' };
  for (const [name, entry] of Object.entries(entries))
    await build({
      configFile: false,
      logLevel: 'warn',
      ssr: { noExternal: true, external: NATIVE_PACKAGES },
      build: {
        ssr: resolve(entry),
        outDir: bundle,
        emptyOutDir: false,
        minify: false,
        rollupOptions: { external: NATIVE_PACKAGES, output: { entryFileNames: `${name}.js`, codeSplitting: false } },
      },
    });
});

afterAll(() => {
  folder.remove();
  rmSync(bundle, { recursive: true, force: true });
});

/** Lehmer's generator (Park and Miller 1988): the moments are the same in each run. */
function* moments(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (state * 48_271) % 2_147_483_647;
    yield SHORTEST_MS + (state % (LONGEST_MS - SHORTEST_MS));
  }
}

interface Promised {
  readonly capture: number;
  /** Rounds that were promised to be kept. */
  readonly rounds: readonly number[];
}

/** Runs the writer for so long, kills it, and gives what it was promised; null when it came to no capture. */
async function writeAndKill(path: string, afterMs: number): Promise<Promised | null> {
  const child = spawn(process.execPath, [join(bundle, 'writer.js'), path], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ended = new Promise<string | null>((settle) => child.on('close', (_, signal) => settle(signal)));
  await sleep(afterMs);
  child.kill('SIGKILL');
  expect([await ended, said], 'it ran until it was killed').toEqual(['SIGKILL', expect.not.stringContaining('problem')]);
  const numbers = (word: string): number[] => [...said.matchAll(new RegExp(`^${word} (\\d+)$`, 'gm'))].map(([, digits]) => Number(digits));
  const capture = numbers('capture')[0];
  return capture === undefined ? null : { capture, rounds: numbers('kept') };
}

function expectKept(connection: Connection, { capture, rounds }: Promised): void {
  const column = (sql: string): Set<unknown> => new Set(connection.all(sql, capture).map((row) => Object.values(row)[0]));
  const alerts = column('SELECT key FROM alerts WHERE capture_id = ?');
  const notes = column("SELECT key || ' ' || text FROM alert_notes WHERE capture_id = ? AND status = 'acknowledged'");
  const flows = column('SELECT flow FROM flows WHERE capture_id = ?');
  expect(rounds.filter((n) => !alerts.has(`alert ${n}`))).toEqual([]);
  expect(rounds.filter((n) => !notes.has(`alert ${n} note ${n}`))).toEqual([]);
  expect(rounds.filter((n) => !flows.has(n * 20) || !flows.has(n * 20 + 19))).toEqual([]);
  // Moved between the tables by sweeps that were killed as well: each round is counted once.
  const traffic = connection.get(
    `SELECT total(packets) AS packets FROM (SELECT * FROM rollup_minutes UNION ALL SELECT * FROM rollup_hours) WHERE capture_id = ?`,
    capture,
  )?.packets;
  // Of the round that was being written, what comes later in it may be missing.
  expect([alerts.size, alerts.size - 1]).toContain(traffic);
  expect([alerts.size * 20, (alerts.size - 1) * 20]).toContain(flows.size);
}

async function lane(number: number, kills: number): Promise<number> {
  const path = folder.path(`lane-${number}.sqlite`);
  const after = moments(SEED + number);
  const earlier: Promised[] = [];
  for (let kill = 0; kill < kills; kill++) {
    const promised = await writeAndKill(path, after.next().value);
    if (promised) earlier.push(promised);
    const opened = Database.open(path, Date.now());
    if (!opened.ok) throw new Error(opened.problem.sentence);
    expect(opened.value.problems).toEqual([]);
    const connection = new Connection(path);
    expect(connection.pragma('integrity_check')).toBe('ok');
    expect(connection.all('PRAGMA foreign_key_check')).toEqual([]);
    // The last one row by row, those before at the end.
    for (const one of kill === kills - 1 ? earlier : earlier.slice(-1)) expectKept(connection, one);
    connection.close();
    opened.value.close();
  }
  return earlier.reduce((rounds, one) => rounds + one.rounds.length, 0);
}

describe('a killed process', () => {
  it(`loses nothing that was promised, in ${KILLS} kills at any moment`, { timeout: 60_000 + KILLS * 1000 }, async () => {
    const kept = await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number, Math.ceil(KILLS / LANES))));
    // Otherwise the kills came before anything was written. On a busy machine many do.
    for (const rounds of kept) expect(rounds).toBeGreaterThan(KILLS / LANES / 4);
  });
});
