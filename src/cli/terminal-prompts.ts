import { stderr, stdin } from 'node:process';
import type { InteractiveQuestion, SshPrompts } from '../engine/sources/ssh/prompts';

/**
 * Asks on the terminal; secrets without echo. What was answered is known until the program ends, so that a lost connection is made again
 * without asking. Without a terminal nothing is answered, and standard error says what was missing.
 */
export function terminalPrompts(): SshPrompts {
  const known = new Map<string, string>();
  const secret = async (what: string, attempt: number): Promise<string | null> => {
    const before = known.get(what);
    if (before !== undefined && attempt === 0) return before;
    if (attempt > 0) known.delete(what);
    const answer = await ask(`${attempt > 0 ? 'That was not right. ' : ''}${what}`, false);
    if (answer !== null) known.set(what, answer);
    return answer;
  };
  return {
    passphrase: ({ keyFile, attempt }) => secret(`Passphrase of ${keyFile}`, attempt),
    password: ({ user, host, attempt }) => secret(`Password of ${user} on ${host}`, attempt),
    sudoPassword: ({ user, host, attempt }) =>
      secret(`Password of ${user} for sudo on ${host} (empty: none)`, attempt).then((text) => text || null),
    answers: askAll,
    confirmHostKey: async ({ host, keyType, fingerprint }) => {
      const answer = await ask(`The key of ${host} is not known: ${keyType} ${fingerprint}. Trust it from now on? (yes or no)`, true);
      return answer?.trim().toLowerCase() === 'yes';
    },
  };
}

async function askAll({ host, name, instructions, prompts }: InteractiveQuestion): Promise<string[] | null> {
  const answers: string[] = [];
  for (const text of [name, instructions]) if (text !== '' && stdin.isTTY) stderr.write(`${host} says: ${text}\n`);
  for (const { text, echo } of prompts) {
    const answer = await ask(`${host} asks: ${text.replace(/[:\s]+$/, '')}`, echo);
    if (answer === null) return null;
    answers.push(answer);
  }
  return answers;
}

const MAX_ANSWER = 4096;

/** One line; null where there is no terminal, or at Ctrl C and Ctrl D. */
function ask(question: string, echo: boolean): Promise<string | null> {
  if (!stdin.isTTY || !stderr.isTTY) {
    stderr.write(`portlight: There is no terminal to ask on: ${question}\n`);
    return Promise.resolve(null);
  }
  stderr.write(`${question}: `);
  return new Promise((resolve) => {
    let answer = '';
    const finish = (result: string | null): void => {
      stdin.off('data', onData);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write('\n');
      resolve(result);
    };
    const onData = (chunk: Buffer): void => {
      for (const letter of chunk.toString('utf8')) {
        if (letter === '\r' || letter === '\n') return finish(answer);
        if (letter === '\u0003' || letter === '\u0004') return finish(null);
        if (letter === '\u007f' || letter === '\b') {
          if (echo && answer !== '') stderr.write('\b \b');
          answer = [...answer].slice(0, -1).join('');
        } else if (letter >= ' ' && answer.length < MAX_ANSWER) {
          answer += letter;
          if (echo) stderr.write(letter);
        }
      }
    };
    stdin.setRawMode(true);
    stdin.on('data', onData);
    stdin.resume();
  });
}
