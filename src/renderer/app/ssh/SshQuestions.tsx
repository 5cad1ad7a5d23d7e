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
  const question = asked?.question;
  return (
    <Dialog title={question ? titleOf(question) : ''} size={580} opened={asked !== null} onClose={() => answerQuestion(null)}>
      {asked &&
        (asked.question.kind === 'host-key' ? (
          <HostKeyQuestion key={asked.id} question={asked.question} onAnswer={answerQuestion} />
        ) : (
          <SecretQuestion key={asked.id} question={asked.question} keeping={asked.keeping} onAnswer={answerQuestion} />
        ))}
    </Dialog>
  );
}

function titleOf({ kind }: SshQuestion): string {
  return words[kind === 'host-key' ? 'hostKey' : kind].title;
}
