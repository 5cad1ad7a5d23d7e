import { readFile } from 'node:fs/promises';
import ssh2, { type Prompt, type Server } from 'ssh2';

/** A server of the SSH library that asks its own questions (RFC 4256) and lets nobody in. */
export class Questioner {
  readonly answers: string[][] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** `key`: file of its host key. */
  static async start(key: string, name: string, instructions: string, prompts: Prompt[]): Promise<Questioner> {
    const server = new ssh2.Server({ hostKeys: [await readFile(key)] });
    const questioner = new Questioner(server);
    server.on('connection', (client) => {
      client.on('error', () => {});
      client.on('authentication', (context) => {
        if (context.method !== 'keyboard-interactive') return context.reject(['keyboard-interactive']);
        context.prompt(prompts, name, instructions, (answers) => {
          questioner.answers.push(answers);
          context.reject(['keyboard-interactive']);
        });
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return questioner;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  close(): void {
    this.#server.close();
  }
}
