import { resolve } from 'node:path';
import type { Capture } from '../engine/capture';
import type { GeoDatabase } from '../engine/enrich/geo/geo-database';
import { Places } from '../engine/enrich/geo/places';
import { RecordedCapture } from '../engine/history/recorded-capture';
import { identify } from '../engine/store/capture-identity';
import { openStore } from '../engine/store/open-store';
import type { Store } from '../engine/store/store';
import { complain, Exit } from './output';

/** What keeps a capture: the history, and what knows countries. */
export interface Keeper {
  readonly store: Store;
  readonly geo: GeoDatabase | null;
}

/** Runs with the history at `path`, which is made where there is none; without a path no database is touched. */
export async function withDatabase(path: string | undefined, run: (store: Store | null) => Promise<number>): Promise<number> {
  if (path === undefined) return run(null);
  const opened = await openStore(resolve(path));
  if (!opened.ok) {
    complain(opened.problem);
    return Exit.Failed;
  }
  for (const problem of opened.value.problems) complain(problem);
  try {
    return await run(opened.value);
  } finally {
    await opened.value.close();
  }
}

/** Runs what reads the capture of FILE and keeps what it read. What could not be kept makes the exit status 1. */
export async function keeping(keeper: Keeper | null, file: string, capture: Capture, run: () => Promise<number>): Promise<number> {
  if (!keeper) return run();
  const { store, geo } = keeper;
  const path = file === '-' ? 'standard input' : resolve(file);
  // Standard input and pipes are not found again: each time they are another capture.
  const identity = file === '-' ? null : await identify(file);
  const facts = { path, packets: 0, bytes: 0, firstEpoch: '', lastEpoch: '', flows: 0 };
  const opened = await store.captureOpened(identity?.ok ? identity.value : null, facts, Date.now());
  if (!opened.ok) {
    complain(opened.problem);
    return Exit.Failed;
  }
  const places = geo && new Places(geo, capture.tables.addresses);
  const recorded = new RecordedCapture(capture, path, store, opened.value, (address) => places?.countryOf(address) ?? null);
  const status = await run();
  const ended = await recorded.end(capture.ended);
  if (ended.ok) return status;
  complain(ended.problem);
  return Exit.Failed;
}
