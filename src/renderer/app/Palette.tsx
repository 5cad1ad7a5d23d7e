import { Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useProfiles } from '../stores/profiles';
import { useSession } from '../stores/session';
import { texts } from '../texts';
import { commands } from './commands';
import styles from './palette.module.css';

/** Every command by name. */
export function Palette() {
  const recent = useSession((state) => state.recent);
  const kind = useSession((state) => state.tick?.session?.kind ?? null);
  // Some commands are of the profile.
  useProfiles((state) => state.stored);
  const words = texts.frame.commands;
  const all = commands(recent).filter(({ needsSession, when }) => (!needsSession && !when) || (kind !== null && (when?.(kind) ?? true)));
  const groups = [...new Set(all.map(({ group }) => group))].map((group) => ({
    group,
    actions: all
      .filter((command) => command.group === group)
      .map(({ id, label, description, keys, run }) => ({
        id,
        label,
        ...(description === undefined ? {} : { description }),
        ...(keys === undefined ? {} : { rightSection: <span className="kbd">{keys}</span> }),
        onClick: run,
      })),
  }));
  return (
    <Spotlight
      actions={groups}
      shortcut={null}
      nothingFound={words.nothing}
      highlightQuery
      scrollable
      maxHeight={420}
      size={560}
      overlayProps={{ backgroundOpacity: 0.5 }}
      transitionProps={{ duration: 80 }}
      classNames={{
        content: styles.content,
        search: styles.search,
        actionsList: styles.list,
        action: styles.action,
        actionsGroup: styles.group,
        actionDescription: styles.description,
      }}
      searchProps={{
        size: 'md',
        leftSection: <IconSearch size={16} aria-hidden />,
        placeholder: words.search,
        'aria-label': texts.frame.palette,
      }}
    />
  );
}
