import { type FormEvent, useState } from 'react';
import type { NotificationState } from '../../../../shared/contract/notifications';
import { texts } from '../../../texts';
import { Row } from '../parts';
import styles from './notifications.module.css';

const words = texts.notifications;
/** Of the longest address that is taken. */
const MAX_LENGTH = 2048;

interface SecretRowProps {
  readonly title: string;
  readonly about: string;
  readonly placeholder: string;
  readonly isSet: boolean;
  readonly kept: NotificationState['secrets'];
  /** What is typed is not shown. */
  readonly isHidden?: boolean;
  /** What is to be said of what is typed; '': nothing. */
  hint?(draft: string): string;
  /** '' removes it. False where it failed. */
  save(secret: string): Promise<boolean>;
}

/** Something that can be set, replaced and removed, but never read. */
export function SecretRow({ title, about, placeholder, isSet, kept, isHidden = false, hint, save }: SecretRowProps) {
  const [draft, setDraft] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const said = hint?.(draft) ?? '';

  const submit = async (secret: string): Promise<void> => {
    setBusy(true);
    if (await save(secret)) {
      setDraft('');
      setOpen(false);
    }
    setBusy(false);
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (draft.trim() !== '') void submit(draft);
  };
  const cancel = (): void => {
    setDraft('');
    setOpen(false);
  };

  return (
    <Row
      title={title}
      about={
        <>
          {about}
          <span className={styles.keeping}>{words[kept]}</span>
          {said !== '' && <span className={styles.warning}>{said}</span>}
        </>
      }
    >
      {isSet && !isOpen ? (
        <>
          <span className={styles.state}>{words.kept}</span>
          <button type="button" className="button" data-small aria-label={`${words.replace}: ${title}`} onClick={() => setOpen(true)}>
            {words.replace}
          </button>
          <button
            type="button"
            className="button"
            data-small
            disabled={isBusy}
            aria-label={`${words.remove}: ${title}`}
            onClick={() => void submit('')}
          >
            {words.remove}
          </button>
        </>
      ) : (
        <form className={styles.form} onSubmit={onSubmit}>
          <input
            className={styles.input}
            type={isHidden ? 'password' : 'text'}
            aria-label={title}
            placeholder={placeholder}
            autoComplete="off"
            spellCheck={false}
            maxLength={MAX_LENGTH}
            value={draft}
            // biome-ignore lint/a11y/noAutofocus: it appears because somebody wants to type into it
            autoFocus={isOpen}
            onChange={({ target }) => setDraft(target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape' || (draft === '' && !isOpen)) return;
              event.preventDefault();
              event.stopPropagation();
              cancel();
            }}
          />
          <button
            type="submit"
            className="button"
            data-small
            disabled={isBusy || draft.trim() === ''}
            aria-label={`${words.set}: ${title}`}
          >
            {words.set}
          </button>
          {isOpen && (
            <button type="button" className="button" data-small onClick={cancel}>
              {words.cancel}
            </button>
          )}
        </form>
      )}
    </Row>
  );
}
