import { create } from 'zustand';
import type { Problem } from '../../../../../shared/base/result';
import type { InterfaceRequest } from '../../../../../shared/contract/live';
import type { RecentSource } from '../../../../../shared/contract/sources';
import type { LocalInterface } from '../../../../../shared/model/capture-interfaces';
import { engine } from '../../../../client/engine';
import { problemOf } from '../../../../client/engine-client';
import { Latest } from '../../../../client/latest';
import { choiceOf, type SnapLengthChoice, snapLengthOf, WHOLE_PACKETS } from '../snap-length';

export interface CaptureForm extends SnapLengthChoice {
  /** null: none was chosen. */
  readonly interface: string | null;
  readonly filter: string;
  readonly promiscuous: boolean;
  /** What is wrong with the filter; null: nothing that is known. */
  readonly mistake: Problem | null;
}

/** What is chosen for the next capture; it stays while other things are looked at. */
export const useCaptureForm = create<CaptureForm>(() => ({
  interface: null,
  filter: '',
  ...WHOLE_PACKETS,
  promiscuous: true,
  mistake: null,
}));

const check = new Latest<string>(async (filter) => {
  try {
    const { problem } = await engine.call('live.check', { filter });
    if (useCaptureForm.getState().filter === filter) useCaptureForm.setState({ mistake: problem });
  } catch {
    // It is checked again when the capture starts.
  }
});

export function setFilter(filter: string): void {
  useCaptureForm.setState(filter.trim() === '' ? { filter, mistake: null } : { filter });
  if (filter.trim() !== '') check.ask(filter);
}

/** True where libpcap takes the filter; else the form says why not. */
export async function filterIsRight(): Promise<boolean> {
  const { filter } = useCaptureForm.getState();
  try {
    const { problem } = await engine.call('live.check', { filter });
    useCaptureForm.setState({ mistake: problem });
    return problem === null;
  } catch (error) {
    useCaptureForm.setState({ mistake: problemOf(error) });
    return false;
  }
}

/** As in the last capture. */
export function formOf({ filter, snapLength, promiscuous, ...request }: InterfaceRequest): Omit<CaptureForm, 'mistake'> {
  return { interface: request.interface, filter, ...choiceOf(snapLength), promiscuous };
}

/** The interface that is chosen: by the person, in the last capture, or the first that can be captured. */
export function chosenOf(form: CaptureForm, recent: readonly RecentSource[], interfaces: readonly LocalInterface[]): LocalInterface | null {
  const named = (name: string | null): LocalInterface | undefined => interfaces.find((one) => one.name === name);
  const last = recent.find((source) => source.kind === 'interface');
  return (
    named(form.interface) ?? (last && named(last.interface)) ?? interfaces.find(({ problem }) => problem === null) ?? interfaces[0] ?? null
  );
}

/** null where the number of bytes is none. */
export function requestOf(form: CaptureForm, name: string): InterfaceRequest | null {
  const snapLength = snapLengthOf(form);
  if (snapLength === 'wrong') return null;
  return { kind: 'interface', interface: name, filter: form.filter.trim(), snapLength, promiscuous: form.promiscuous };
}
