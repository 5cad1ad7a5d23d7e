import type { AnyAuthMethod, Prompt } from 'ssh2';
import type { Problem } from '../../../shared/base/result';
import { type AgentKeys, readAgent } from './agent';
import type { SshHost } from './host';
import { decryptKey, type KeyFile, type KeyFiles, readKeyFiles } from './key-files';
import { plainText } from './plain-text';
import type { SshPrompts } from './prompts';

const MAX_TRIES = 3;
/** A server that asks for several ways one after the other (AuthenticationMethods) names at most a few. */
const MAX_STAGES = 6;
const MAX_PROMPTS = 20;
const MAX_ROUNDS = 10;

/**
 * Which way of authentication to try next, in ssh's order: agent, key files, keyboard-interactive, password. A passphrase is asked for only
 * when no other key did.
 */
export class Authentication {
  readonly #host: SshHost;
  readonly #prompts: SshPrompts;
  readonly #keys: KeyFiles;
  readonly #agent: AgentKeys;
  #left: readonly string[] | null = null;
  #stages = 0;
  #tries: AsyncGenerator<AnyAuthMethod> | null = null;
  /** What was tried, for the sentence at the end. */
  readonly #tried = new Set<string>();
  readonly #notes: string[] = [];
  #gaveUp = false;
  #lastWasPassword = false;

  private constructor(host: SshHost, prompts: SshPrompts, keys: KeyFiles, agent: AgentKeys) {
    this.#host = host;
    this.#prompts = prompts;
    this.#keys = keys;
    this.#agent = agent;
    this.#notes.push(...keys.notes);
    if (agent.note !== null) this.#notes.push(agent.note);
  }

  static async prepare(host: SshHost, prompts: SshPrompts): Promise<Authentication> {
    const keys = await readKeyFiles(host.identityFiles);
    const own = keys.files.flatMap((file) => (file.publicKey === null ? [] : [file.publicKey]));
    return new Authentication(host, prompts, keys, await readAgent(host.agent, host.identitiesOnly ? own : null));
  }

  /** `left`: what the server still takes; null before it said so. false: nothing is left to try. */
  async next(left: readonly string[] | null, partial: boolean): Promise<AnyAuthMethod | false> {
    if (left === null) return { type: 'none', username: this.#host.user };
    this.#left = left;
    if (partial && ++this.#stages < MAX_STAGES) this.#tries = null;
    this.#tries ??= this.#sequence();
    const step = await this.#tries.next();
    return step.done === true ? false : step.value;
  }

  /** Why it failed, once `next` gave false. */
  failure(): Problem {
    const { user, host } = this.#host;
    const left = this.#left ?? [];
    const notes = this.#notes.length > 0 ? ` (${this.#notes.join('; ')})` : '';
    if (this.#gaveUp) {
      const refused = this.#tried.size === 0 ? '' : `${host} did not accept ${[...this.#tried].join(', ')}, and `;
      return {
        code: 'ssh-login-given-up',
        sentence: `The login to ${host} as ${user} was given up: ${refused}no answer was given${notes}.`,
      };
    }
    if (this.#lastWasPassword) {
      return {
        code: 'ssh-wrong-password',
        sentence: `${host} did not accept the password of ${user}.`,
        next: 'Check the user name and the password. Many servers let root in with a key only.',
      };
    }
    const takes = left.length > 0 ? `It takes: ${plainText(left.join(', '))}.` : '';
    if (this.#tried.size === 0) {
      return {
        code: 'ssh-nothing-to-try',
        sentence: `There is nothing to log in to ${host} with as ${user}${notes}. ${takes}`.trim(),
        next: 'Name a key file, start an agent and add your key to it (ssh-add), or use a password where the server allows it.',
      };
    }
    return {
      code: 'ssh-login-refused',
      sentence: `${host} did not let ${user} in; tried: ${[...this.#tried].join(', ')}${notes}. ${takes}`.trim(),
      next: "Check the user name, and that your public key is in the server's ~/.ssh/authorized_keys.",
    };
  }

  #takes(method: string): boolean {
    return !this.#gaveUp && (this.#left ?? []).includes(method);
  }

  async *#sequence(): AsyncGenerator<AnyAuthMethod> {
    const username = this.#host.user;
    if (this.#agent.agent !== null && this.#takes('publickey')) {
      this.#tried.add(`${this.#agent.publicKeys.length} ${this.#agent.publicKeys.length === 1 ? 'key' : 'keys'} of the agent`);
      yield { type: 'agent', username, agent: this.#agent.agent };
    }
    const files = this.#keys.files.filter((file) => !this.#agent.publicKeys.some((key) => file.publicKey?.equals(key)));
    for (const file of files.filter((one) => !one.encrypted)) {
      if (!this.#takes('publickey')) break;
      this.#tried.add(file.path);
      yield { type: 'publickey', username, key: file.bytes };
    }
    for (const file of files.filter((one) => one.encrypted)) {
      if (!this.#takes('publickey')) break;
      const key = await this.#unlock(file);
      if (key === null) continue;
      this.#tried.add(file.path);
      yield { type: 'publickey', username, key };
    }
    let interactive = false;
    for (let attempt = 0; attempt < MAX_TRIES && this.#takes('keyboard-interactive'); attempt++) {
      interactive = true;
      yield this.#interactive(attempt);
    }
    // Where both are offered they ask for the same password.
    for (let attempt = 0; attempt < MAX_TRIES && !interactive && this.#takes('password'); attempt++) {
      const password = await this.#prompts.password({ user: username, host: this.#host.host, attempt });
      if (password === null) {
        this.#gaveUp = true;
        return;
      }
      this.#lastWasPassword = true;
      yield { type: 'password', username, password };
    }
  }

  async #unlock(file: KeyFile): ReturnType<typeof decryptKey> {
    for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
      const passphrase = await this.#prompts.passphrase({ keyFile: file.path, attempt });
      if (passphrase === null) break;
      const key = await decryptKey(file, passphrase);
      if (key !== null) return key;
    }
    this.#notes.push(`${file.path} stayed locked`);
    return null;
  }

  #interactive(attempt: number): AnyAuthMethod {
    let rounds = 0;
    return {
      type: 'keyboard-interactive',
      username: this.#host.user,
      prompt: (name, instructions, _language, prompts, finish) => {
        const give = rounds++ < MAX_ROUNDS ? this.#answer(name, instructions, prompts, attempt) : Promise.resolve(null);
        give.then(
          (answers) => {
            if (answers === null) this.#gaveUp = true;
            finish(answers === null ? prompts.map(() => '') : [...answers]);
          },
          () => finish(prompts.map(() => '')),
        );
      },
    };
  }

  async #answer(name: string, instructions: string, prompts: Prompt[], attempt: number): Promise<readonly string[] | null> {
    const { user, host } = this.#host;
    const login = { user, host, attempt };
    const [first] = prompts;
    // Most servers ask for the password this way; whoever remembers passwords can answer.
    if (prompts.length === 1 && first?.echo !== true && /pass(word|wort)|mot de passe|contrase/i.test(first?.prompt ?? '')) {
      const password = await this.#prompts.password(login);
      this.#lastWasPassword = password !== null;
      return password === null ? null : [password];
    }
    this.#tried.add('answers to its questions');
    if (prompts.length > MAX_PROMPTS) return null;
    return await this.#prompts.answers({
      ...login,
      name: plainText(name),
      instructions: plainText(instructions, 2000),
      prompts: prompts.map((prompt) => ({ text: plainText(prompt.prompt), echo: prompt.echo === true })),
    });
  }
}
