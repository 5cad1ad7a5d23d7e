import { Loader } from '@mantine/core';
import { IconFileOff, IconFileUnknown, IconPlugConnectedX } from '@tabler/icons-react';
import type { Problem } from '../../../shared/base/result';
import { showSources } from '../../stores/layout';
import { useLive } from '../../stores/live';
import { phaseOf, useSession } from '../../stores/session';
import { texts } from '../../texts';
import { Notice } from '../../widgets/notice/Notice';
import { ProblemBox } from '../../widgets/problem/ProblemBox';
import { restartCapture, stopCapture } from '../live';
import { cancelLoading, nameOf, openDialog, openPath } from '../session';
import { copyAndTell } from './copy';
import { showRequest } from './doors/ssh/check';
import { Sources } from './Sources';
import styles from './start.module.css';

/** In place of a view: why there is none to show. */
export function SessionState() {
  const phase = useSession(phaseOf);
  switch (phase) {
    case 'start':
      return <Sources />;
    case 'opening':
      return <Opening />;
    case 'waiting':
      return <Waiting />;
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

const ICON = { size: 32, stroke: 1.4 } as const;

function Opening() {
  const path = useSession((state) => state.opening?.path ?? state.tick?.session?.path ?? '');
  const isFile = useSession((state) => state.opening?.isFile ?? true);
  const title = isFile ? texts.states.opening(nameOf(path)) : texts.live.starting(path);
  return (
    <div className={styles.state}>
      <Notice icon={<Loader size={24} />} title={title} {...(isFile ? { sentence: texts.states.reading } : {})}>
        {!isFile && (
          <button type="button" className="button" onClick={() => void cancelLoading()}>
            {texts.ssh.cancel}
          </button>
        )}
      </Notice>
    </div>
  );
}

/** Capturing, and nothing has passed by yet. */
function Waiting() {
  const name = useSession((state) => state.tick?.session?.name ?? '');
  const filter = useLive((state) => (state.started && 'filter' in state.started.request ? state.started.request.filter : ''));
  const words = texts.live.waiting;
  return (
    <div className={styles.state} data-testid="waiting">
      <Notice
        icon={<Loader size={24} type="dots" />}
        title={words.title(name)}
        sentence={filter === '' ? words.sentence : words.filtered(filter)}
      >
        <button type="button" className="button" onClick={() => void stopCapture()}>
          {texts.live.stop}
        </button>
      </Notice>
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
  const { problem, path, isFile } = failure;
  if (!isFile) return <CaptureFailed name={path} problem={problem} />;
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

function CaptureFailed({ name, problem }: { readonly name: string; readonly problem: Problem }) {
  const back = (): void => {
    const { asked } = useLive.getState();
    useSession.setState({ failure: null });
    if (asked?.kind === 'ssh') showRequest(asked);
    showSources(asked?.kind === 'ssh' ? 'ssh' : 'interface');
  };
  return (
    <div className={styles.state} data-testid="capture-failed">
      <div className={styles.failed}>
        <ProblemBox title={texts.live.failed(name)} problem={problem} onCopy={copyAndTell}>
          <button type="button" className="button" data-primary onClick={back}>
            {texts.live.empty.sources}
          </button>
          <CopyProblem problem={problem} />
        </ProblemBox>
      </div>
    </div>
  );
}

function Stopped() {
  const exitCode = useSession((state) => (state.engine.phase === 'failed' ? state.engine.exitCode : 0));
  const lost = useSession((state) => state.lost);
  const words = texts.states.crashed;
  const retry = async (): Promise<void> => {
    await window.portlight.restartEngine();
    if (lost?.isFile) await openPath(lost.path);
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
  if (tick.live) return <NothingCaptured name={session.name} problem={tick.live.problem} />;
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

/** A capture that ended without a packet. */
function NothingCaptured({ name, problem }: { readonly name: string; readonly problem: Problem | null }) {
  if (problem) return <CaptureFailed name={name} problem={problem} />;
  const words = texts.live.empty;
  return (
    <div className={styles.state} data-testid="no-packets">
      <Notice icon={<IconFileOff {...ICON} />} title={words.title} sentence={words.sentence(name)}>
        <button type="button" className="button" data-primary onClick={() => void restartCapture()}>
          {texts.live.ending.again}
        </button>
        <button type="button" className="button" onClick={() => showSources()}>
          {words.sources}
        </button>
      </Notice>
    </div>
  );
}
