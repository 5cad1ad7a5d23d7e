import { type FormEvent, useEffect, useId, useState } from 'react';
import { MAX_COMMENT_BYTES } from '../../../shared/contract/annotations';
import type { PacketIndex } from '../../../shared/model/units';
import { engine } from '../../client/engine';
import { endComment } from '../../stores/annotations';
import { useSelection } from '../../stores/selection';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { formatCount } from '../../widgets/format/numbers';
import { complain } from '../complain';
import styles from './dialogs.module.css';

const words = texts.annotations.dialog;
const NO_COMMENTS: readonly string[] = [];

/** The own comment of a packet, below those that its file brought. */
export function CommentForm({ packet }: { readonly packet: PacketIndex }) {
  const id = useId();
  const [own, setOwn] = useState<string | null>(null);
  const [text, setText] = useState('');
  const isFile = useSession(({ tick }) => (tick?.session?.kind === 'file' || tick?.session?.kind === 'replay') && !tick.load.following);
  const comments = useSelection(({ details }) => (details?.index === packet ? details.comments : NO_COMMENTS));
  const ofFile = own === null || own === '' ? comments : comments.slice(0, -1);
  const bytes = new TextEncoder().encode(text).length;
  const isTooLong = bytes > MAX_COMMENT_BYTES;

  useEffect(() => {
    engine.call('comments.get', { packet }).then(
      (answer) => {
        setOwn(answer.own);
        setText(answer.own);
      },
      (error: unknown) => complain(error, texts.annotations.failed),
    );
  }, [packet]);

  const save = async (comment: string): Promise<void> => {
    if (isTooLong && comment !== '') return;
    try {
      await engine.call('comments.set', { packet, text: comment });
      endComment();
    } catch (error) {
      complain(error, texts.annotations.failed);
    }
  };

  return (
    <form
      className={styles.comment}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void save(text);
      }}
    >
      {own !== null && ofFile.length > 0 && (
        <>
          <h3 className="eyebrow">{words.ofFile}</h3>
          <ul className={`${styles.fileComments} selectable`}>
            {ofFile.map((comment, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: comments of the file never change
              <li key={index}>{comment}</li>
            ))}
          </ul>
        </>
      )}
      <label htmlFor={`${id}-text`}>{words.label}</label>
      <textarea
        id={`${id}-text`}
        className={styles.commentText}
        data-autofocus
        rows={5}
        value={text}
        disabled={own === null}
        aria-invalid={isTooLong}
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !event.ctrlKey) return;
          event.preventDefault();
          void save(text);
        }}
      />
      <p id={`${id}-hint`} className={isTooLong ? styles.wrong : styles.next} role={isTooLong ? 'alert' : undefined}>
        {isTooLong ? words.tooLong(formatCount(bytes), formatCount(MAX_COMMENT_BYTES)) : isFile ? words.hint : words.hintSession}
      </p>
      <div className={styles.actions}>
        {own !== null && own !== '' && (
          <button type="button" className="button" onClick={() => void save('')}>
            {words.remove}
          </button>
        )}
        <button type="submit" className="button" data-primary disabled={own === null || isTooLong}>
          {words.save}
        </button>
      </div>
    </form>
  );
}
