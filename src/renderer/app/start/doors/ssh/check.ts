import { create } from 'zustand';
import type { Problem } from '../../../../../shared/base/result';
import type { SshRequest } from '../../../../../shared/contract/live';
import type { SshPlan } from '../../../../../shared/contract/ssh';
import { engine } from '../../../../client/engine';
import { problemOf, wasCancelled } from '../../../../client/engine-client';
import { isSame, useServers } from '../../../../stores/servers';
import { formOf, requestOf, type ServerForm, savedForm, useServerForm } from './form-store';

export type Check =
  | { readonly state: 'none' }
  | { readonly state: 'checking'; readonly target: string }
  | {
      readonly state: 'known';
      readonly target: string;
      readonly plan: SshPlan;
      /** The interface was not asked for by name: it is the one that the connection comes in by. */
      readonly isUsual: boolean;
    }
  | { readonly state: 'failed'; readonly target: string; readonly problem: Problem };

const NONE: Check = { state: 'none' };

/** What was found out about the server that is being chosen. */
export const useCheck = create<{ readonly check: Check }>(() => ({ check: NONE }));

let running: AbortController | null = null;

const show = (check: Check): void => useCheck.setState({ check });

/** Connects and looks. Gives whether a capture can start; what was found stays to be read. */
export async function checkServer(request: SshRequest): Promise<boolean> {
  running?.abort();
  const mine = new AbortController();
  running = mine;
  const { target } = request;
  show({ state: 'checking', target });
  try {
    const plan = await engine.call('ssh.plan', { request }, mine.signal);
    if (mine !== running) return false;
    show({ state: 'known', target, plan, isUsual: request.interface === null });
    return plan.problem === null;
  } catch (error) {
    if (mine === running) show(wasCancelled(error) ? NONE : { state: 'failed', target, problem: problemOf(error) });
    return false;
  }
}

/** Also gives up a check that is under way. */
export function forgetCheck(): void {
  running?.abort();
  running = null;
  show(NONE);
}

/** Another server than the one that was looked at. */
export function chooseServer(form: ServerForm): void {
  forgetCheck();
  useServerForm.setState(form);
}

/** Shows how this was asked for; where the form says so already, with what was found out. */
export function showRequest(request: SshRequest): void {
  const shown = requestOf(useServerForm.getState());
  if (shown !== null && isSame(shown, request)) return;
  const saved = useServers.getState().saved.find((one) => isSame(one.request, request));
  chooseServer(saved ? savedForm(saved) : formOf(request));
}

/** What was found out holds for one server and one way in; where something was in the way, what is changed may have been it. */
export function changeServer(changed: Partial<ServerForm>): void {
  const { check } = useCheck.getState();
  const isOther = 'target' in changed || 'identity' in changed;
  if (isOther || (check.state === 'known' && check.plan.problem !== null)) forgetCheck();
  useServerForm.setState('target' in changed ? { ...changed, interface: null } : changed);
}
