import { useState } from 'react';
import type { SshQuestion } from '../../../shared/contract/ssh';
import { answerQuestion, useSshQuestions } from '../../stores/ssh-questions';
import { texts } from '../../texts';
import { Dialog } from '../../widgets/dialog/Dialog';
import { HostKeyQuestion } from './HostKeyQuestion';
import { SecretQuestion } from './SecretQuestion';

const words = texts.ssh.question;

/** Asks what a server asks, wherever in the window the person is: a connection may be made again at any time. Escape gives no answer. */
export function SshQuestions() {
  const asked = useSshQuestions((state) => state.asked);
  // What was asked stays while the dialog fades.
  const [shown, setShown] = useState(asked);
  if (asked !== null && asked !== shown) setShown(asked);
  return (
    <Dialog title={shown ? titleOf(shown.question) : ''} size={580} opened={asked !== null} onClose={() => answerQuestion(null)}>
      {shown &&
        (shown.question.kind === 'host-key' ? (
          <HostKeyQuestion key={shown.id} question={shown.question} onAnswer={answerQuestion} />
        ) : (
          <SecretQuestion key={shown.id} question={shown.question} keeping={shown.keeping} onAnswer={answerQuestion} />
        ))}
    </Dialog>
  );
}

function titleOf({ kind }: SshQuestion): string {
  return words[kind === 'host-key' ? 'hostKey' : kind].title;
}
