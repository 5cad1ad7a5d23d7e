import { type FormEvent, type ReactNode, useId } from 'react';
import type { SshAnswer, SshAsked, SshQuestion } from '../../../shared/contract/ssh';
import { texts } from '../../texts';
import dialogStyles from '../dialogs/dialogs.module.css';
import styles from './questions.module.css';

const words = texts.ssh.question;

/** As long as the engine takes. */
const MAX_ANSWER = 8192;

type Secret = Exclude<SshQuestion, { kind: 'host-key' }>;

interface SecretQuestionProps {
  readonly question: Secret;
  readonly keeping: SshAsked['keeping'];
  onAnswer(answer: SshAnswer): void;
}

interface Prompt {
  readonly text: string;
  readonly echo: boolean;
}

/** What is typed stands in the fields only, until it is sent. */
export function SecretQuestion({ question, keeping, onAnswer }: SecretQuestionProps) {
  const id = useId();
  const prompts = promptsOf(question);
  // Answers to other questions are good for once.
  const canKeep = question.kind !== 'answers';
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const answer = { texts: prompts.map((_, index) => String(data.get(`answer-${index}`) ?? '')), remember: data.get('remember') === 'on' };
    form.reset();
    onAnswer(answer);
  };
  return (
    <form className={styles.question} autoComplete="off" data-testid="ssh-question" data-kind={question.kind} onSubmit={submit}>
      <Who question={question} />
      {question.attempt > 0 && (
        <p className={dialogStyles.wrong} role="alert">
          {words.wrong}
        </p>
      )}
      {prompts.map(({ text, echo }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a server may ask the same twice, and never changes what it asked
        <div key={index} className={`form-field ${styles.field}`}>
          <label htmlFor={`${id}-${index}`}>
            <bdi>{text}</bdi>
          </label>
          <input
            id={`${id}-${index}`}
            name={`answer-${index}`}
            className="text-input"
            type={echo ? 'text' : 'password'}
            autoComplete="off"
            spellCheck={false}
            maxLength={MAX_ANSWER}
            data-autofocus={index === 0 ? '' : undefined}
          />
        </div>
      ))}
      {question.kind === 'sudo' && <p className={styles.note}>{words.sudo.note}</p>}
      {canKeep && keeping === 'keychain' && (
        <label className={styles.remember}>
          <input type="checkbox" name="remember" />
          <span>{words.remember}</span>
        </label>
      )}
      {canKeep && keeping === 'session' && <p className={styles.note}>{words.session}</p>}
      <div className={dialogStyles.actions}>
        <button type="button" className="button" onClick={() => onAnswer(null)}>
          {words.cancel}
        </button>
        <button type="submit" className="button" data-primary>
          {words.continue}
        </button>
      </div>
    </form>
  );
}

function promptsOf(question: Secret): readonly Prompt[] {
  if (question.kind !== 'answers') return [{ text: words[question.kind].label, echo: false }];
  return question.prompts.map(({ text, echo }, index) => ({ text: text.trim() || words.answers.label(index + 1), echo }));
}

/** Who asks, and for what; a server's own words stand apart from ours. */
function Who({ question }: { readonly question: Secret }): ReactNode {
  const { sentence } = words[question.kind];
  if (question.kind === 'passphrase') {
    return (
      <p>
        {sentence} <bdi className={styles.who}>{question.keyFile}</bdi>
      </p>
    );
  }
  const login = <bdi className={styles.who}>{`${question.user}@${question.host}`}</bdi>;
  if (question.kind !== 'answers') {
    return (
      <p>
        {sentence} {login}
      </p>
    );
  }
  const said = [question.name, question.instructions].filter((text) => text.trim() !== '');
  return (
    <>
      <p>
        {words.answers.of} {login}. {sentence}
      </p>
      {said.length > 0 && (
        <blockquote className={`${styles.said} selectable`}>
          {said.map((text) => (
            <bdi key={text}>{text}</bdi>
          ))}
        </blockquote>
      )}
    </>
  );
}
