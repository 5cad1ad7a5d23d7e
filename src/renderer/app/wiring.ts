import type { AlertNews } from '../../shared/contract/alerts';
import { ENGINE_PORT_MESSAGE, type EngineState } from '../../shared/contract/desktop';
import type { Tick } from '../../shared/contract/engine';
import type { AlertLink } from '../../shared/contract/notifications';
import { engine } from '../client/engine';
import { pagePort } from '../client/page-port';
import { painted } from '../client/painted';
import { openAlert, takeAlertNews } from '../stores/alerts';
import { adoptFilter } from '../stores/filter';
import { showView } from '../stores/layout';
import { meterTick } from '../stores/live';
import { useNotifications } from '../stores/notifications';
import { loadProfiles } from '../stores/profiles';
import { clearSelection, refreshSelected } from '../stores/selection';
import { loadServers } from '../stores/servers';
import { type SessionState, selectSessionId, useSession } from '../stores/session';
import { forgetQuestions, takeQuestion } from '../stores/ssh-questions';
import { beginAction, forgetContexts, wireContexts } from './contexts';
import { holdWindow, leaveWindow } from './leave/leave';
import { openFirst } from './session';
import { nameWindow } from './window-title';

/** Joins the page to the engine's port and to the desktop. Called once, before anything is drawn. */
export function wire(): void {
  window.addEventListener('message', (event) => {
    const [port] = event.ports;
    if (event.source !== window || event.data?.type !== ENGINE_PORT_MESSAGE || !port) return;
    engine.connect(pagePort(port), onTick, onAlerts, takeQuestion);
  });
  window.portlight.onEngineState(onEngineState);
  window.portlight.onOpenFiles(openFirst);
  window.portlight.notifications.onOpenAlert(onOpenAlert);
  window.portlight.notifications.onState((state) => useNotifications.setState({ state }));
  window.portlight.onCloseAsked(() => void leaveWindow());
  wireContexts();
  void loadServers();
  void loadProfiles();
  void window.portlight.recentSources().then((recent) => useSession.setState({ recent }));
  void window.portlight.initialFiles().then(openFirst);
}

function onTick(tick: Tick): Promise<void> {
  const id = tick.session?.id ?? null;
  const before = selectSessionId(useSession.getState());
  meterTick(tick);
  holdWindow(tick);
  nameWindow(tick);
  const annotations = useSession.getState().tick?.annotations.revision;
  useSession.setState(({ opening }) => ({ tick, opening: opening && opening.id === id ? null : opening }));
  if (id !== before) {
    clearSelection();
    adoptFilter(tick.filter);
    forgetContexts();
  } else if (tick.annotations.revision !== annotations) refreshSelected();
  return painted();
}

function onAlerts(news: AlertNews): Promise<void> {
  takeAlertNews(news);
  return painted();
}

/** Somebody clicked a notification; what it told of may be of a capture that was closed meanwhile. */
function onOpenAlert(link: AlertLink | null): void {
  beginAction();
  if (link === null) showView('alerts');
  else if (selectSessionId(useSession.getState()) === link.session) openAlert(link.alert);
}

function onEngineState(state: EngineState): void {
  const { tick, lost, opening } = useSession.getState();
  useSession.setState({ engine: state });
  if (state.phase !== 'restarting' && state.phase !== 'failed') return;
  const problem = { code: 'engine-ended', sentence: 'The engine ended unexpectedly.', next: 'Open the file again.' };
  if (state.phase === 'failed') engine.giveUp(problem);
  else engine.disconnect(problem);
  forgetQuestions();
  useSession.setState({ tick: null, opening: null, lost: lostSource(tick) ?? opening ?? lost });
  holdWindow(null);
  nameWindow(null);
  clearSelection();
}

function lostSource(tick: Tick | null): SessionState['lost'] {
  const session = tick?.session;
  if (!session) return null;
  return tick.live === null ? { path: session.path, isFile: true } : { path: session.name, isFile: false };
}
