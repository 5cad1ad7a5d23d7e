import { spotlight } from '@mantine/spotlight';
import { useEffect } from 'react';
import { startComment, toggleMarks } from '../stores/annotations';
import { findNext, openFind } from '../stores/find';
import { showSettings, showView, toggleInspector } from '../stores/layout';
import { phaseOf, useSession } from '../stores/session';
import { goToMark } from './annotations';
import { playKey } from './brush/keys';
import { exportHere, runMenuCommand } from './commands';
import { goBack, goForward } from './contexts';
import { showGoTo, showKeys, showSaveFilter, useDialog } from './dialogs/dialog-store';
import { focusFilter } from './focus';
import { followSelected } from './follow';
import { toggleCapture } from './live';
import { savePackets } from './save/save';
import { openDialog } from './session';
import { VIEWS } from './views';

const isTyping = (target: EventTarget | null): boolean => target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
const hasPackets = (): boolean => phaseOf(useSession.getState()) === 'open';

const WITH_CTRL: Readonly<Record<string, () => void>> = {
  o: () => void openDialog(),
  f: () => useSession.getState().tick?.session && focusFilter(),
  k: spotlight.open,
  e: toggleCapture,
  ',': showSettings,
  g: () => hasPackets() && showGoTo(),
  d: () => hasPackets() && showSaveFilter(),
  i: () => hasPackets() && toggleInspector(),
  m: () => hasPackets() && toggleMarks(),
};

const WITH_ALT: Readonly<Record<string, () => void>> = { ArrowLeft: () => void goBack(), ArrowRight: () => void goForward() };

const WITH_CTRL_SHIFT: Readonly<Record<string, () => void>> = {
  s: savePackets,
  e: exportHere,
  f: () => hasPackets() && openFind(),
  n: () => hasPackets() && void goToMark(false),
  b: () => hasPackets() && void goToMark(true),
};

/** As in Wireshark. */
const WITH_CTRL_ALT: Readonly<Record<string, () => void>> = { c: startComment };

/** Keys that work wherever the focus is. */
export function useShortcuts(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      if (event.altKey) {
        const go = event.ctrlKey || event.shiftKey || event.metaKey ? undefined : WITH_ALT[event.key];
        if (go && hasPackets()) {
          event.preventDefault();
          go();
          return;
        }
        const comment = event.ctrlKey && !event.shiftKey ? WITH_CTRL_ALT[event.key.toLowerCase()] : undefined;
        if (comment && hasPackets()) {
          event.preventDefault();
          comment();
          return;
        }
        // As in Wireshark.
        if (!event.ctrlKey || !event.shiftKey || event.key.toLowerCase() !== 't' || !hasPackets()) return;
        event.preventDefault();
        followSelected();
        return;
      }
      if (event.key === 'F3' && hasPackets()) {
        event.preventDefault();
        void findNext(event.shiftKey);
        return;
      }
      const withCtrl = event.shiftKey ? WITH_CTRL_SHIFT : WITH_CTRL;
      const run = event.ctrlKey || event.metaKey ? withCtrl[event.key.toLowerCase()] : plainKey(event);
      if (!run) return;
      event.preventDefault();
      run();
    };
    window.addEventListener('keydown', onKeyDown);
    const stop = window.portlight.onMenuCommand(runMenuCommand);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      stop();
    };
  }, []);
}

function plainKey(event: KeyboardEvent): (() => void) | undefined {
  const { key, target } = event;
  if (isTyping(target) || useDialog.getState().open !== null) return undefined;
  if (key === '?') return showKeys;
  const view = VIEWS.find((each) => each.key === key);
  return view && hasPackets() ? () => showView(view.id) : playKey(event);
}
