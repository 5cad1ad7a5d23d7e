import { create } from 'zustand';
import type { SshRequest } from '../../../../../shared/contract/live';
import type { SavedServer } from '../../../../../shared/contract/servers';
import { choiceOf, type SnapLengthChoice, snapLengthOf, WHOLE_PACKETS } from '../snap-length';

export interface ServerForm extends SnapLengthChoice {
  /** The saved server that is shown; null: none. */
  readonly saved: string | null;
  readonly name: string;
  readonly target: string;
  /** null: the one that the connection comes in by. */
  readonly interface: string | null;
  readonly filter: string;
  readonly identity: string | null;
}

export const EMPTY: ServerForm = {
  saved: null,
  name: '',
  target: '',
  interface: null,
  filter: '',
  identity: null,
  ...WHOLE_PACKETS,
};

/** What is chosen for the next capture on a server; it stays while other things are looked at. Nothing secret is in it. */
export const useServerForm = create<ServerForm>(() => EMPTY);

/** As it was asked for before. */
export function formOf({ target, filter, snapLength, identity, ...request }: SshRequest): ServerForm {
  return { ...EMPTY, target, interface: request.interface, filter, identity, ...choiceOf(snapLength) };
}

export const savedForm = ({ id, name, request }: SavedServer): ServerForm => ({ ...formOf(request), saved: id, name });

/** null where something that is needed is missing or wrong. */
export function requestOf(form: ServerForm): SshRequest | null {
  const target = form.target.trim();
  const snapLength = snapLengthOf(form);
  if (target === '' || snapLength === 'wrong') return null;
  return { kind: 'ssh', target, interface: form.interface, filter: form.filter.trim(), snapLength, identity: form.identity };
}
