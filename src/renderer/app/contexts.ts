import { engine } from '../client/engine';
import { selectAlert, useAlerts } from '../stores/alerts';
import { begun, type Context, changed, contextAt, isSameRange, stepped, useContextHistory } from '../stores/context-history';
import { applyFilter, useFilter } from '../stores/filter';
import { closeFollow, useFollow } from '../stores/follow';
import { selectHost, useHosts } from '../stores/hosts';
import { hideSettings, hideSources, showView, useLayout } from '../stores/layout';
import { clearSelection, revealPacket, selectFlow, selectPacket, useSelection } from '../stores/selection';
import { selectSessionId, useSession } from '../stores/session';

/** Keys that move through a list or along an edge: a run of them is one action, and only where it ended counts. */
const MOVING = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End']);
const MODIFIERS = new Set(['Alt', 'AltGraph', 'Control', 'Meta', 'Shift']);
/** `MouseEvent.button` of the buttons at the side of a mouse. */
const MOUSE_BACK = 3;
const MOUSE_FORWARD = 4;

/** Counts what the person did. */
let action = 0;
let isMoving = false;
/** The action that brought an entry back which is not all there yet. */
let restoring: number | null = null;

function present(): Context {
  const { text, range } = useFilter.getState();
  const { kind, packet, flow } = useSelection.getState();
  const host = useHosts.getState();
  return {
    view: useLayout.getState().view,
    text,
    range,
    selected: kind === 'packet' && packet !== null ? { packet } : kind === 'flow' && flow !== null ? { flow: flow.index } : null,
    alert: useAlerts.getState().selected,
    host: host.session === selectSessionId(useSession.getState()) ? host.address : null,
  };
}

function note(): void {
  if (restoring === action || selectSessionId(useSession.getState()) === null) return;
  useContextHistory.setState((history) => changed(history, present(), action));
}

/** A new session has another past. */
export function forgetContexts(): void {
  restoring = null;
  useContextHistory.setState(begun(present(), action));
}

/** What follows was caused by the person, although the page saw no key and no click of it. */
export function beginAction(): void {
  action++;
  isMoving = false;
}

function onKeyDown({ key, altKey, ctrlKey, metaKey, repeat }: KeyboardEvent): void {
  const moves = MOVING.has(key) && !altKey && !ctrlKey && !metaKey;
  if (MODIFIERS.has(key) || (moves ? isMoving : repeat)) return;
  beginAction();
  isMoving = moves;
}

function onMouseUp(event: MouseEvent): void {
  if (event.button !== MOUSE_BACK && event.button !== MOUSE_FORWARD) return;
  event.preventDefault();
  void (event.button === MOUSE_BACK ? goBack() : goForward());
}

/** Keeps the history of contexts. Called once. */
export function wireContexts(): void {
  // Before anybody handles the event: what is done then belongs to it.
  window.addEventListener('keydown', onKeyDown, true);
  window.addEventListener('pointerdown', beginAction, true);
  window.addEventListener('mouseup', onMouseUp);
  useLayout.subscribe((state, before) => state.view !== before.view && note());
  // A range holds before the engine answered; only what it took is an entry.
  useFilter.subscribe((state, before) => state.id !== before.id && note());
  useSelection.subscribe(
    (state, before) => (state.kind !== before.kind || state.packet !== before.packet || state.flow !== before.flow) && note(),
  );
  useAlerts.subscribe((state, before) => state.selected !== before.selected && note());
  useHosts.subscribe(note);
}

export async function goBack(): Promise<void> {
  const { settings, sources } = useLayout.getState();
  // What stands over the view is left first; the view is as it was.
  if (settings) hideSettings();
  else if (sources !== null) hideSources();
  else if (useFollow.getState().flow !== null) closeFollow();
  else await step(-1);
}

export const goForward = (): Promise<void> => step(1);

async function step(by: -1 | 1): Promise<void> {
  const history = useContextHistory.getState();
  const context = contextAt(history, by);
  if (context === null || selectSessionId(useSession.getState()) === null) return;
  beginAction();
  const mine = action;
  restoring = mine;
  useContextHistory.setState(stepped(history, by, mine));
  try {
    await restore(context, () => mine === action);
  } finally {
    if (restoring === mine) restoring = null;
    // What could not be brought back, or what was done meanwhile.
    note();
  }
}

/** As far as the person does nothing else meanwhile. */
async function restore({ view, text, range, selected, alert, host }: Context, isWanted: () => boolean): Promise<void> {
  const filter = useFilter.getState();
  if (filter.text !== text || !isSameRange(filter.range, range)) await applyFilter(text, range);
  const flow = selected !== null && 'flow' in selected ? await flowRow(selected.flow) : null;
  if (!isWanted()) return;
  // A list that appears shows what is selected by itself, and one that follows the newest packets goes on with that.
  const isShown = useLayout.getState().view === view;
  showView(view);
  if (useAlerts.getState().selected !== alert) selectAlert(alert);
  if (present().host !== host) selectHost(host);
  if (selected !== null && 'packet' in selected) {
    const isSelected = useSelection.getState().packet === selected.packet;
    (isShown && !isSelected ? revealPacket : selectPacket)(selected.packet);
  } else if (flow) selectFlow(flow);
  else clearSelection();
}

/** Null where it is not kept any more. */
async function flowRow(index: number) {
  try {
    return await engine.call('flows.get', { index });
  } catch {
    return null;
  }
}
