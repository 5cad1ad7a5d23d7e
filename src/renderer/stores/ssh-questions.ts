import { create } from 'zustand';
import type { SshAnswer, SshAsked } from '../../shared/contract/ssh';
import { engine } from '../client/engine';

export interface SshQuestions {
  /** What a connection waits for; null: nothing. Answers are never in a store. */
  readonly asked: SshAsked | null;
  /** The newest question that was answered here: word of it that is still on its way asks nothing. */
  readonly answered: number;
}

const NOTHING: SshQuestions = { asked: null, answered: 0 };

export const useSshQuestions = create<SshQuestions>(() => NOTHING);

export const withWord = ({ answered }: SshQuestions, asked: SshAsked | null): SshQuestions => ({
  asked: asked !== null && asked.id > answered ? asked : null,
  answered,
});

export const withAnswer = ({ asked, answered }: SshQuestions): SshQuestions => ({ asked: null, answered: asked?.id ?? answered });

/** The engine has a question, or has none any more. */
export const takeQuestion = (asked: SshAsked | null): void => useSshQuestions.setState((state) => withWord(state, asked));

/** The engine that asked is gone; the next one counts anew. */
export const forgetQuestions = (): void => useSshQuestions.setState(NOTHING);

/** null: none is given, which gives up what is asked for. */
export function answerQuestion(answer: SshAnswer): void {
  const { asked } = useSshQuestions.getState();
  if (asked === null) return;
  useSshQuestions.setState(withAnswer);
  // Where the engine is gone, so is who asked.
  engine.call('ssh.answer', { id: asked.id, answer }).catch(() => undefined);
}
