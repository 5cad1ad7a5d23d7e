import { Loader } from '@mantine/core';
import { IconFileOff, IconFileUnknown, IconPlugConnectedX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Problem } from '../../../shared/base/result';
import { phaseOf, useSession } from '../../stores/session';
import { texts } from '../../texts';
import { Notice } from '../../widgets/notice/Notice';
import { HistoryPage } from '../HistoryPage';
import { nameOf, openDialog, openPath } from '../session';
import { StartPage } from './StartPage';
import styles from './start.module.css';

/** In place of a view: why there is none to show. */
export function SessionState() {
  const phase = useSession(phaseOf);
  switch (phase) {
    case 'start':
      return <Start />;
    case 'opening':
      return <Opening />;
    case 'failed':
      return <Failed />;
    case 'stopped':
      return <Stopped />;
    case 'empty':
      return <Empty />;
    case 'open':
      return null;
  }
}

/** The start page, and the history behind its door. */
function Start() {
  const [history, setHistory] = useState(false);
  return history ? <HistoryPage onBack={() => setHistory(false)} /> : <StartPage onHistory={() => setHistory(true)} />;
}

const ICON = { size: 32, stroke: 1.4 } as const;

function Opening() {
  const path = useSession((state) => state.opening?.path ?? state.tick?.session?.path ?? '');
  return (
    <div className={styles.state}>
      <Notice icon={<Loader size={24} />} title={texts.states.opening(nameOf(path))} sentence={texts.states.reading} />
    </div>
  );
}

function CopyProblem({ problem }: { readonly problem: Problem }) {
  const text = [problem.sentence, problem.next].filter(Boolean).join(' ');
  return (
    <button type="button" className="button" onClick={() => void window.portlight.copyText(text)}>
      {texts.states.failed.copy}
    </button>
  );
}

function OpenAnother() {
  return (
    <button type="button" className="button" data-primary onClick={() => void openDialog()}>
      {texts.states.failed.another}
    </button>
  );
}

function Failed() {
  const failure = useSession((state) => state.failure);
  if (!failure) return null;
  const { problem, path } = failure;
  return (
    <div className={styles.state} data-testid="open-failed" data-code={problem.code}>
      <Notice
        icon={<IconFileUnknown {...ICON} />}
        title={texts.states.failed.title(nameOf(path))}
        sentence={problem.sentence}
        {...(problem.next ? { next: problem.next } : {})}
      >
        <OpenAnother />
        <CopyProblem problem={problem} />
      </Notice>
    </div>
  );
}

function Stopped() {
  const exitCode = useSession((state) => (state.engine.phase === 'failed' ? state.engine.exitCode : 0));
  const lost = useSession((state) => state.lost);
  const words = texts.states.crashed;
  const retry = async (): Promise<void> => {
    await window.portlight.restartEngine();
    if (lost) await openPath(lost);
  };
  return (
    <div className={styles.state} data-testid="engine-stopped">
      <Notice
        icon={<IconPlugConnectedX {...ICON} />}
        title={words.failedTitle}
        sentence={`${words.failedSentence} ${words.code(exitCode)}.`}
        next={words.failedNext}
      >
        <button type="button" className="button" data-primary onClick={() => void retry()}>
          {words.retry}
        </button>
      </Notice>
    </div>
  );
}

function Empty() {
  const tick = useSession((state) => state.tick);
  const session = tick?.session;
  if (!session) return null;
  const words = texts.states.empty;
  const [warning] = tick.warnings;
  const damaged = warning !== undefined || tick.load.state === 'failed';
  const sentence = damaged
    ? words.unreadable(session.name)
    : tick.load.state === 'cancelled'
      ? words.cancelled(session.name)
      : words.sentence(session.name);
  return (
    <div className={styles.state} data-testid="no-packets">
      <Notice
        icon={<IconFileOff {...ICON} />}
        title={words.title}
        sentence={warning ? `${sentence} ${warning.sentence}` : sentence}
        {...(warning?.next ? { next: warning.next } : {})}
      >
        <OpenAnother />
        {tick.load.state === 'cancelled' ? (
          <button type="button" className="button" onClick={() => void openPath(session.path)}>
            {words.reopen}
          </button>
        ) : (
          warning && <CopyProblem problem={warning} />
        )}
      </Notice>
    </div>
  );
}
