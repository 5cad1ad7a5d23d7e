import type { InterfaceRequest, LiveRequest, SourceRequest, SshRequest } from '../../shared/contract/live';
import { engine } from '../client/engine';
import { hideSources, showSources, useLayout } from '../stores/layout';
import { useLive } from '../stores/live';
import { noteUse } from '../stores/servers';
import { isCapturing, useSession } from '../stores/session';
import { texts } from '../texts';
import { complain } from './complain';
import { startDemo } from './demo';
import { openLive, remember } from './session';

const adds = (): boolean => useLayout.getState().sources?.adds ?? false;

/** Starts capturing an interface, and remembers how; where a further source was asked for, in the session that goes on. */
export const startCapture = (request: InterfaceRequest): Promise<void> =>
  adds() ? addSource(request, request.interface) : startInterface(request);

const startInterface = (request: InterfaceRequest): Promise<void> =>
  openLive(request.interface, request, (session) => {
    useLive.setState({ started: { session, request } });
    void remember(request);
  });

/** The same on a server. */
export const startServerCapture = (request: SshRequest): Promise<void> =>
  adds() ? addSource(request, request.target) : startServer(request);

const startServer = (request: SshRequest): Promise<void> =>
  openLive(request.target, request, (session) => {
    useLive.setState({ started: { session, request } });
    void remember(request);
    void noteUse(request);
  });

/** Captures this too. Where it fails nothing else changes. */
async function addSource(request: SourceRequest, name: string): Promise<void> {
  try {
    const { id } = await engine.call('live.add', { request });
    const { started } = useLive.getState();
    if (started?.session === id) useLive.setState({ started: { ...started, added: [...(started.added ?? []), request] } });
    if (adds()) hideSources();
    void remember(request);
    if (request.kind === 'ssh') void noteUse(request);
  } catch (error) {
    complain(error, texts.live.failed(name));
  }
}

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
  if (started && started.session === useSession.getState().tick?.session?.id) await startAll(started.request, started.added ?? []);
  else showSources(useSession.getState().tick?.live?.kind ?? 'interface');
}

async function startAll(request: LiveRequest, added: readonly SourceRequest[]): Promise<void> {
  await start(request);
  if (!isCapturing(useSession.getState().tick)) return;
  for (const each of added) await addSource(each, each.kind === 'ssh' ? each.target : each.interface);
}

async function start(request: LiveRequest): Promise<void> {
  if (request.kind === 'interface') await startInterface(request);
  else if (request.kind === 'ssh') await startServer(request);
  else if (request.kind === 'demo') await startDemo();
  else showSources();
}

/** One key for both: stops what is captured, or leads to where capturing is started. */
export function toggleCapture(): void {
  if (isCapturing(useSession.getState().tick)) void stopCapture();
  else if (useLayout.getState().sources?.door === 'interface') hideSources();
  else showSources('interface');
}
