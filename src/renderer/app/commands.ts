import { spotlight } from '@mantine/spotlight';
import type { MenuCommand } from '../../shared/contract/desktop';
import type { SourceKind } from '../../shared/contract/live';
import type { RecentSource } from '../../shared/contract/sources';
import { clearFilter } from '../stores/filter';
import { setTheme, showSettings, showSources, showView, toggleInspector, useLayout } from '../stores/layout';
import { texts } from '../texts';
import { THEMES } from '../theme/theme';
import { annotationCommands } from './annotation-commands';
import { playCommands } from './brush/keys';
import { replayOpen } from './brush/replay';
import { goBack, goForward } from './contexts';
import { startDemo } from './demo';
import { showGoTo, showKeys, showSaveFilter, showTour } from './dialogs/dialog-store';
import { focusFilter } from './focus';
import { followSelected } from './follow';
import { toggleCapture } from './live';
import { personalCommands } from './profiles/commands';
import { recentEntry } from './recent';
import { exportFrom, savePackets } from './save/save';
import { openDialog, replayDialog } from './session';
import { VIEWS } from './views';

export interface Command {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  /** Shown beside it. */
  readonly keys?: string;
  readonly group: string;
  /** Only with a session. */
  readonly needsSession?: boolean;
  /** Only with a session of such a kind. */
  when?(kind: SourceKind): boolean;
  run(): void;
}

const words = texts.frame.commands;

/** Of what the present view shows. */
export const exportHere = (): void => exportFrom(useLayout.getState().view);

/** Everything that the palette offers. */
export function commands(recent: readonly RecentSource[]): readonly Command[] {
  const { groups } = words;
  return [
    ...VIEWS.map(({ id, title, key }) => ({
      id: `view-${id}`,
      label: words.show(title),
      keys: key,
      group: groups.views,
      needsSession: true,
      run: () => showView(id),
    })),
    { id: 'open', label: words.open, keys: 'Ctrl O', group: groups.actions, run: () => void openDialog() },
    { id: 'capture', label: texts.sources.commands.capture, keys: 'Ctrl E', group: groups.actions, run: toggleCapture },
    { id: 'server', label: texts.ssh.commands.open, group: groups.actions, run: () => showSources('ssh') },
    { id: 'demo', label: texts.demo.start, group: groups.actions, run: () => void startDemo() },
    { id: 'replay', label: texts.sources.commands.replay, group: groups.actions, run: () => void replayDialog() },
    { id: 'save', label: texts.live.save.command, keys: 'Ctrl Shift S', group: groups.actions, needsSession: true, run: savePackets },
    { id: 'export', label: texts.exports.command, keys: 'Ctrl Shift E', group: groups.actions, needsSession: true, run: exportHere },
    ...playCommands(groups.actions),
    { id: 'filter', label: words.filter, keys: 'Ctrl F', group: groups.actions, needsSession: true, run: focusFilter },
    { id: 'back', label: words.back, keys: 'Alt ←', group: groups.actions, needsSession: true, run: () => void goBack() },
    { id: 'forward', label: words.forward, keys: 'Alt →', group: groups.actions, needsSession: true, run: () => void goForward() },
    {
      id: 'save-filter',
      label: texts.savedFilters.commandSave,
      keys: 'Ctrl D',
      group: groups.actions,
      needsSession: true,
      run: showSaveFilter,
    },
    { id: 'clear', label: words.clear, group: groups.actions, needsSession: true, run: () => void clearFilter() },
    { id: 'go-to', label: words.goTo, keys: 'Ctrl G', group: groups.actions, needsSession: true, run: showGoTo },
    ...annotationCommands(groups.actions),
    { id: 'follow', label: texts.stream.command, keys: 'Ctrl Alt Shift T', group: groups.actions, needsSession: true, run: followSelected },
    { id: 'inspector', label: words.inspector, keys: 'Ctrl I', group: groups.actions, needsSession: true, run: toggleInspector },
    { id: 'settings', label: texts.settings.open, keys: 'Ctrl ,', group: groups.actions, run: showSettings },
    { id: 'keys', label: words.shortcuts, keys: '?', group: groups.actions, run: showKeys },
    { id: 'tour', label: texts.tour.again, group: groups.actions, run: showTour },
    ...THEMES.map((theme) => ({ id: `theme-${theme}`, label: words.theme[theme], group: groups.theme, run: () => setTheme(theme) })),
    ...personalCommands(groups.actions),
    ...recent.map(recentEntry).map(({ key, command, detail, open }) => ({
      id: `recent-${key}`,
      label: command,
      description: detail,
      group: groups.recent,
      run: open,
    })),
  ];
}

/** What the application menu asks for. */
export function runMenuCommand(command: MenuCommand): void {
  const run: Readonly<Record<MenuCommand, () => void>> = {
    'open-file': () => void openDialog(),
    capture: toggleCapture,
    'save-packets': savePackets,
    export: exportHere,
    replay: replayOpen,
    find: focusFilter,
    back: () => void goBack(),
    forward: () => void goForward(),
    palette: spotlight.open,
    settings: showSettings,
    shortcuts: showKeys,
  };
  run[command]();
}
