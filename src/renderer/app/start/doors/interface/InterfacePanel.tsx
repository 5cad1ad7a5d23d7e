import { IconPlayerRecordFilled, IconRefresh } from '@tabler/icons-react';
import { type FormEvent, useEffect, useState } from 'react';
import type { LocalInterfaces } from '../../../../../shared/model/capture-interfaces';
import { useSession } from '../../../../stores/session';
import { texts } from '../../../../texts';
import { ProblemBox } from '../../../../widgets/problem/ProblemBox';
import { startCapture } from '../../../live';
import { copyAndTell } from '../../copy';
import styles from '../panel.module.css';
import { CaptureOptions } from './CaptureOptions';
import { chosenOf, filterIsRight, formOf, requestOf, useCaptureForm } from './form-store';
import { InterfaceList } from './InterfaceList';
import { commonProblem, inOrder } from './interfaces';
import { useInterfaces } from './useInterfaces';

const words = texts.sources.interface;

/** Which interface of this machine is captured, and how. */
export function InterfacePanel() {
  const { list, problem, again } = useInterfaces();
  useLastForm();
  if (problem) {
    return (
      <ProblemBox title={words.failed} problem={problem} onCopy={copyAndTell}>
        <Again onClick={again} />
      </ProblemBox>
    );
  }
  if (list === null) return <p role="status">{words.loading}</p>;
  return <CaptureForm list={list} again={again} />;
}

/** Begins as the last capture did. */
function useLastForm(): void {
  const last = useSession((state) => state.recent.find((source) => source.kind === 'interface'));
  useEffect(() => {
    if (last && useCaptureForm.getState().interface === null) useCaptureForm.setState(formOf(last));
  }, [last]);
}

function CaptureForm({ list, again }: { readonly list: LocalInterfaces; again(): void }) {
  const form = useCaptureForm();
  const recent = useSession((state) => state.recent);
  const [busy, setBusy] = useState(false);
  const interfaces = inOrder(list.interfaces);
  const chosen = chosenOf(form, recent, interfaces);
  const common = commonProblem(interfaces);
  const request = chosen ? requestOf(form, chosen.name) : null;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy || !request || chosen?.problem !== null) return;
    setBusy(true);
    if (await filterIsRight()) await startCapture(request);
    setBusy(false);
  };

  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      {common && (
        <ProblemBox title={words.noRightsTitle} problem={common} onCopy={copyAndTell}>
          <Again onClick={again} />
        </ProblemBox>
      )}
      {interfaces.length === 0 ? <p role="status">{words.none}</p> : <InterfaceList interfaces={interfaces} chosen={chosen?.name ?? ''} />}
      {chosen?.problem && !common && (
        <ProblemBox title={words.cannot(chosen.name)} problem={chosen.problem} onCopy={copyAndTell}>
          <Again onClick={again} />
        </ProblemBox>
      )}
      <CaptureOptions />
      <div className={styles.last}>
        <span className={styles.by} title={words.programHint(list.tool.path)}>
          {words.by(words.programs[list.tool.kind])}
        </span>
        <button type="submit" className="button" data-primary disabled={busy || !request || chosen?.problem !== null}>
          <IconPlayerRecordFilled size={14} aria-hidden />
          {busy ? words.starting : words.start}
        </button>
      </div>
    </form>
  );
}

function Again({ onClick }: { onClick(): void }) {
  return (
    <button type="button" className="button" data-small onClick={onClick}>
      <IconRefresh size={13} aria-hidden />
      {words.again}
    </button>
  );
}
