import { createHash } from 'node:crypto';
import type { SshAnswer, SshAsked, SshQuestion } from '../../shared/contract/ssh';
import type { SecretKeeper } from '../secret-keeper';
import type { SshPrompts } from '../sources/ssh/prompts';

/** Questions that wait; a server that asks more is given no answer. */
const MAX_WAITING = 16;

interface Waiting {
  readonly id: number;
  readonly question: SshQuestion;
  readonly answer: (answer: SshAnswer) => void;
}

/**
 * Asks the person at the window what connections ask, one question after the other. A secret that was given is used again when the connection
 * was lost, until it is refused; it is kept for the next start where the person said so.
 */
export class SshDesk {
  readonly #secrets: SecretKeeper;
  readonly #changed: () => void;
  readonly #waiting: Waiting[] = [];
  /** Given in this run, by the secret's name. */
  readonly #given = new Map<string, string>();
  #asked = 0;

  constructor(secrets: SecretKeeper, changed: () => void) {
    this.#secrets = secrets;
    this.#changed = changed;
  }

  /** What waits for an answer; null: nothing. */
  get asked(): SshAsked | null {
    const first = this.#waiting[0];
    return first ? { id: first.id, question: first.question, keeping: this.#secrets.keeping } : null;
  }

  /** An answer to a question that is over is left alone. */
  answer(id: number, answer: SshAnswer): void {
    const at = this.#waiting.findIndex((each) => each.id === id);
    const [answered] = at < 0 ? [] : this.#waiting.splice(at, 1);
    answered?.answer(answer);
    if (answered) this.#changed();
  }

  /** For one connection; `signal` ends its questions. */
  prompts(signal: AbortSignal): SshPrompts {
    const secret = (question: SshQuestion, name: string, attempt: number): Promise<string | null> =>
      this.#secret(question, name, attempt, signal);
    return {
      confirmHostKey: async (question) => (await this.#ask({ kind: 'host-key', ...question }, signal)) !== null,
      passphrase: ({ keyFile, attempt }) => secret({ kind: 'passphrase', keyFile, attempt }, nameOf('key', keyFile, 'passphrase'), attempt),
      password: ({ user, host, attempt }) =>
        secret({ kind: 'password', user, host, attempt }, nameOf('login', `${user}@${host}`, 'password'), attempt),
      sudoPassword: ({ user, host, attempt }) =>
        secret({ kind: 'sudo', user, host, attempt }, nameOf('sudo', `${user}@${host}`, 'password'), attempt),
      answers: async (question) => {
        const { user, host, attempt, prompts } = question;
        // Most servers ask for the password this way: it is the same secret.
        const [only] = prompts;
        if (prompts.length === 1 && only?.echo === false && /password/i.test(only.text)) {
          const name = nameOf('login', `${user}@${host}`, 'password');
          const text = await secret({ kind: 'answers', ...question }, name, attempt);
          return text === null ? null : [text];
        }
        return (await this.#ask({ kind: 'answers', ...question }, signal))?.texts ?? null;
      },
    };
  }

  async #secret(question: SshQuestion, name: string, attempt: number, signal: AbortSignal): Promise<string | null> {
    if (attempt === 0) {
      const known = this.#given.get(name) ?? (await this.#secrets.get(name));
      if (known !== null) return known;
    } else {
      // The one that was tried is wrong.
      this.#given.delete(name);
      this.#secrets.delete(name);
    }
    const answer = await this.#ask(question, signal);
    const [text] = answer?.texts ?? [];
    if (text === undefined) return null;
    this.#given.set(name, text);
    if (answer?.remember) this.#secrets.set(name, text);
    return text;
  }

  #ask(question: SshQuestion, signal: AbortSignal): Promise<SshAnswer> {
    if (signal.aborted || this.#waiting.length >= MAX_WAITING) return Promise.resolve(null);
    return new Promise((resolve) => {
      const id = ++this.#asked;
      const onAbort = (): void => this.answer(id, null);
      signal.addEventListener('abort', onAbort, { once: true });
      const answer = (given: SshAnswer): void => {
        signal.removeEventListener('abort', onAbort);
        resolve(given);
      };
      this.#waiting.push({ id, question, answer });
      this.#changed();
    });
  }
}

/** A name for a secret that says nothing of whose it is. */
function nameOf(kind: string, of: string, what: string): string {
  return `ssh.${kind}-${createHash('sha256').update(of).digest('hex').slice(0, 32)}.${what}`;
}
