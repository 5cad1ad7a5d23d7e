import { IconLayoutColumns } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { MAX_PROFILES } from '../../../shared/contract/profiles';
import { addProfile, presentProfile, switchProfile, useProfiles } from '../../stores/profiles';
import { texts } from '../../texts';
import { ContextMenu, type MenuItem } from '../../widgets/context-menu/ContextMenu';
import { showProfiles } from '../dialogs/dialog-store';
import styles from '../frame/frame.module.css';

const words = texts.profiles;

/** Which profile is in use, and another one. */
export function ProfileButton() {
  const { active, profiles } = useProfiles((state) => state.stored);
  const [at, setAt] = useState<{ readonly x: number; readonly y: number } | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const items: MenuItem[] = [
    ...profiles.map(({ name }) => ({ id: `use-${name}`, label: name, checked: name === active, run: () => switchProfile(name) })),
    {
      id: 'fresh',
      label: words.fresh,
      separated: true,
      disabled: profiles.length >= MAX_PROFILES,
      run: () => {
        addProfile(presentProfile());
        showProfiles();
      },
    },
    { id: 'edit', label: words.edit, run: showProfiles },
  ];
  return (
    <>
      <button
        ref={button}
        type="button"
        className={styles.profile}
        title={words.statusHint}
        aria-haspopup="menu"
        onClick={() => {
          const box = button.current?.getBoundingClientRect();
          if (box) setAt({ x: box.left, y: box.top });
        }}
      >
        <IconLayoutColumns size={13} aria-hidden />
        {words.status(active)}
      </button>
      <ContextMenu at={at} title={words.menu} items={items} onClose={() => setAt(null)} />
    </>
  );
}
