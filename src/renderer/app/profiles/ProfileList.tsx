import { IconDownload, IconTrash } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { DEFAULT_PROFILE, MAX_NAME, MAX_PROFILE_FILE, MAX_PROFILES, type Profile } from '../../../shared/contract/profiles';
import {
  addProfile,
  exportText,
  importProfile,
  presentProfile,
  removeProfile,
  renameProfile,
  switchProfile,
  useProfiles,
} from '../../stores/profiles';
import { texts } from '../../texts';
import { IconButton } from '../../widgets/reorder/IconButton';
import { closeDialog } from '../dialogs/dialog-store';
import styles from './profiles.module.css';

const words = texts.profiles;

/** All profiles: which is in use, their names, new ones, files. Changes hold at once. */
export function ProfileList() {
  const { active, profiles } = useProfiles((state) => state.stored);
  const [note, setNote] = useState<{ readonly text: string; readonly isWrong: boolean } | null>(null);
  const [asked, setAsked] = useState<string | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const isFull = profiles.length >= MAX_PROFILES;
  const say = (text: string, isWrong = true): void => setNote(text === '' ? null : { text, isWrong });

  const importFrom = async (chosen: File | undefined): Promise<void> => {
    if (!chosen) return;
    const answer = chosen.size > MAX_PROFILE_FILE ? null : await importProfile(await chosen.text());
    if (answer === null) say(words.tooLarge);
    else if (answer.ok) say(words.imported(useProfiles.getState().stored.active), false);
    else say([answer.problem.sentence, answer.problem.next].filter(Boolean).join(' '));
  };

  return (
    <div className="form" data-testid="profiles">
      <p className="form-note">{words.hint}</p>
      <ul className={`line-list ${styles.list}`} aria-label={words.title}>
        {profiles.map((profile) => (
          <li key={profile.name} className={styles.line}>
            <ProfileLine
              profile={profile}
              isActive={profile.name === active}
              isAsked={asked === profile.name}
              say={say}
              onAsk={(ask) => setAsked(ask ? profile.name : null)}
            />
          </li>
        ))}
      </ul>
      <p className="form-note" role="status" data-wrong={note?.isWrong ? '' : undefined}>
        {note?.text ?? (isFull ? words.full(MAX_PROFILES) : '')}
      </p>
      <div className={styles.actions}>
        <button type="button" className="button" disabled={isFull} onClick={() => addProfile(presentProfile())}>
          {words.add}
        </button>
        <button type="button" className="button" disabled={isFull} onClick={() => file.current?.click()}>
          {words.import}
        </button>
        <input
          ref={file}
          type="file"
          accept=".json"
          hidden
          data-testid="profile-file"
          onChange={({ target }) => {
            importFrom(target.files?.[0]).catch(() => say(words.unreadable));
            target.value = '';
          }}
        />
        <span className={styles.spread} />
        <button type="button" className="button" data-primary onClick={closeDialog}>
          {words.done}
        </button>
      </div>
    </div>
  );
}

interface ProfileLineProps {
  readonly profile: Profile;
  readonly isActive: boolean;
  /** It is asked whether it shall go. */
  readonly isAsked: boolean;
  say(problem: string): void;
  onAsk(ask: boolean): void;
}

function ProfileLine({ profile, isActive, isAsked, say, onAsk }: ProfileLineProps) {
  const { name } = profile;
  const isDefault = name === DEFAULT_PROFILE;
  const rename = (input: HTMLInputElement): void => {
    if (renameProfile(name, input.value)) say('');
    else {
      if (input.value.trim() !== '') say(words.taken);
      input.value = name;
    }
  };
  const exportIt = async (): Promise<void> => {
    const answer = await window.portlight.saveText({
      suggestedName: `${name.replace(/[^\p{L}\p{N} _-]/gu, '_')}.portlight.json`,
      filters: [{ name: words.files, extensions: ['json'] }],
      text: exportText(isActive ? presentProfile() : profile),
    });
    say(answer.ok ? '' : answer.problem.sentence);
  };
  if (isAsked) {
    return (
      <>
        <span className={styles.ask}>{words.removeAsk(name)}</span>
        <button
          type="button"
          className="button"
          data-small
          data-danger
          onClick={() => {
            onAsk(false);
            removeProfile(name);
          }}
        >
          {words.removeYes}
        </button>
        {/* biome-ignore lint/a11y/noAutofocus: the question took the place of the button that had the focus */}
        <button type="button" className="button" data-small autoFocus onClick={() => onAsk(false)}>
          {words.removeNo}
        </button>
      </>
    );
  }
  return (
    <>
      <input type="radio" name="profile" aria-label={words.use(name)} checked={isActive} onChange={() => switchProfile(name)} />
      {isDefault ? (
        <span className={`text-input ${styles.name}`}>{name}</span>
      ) : (
        <input
          className={`text-input ${styles.input}`}
          aria-label={words.nameOf(name)}
          maxLength={MAX_NAME}
          defaultValue={name}
          onBlur={({ target }) => rename(target)}
          onKeyDown={(event) => event.key === 'Enter' && rename(event.currentTarget)}
        />
      )}
      <span className={styles.about}>{aboutOf(profile)}</span>
      <IconButton label={words.export(name)} icon={IconDownload} onClick={() => void exportIt()} />
      <IconButton label={words.remove(name)} icon={IconTrash} disabled={isDefault} onClick={() => onAsk(true)} />
    </>
  );
}

const aboutOf = ({ columns, rules, filters }: Profile): string =>
  words.about(columns.own.length, rules?.length ?? null, filters.length) || words.plain;
