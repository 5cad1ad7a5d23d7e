import { applyFilter } from '../../stores/filter';
import { showPacketDialog } from '../../stores/packet-dialogs';
import { switchProfile, useProfiles } from '../../stores/profiles';
import { savedFilters } from '../../stores/saved-filters';
import { texts } from '../../texts';
import type { Command } from '../commands';
import { showProfiles, showSavedFilters } from '../dialogs/dialog-store';

/** What a person arranged for themselves: columns, rules, saved filters, profiles. */
export function personalCommands(group: string): readonly Command[] {
  const { active, profiles } = useProfiles.getState().stored;
  return [
    { id: 'columns', label: texts.packets.columnDialog.command, group, needsSession: true, run: () => showPacketDialog('columns') },
    { id: 'colouring', label: texts.colouring.command, group, needsSession: true, run: () => showPacketDialog('rules') },
    { id: 'saved-filters', label: texts.savedFilters.commandEdit, group, run: showSavedFilters },
    { id: 'profiles', label: texts.profiles.command, group, run: showProfiles },
    ...savedFilters().map(({ name, filter }) => ({
      id: `saved-filter-${name}`,
      label: texts.savedFilters.applies(name),
      description: filter,
      group: texts.savedFilters.group,
      needsSession: true,
      run: () => void applyFilter(filter),
    })),
    ...profiles
      .filter(({ name }) => name !== active)
      .map(({ name }) => ({
        id: `profile-${name}`,
        label: texts.profiles.switchTo(name),
        group: texts.profiles.group,
        run: () => switchProfile(name),
      })),
  ];
}
