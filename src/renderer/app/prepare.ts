import { useEffect } from 'react';
import { engine } from '../client/engine';
import { useFilter } from '../stores/filter';
import { useLayout } from '../stores/layout';
import { selectSessionId, useSession } from '../stores/session';
import { VIEWS } from './views';

/** Nobody did anything for so long, ms. */
const REST_MS = 700;
/** Between two looks whether the engine still answers somebody. */
const LOOK_MS = 50;

/**
 * Asks for what the other views show while nobody does anything: one after the other, so that the engine answers in between, and never while
 * packets come or a filter is looked for. Nothing is kept for it but what each view keeps for itself: its newest answers.
 */
export function Prepare(): null {
  const session = useSession(selectSessionId);
  const isThrough = useSession(
    ({ tick }) => tick !== null && tick.packets > 0 && tick.load.state !== 'loading' && tick.load.state !== 'none' && !tick.filter.scanning,
  );
  const filter = useFilter((state) => state.id);
  const view = useLayout((state) => state.view);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each of these is something else to prepare, or begins the rest anew
  useEffect(() => {
    if (!isThrough) return;
    const stop = new AbortController();
    const timer = setTimeout(() => void prepareOthers(view, stop.signal), REST_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [isThrough, session, filter, view]);
  return null;
}

async function prepareOthers(view: string, signal: AbortSignal): Promise<void> {
  for (const { id, prepare } of VIEWS) {
    if (id === view || !prepare) continue;
    // What somebody looks at comes first.
    while (!engine.isIdle && !signal.aborted) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    if (signal.aborted || document.hidden) return;
    // Where it fails, the view says so when it is looked at.
    await prepare().catch(() => undefined);
    await new Promise((resolve) => requestIdleCallback(resolve, { timeout: REST_MS }));
  }
}
