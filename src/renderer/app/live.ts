import type { InterfaceRequest, LiveRequest, SshRequest } from '../../shared/contract/live';
import { engine } from '../client/engine';
import { hideSources, showSources, useLayout } from '../stores/layout';
import { useLive } from '../stores/live';
import { noteUse } from '../stores/servers';
import { isCapturing, useSession } from '../stores/session';
import { complain } from './complain';
import { startDemo } from './demo';
import { openLive, remember } from './session';

/** Starts capturing an interface, and remembers how. */
export const startCapture = (request: InterfaceRequest): Promise<void> =>
  openLive(request.interface, request, (session) => {
    useLive.setState({ started: { session, request } });
    void remember(request);
  });

/** Starts capturing on a server, and remembers how. */
export const startServerCapture = (request: SshRequest): Promise<void> =>
  openLive(request.target, request, (session) => {
    useLive.setState({ started: { session, request } });
    void remember(request);
    void noteUse(request);
  });

/** What is captured stays as it is; nothing more comes. */
export async function stopCapture(): Promise<void> {
  try {
    await engine.call('live.stop', {});
  } catch (error) {
    complain(error);
  }
}

/** The same again where it is known, else the page on which it is chosen. */
export async function restartCapture(): Promise<void> {
  const { started } = useLive.getState();
  if (started && started.session === useSession.getState().tick?.session?.id) await start(started.request);
  else showSources(useSession.getState().tick?.live?.kind ?? 'interface');
}

async function start(request: LiveRequest): Promise<void> {
  if (request.kind === 'interface') await startCapture(request);
  else if (request.kind === 'ssh') await startServerCapture(request);
  else if (request.kind === 'demo') await startDemo();
  else showSources();
}

/** One key for both: stops what is captured, or leads to where capturing is started. */
export function toggleCapture(): void {
  if (isCapturing(useSession.getState().tick)) void stopCapture();
  else if (useLayout.getState().sources?.door === 'interface') hideSources();
  else showSources('interface');
}
