import type { SshPrompts } from './prompts';

/** A time limit that stands still while a person is asked. */
export class Stopwatch {
  #left: number;
  #started = 0;
  #timer: NodeJS.Timeout | null = null;
  #onEnd: (() => void) | null = null;

  /** In milliseconds. */
  constructor(limit: number) {
    this.#left = limit;
  }

  start(onEnd: () => void): void {
    this.#onEnd = onEnd;
    this.#run();
  }

  stop(): void {
    this.#pause();
    this.#onEnd = null;
  }

  pausingFor(prompts: SshPrompts): SshPrompts {
    const waiting = async <T>(answer: Promise<T>): Promise<T> => {
      this.#pause();
      try {
        return await answer;
      } finally {
        this.#run();
      }
    };
    return {
      passphrase: (question) => waiting(prompts.passphrase(question)),
      password: (login) => waiting(prompts.password(login)),
      answers: (question) => waiting(prompts.answers(question)),
      confirmHostKey: (question) => waiting(prompts.confirmHostKey(question)),
      sudoPassword: (login) => waiting(prompts.sudoPassword(login)),
    };
  }

  #run(): void {
    if (this.#onEnd === null || this.#timer !== null) return;
    this.#started = performance.now();
    this.#timer = setTimeout(() => this.#onEnd?.(), Math.max(0, this.#left));
  }

  #pause(): void {
    if (this.#timer === null) return;
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#left -= performance.now() - this.#started;
  }
}
