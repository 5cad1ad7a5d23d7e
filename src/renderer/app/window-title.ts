import type { Tick } from '../../shared/contract/engine';
import { isCapturing } from '../stores/session';
import { texts } from '../texts';

/** The window is named after its source, as in the system's list of windows. */
export function nameWindow(tick: Tick | null): void {
  const name = tick?.session?.name;
  const app = texts.frame.app;
  const source = name !== undefined && isCapturing(tick) && tick?.live?.kind !== 'demo' ? texts.live.title(name) : name;
  const title = source === undefined ? app : `${source} · ${app}`;
  if (document.title !== title) document.title = title;
}
