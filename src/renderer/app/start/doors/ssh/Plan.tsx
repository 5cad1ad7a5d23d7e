import { Loader } from '@mantine/core';
import { IconCheck, IconMinus, IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { SshPlan } from '../../../../../shared/contract/ssh';
import { texts } from '../../../../texts';
import { ProblemBox } from '../../../../widgets/problem/ProblemBox';
import { copyAndTell } from '../../copy';
import { checkServer, forgetCheck, useCheck } from './check';
import { requestOf, useServerForm } from './form-store';
import { PlanInterfaces } from './PlanInterfaces';
import styles from './ssh.module.css';

const words = texts.ssh;
const IS_ANOTHER_KEY: ReadonlySet<string> = new Set(['host-key-changed', 'host-key-revoked']);

interface PlanProps {
  onInterface(name: string): void;
}

/** What was found out about the server: what is there, what is in the way, and what removes it. */
export function Plan({ onInterface }: PlanProps) {
  const check = useCheck((state) => state.check);
  switch (check.state) {
    case 'none':
      return null;
    case 'checking':
      return (
        <div className={styles.checking} role="status">
          <Loader size={16} />
          <span>{words.checking(check.target)}</span>
          <button type="button" className="button" data-small onClick={forgetCheck}>
            {words.cancel}
          </button>
        </div>
      );
    case 'failed':
      return (
        <ProblemBox
          title={IS_ANOTHER_KEY.has(check.problem.code) ? words.plan.otherKey : words.plan.failed(check.target)}
          problem={check.problem}
          onCopy={copyAndTell}
        >
          <Again />
        </ProblemBox>
      );
    case 'known':
      return (
        <section className={styles.plan} aria-label={words.plan.title(check.target)} data-testid="ssh-plan">
          <Facts plan={check.plan} />
          {check.plan.problem ? (
            <ProblemBox title={words.plan.blocked} problem={check.plan.problem} command={check.plan.paste} onCopy={copyAndTell}>
              <Again />
            </ProblemBox>
          ) : (
            <p className={styles.ready} role="status">
              <IconCheck size={15} aria-hidden />
              {words.plan.ready}
            </p>
          )}
          <PlanInterfaces plan={check.plan} isUsual={check.isUsual} onChange={onInterface} />
        </section>
      );
  }
}

/** What was in the way may have been removed meanwhile. */
function Again() {
  const again = (): void => {
    const request = requestOf(useServerForm.getState());
    if (request) void checkServer(request);
  };
  return (
    <button type="button" className="button" data-small onClick={again}>
      <IconRefresh size={13} aria-hidden />
      {words.again}
    </button>
  );
}

function Facts({ plan }: { readonly plan: SshPlan }) {
  const { system, user, tcpdump, rights, own, problem } = plan;
  const { right, noRight, unknownRight } = words.plan;
  const lacksRights = problem?.code === 'remote-no-rights' || problem?.code === 'remote-wrong-sudo-password';
  return (
    <dl className={styles.facts}>
      <Fact name={words.plan.system} isThere>
        {words.plan.systemOf(system, user)}
      </Fact>
      <Fact name={words.plan.tcpdump} isThere={tcpdump !== null}>
        {tcpdump ?? words.plan.noTcpdump}
      </Fact>
      <Fact name={words.plan.rights} isThere={rights !== null}>
        {rights ? right[rights] : lacksRights ? noRight : unknownRight}
      </Fact>
      {own !== null && (
        <Fact name={words.plan.own} isThere>
          {words.plan.ownOf(own.replace(' ', ' → '))}
        </Fact>
      )}
    </dl>
  );
}

interface FactProps {
  readonly name: string;
  readonly isThere: boolean;
  readonly children: ReactNode;
}

function Fact({ name, isThere, children }: FactProps) {
  const Icon = isThere ? IconCheck : IconMinus;
  return (
    <div className={styles.fact} data-there={isThere ? '' : undefined}>
      <dt>{name}</dt>
      <dd className="selectable">
        <Icon size={14} aria-hidden />
        <span>{children}</span>
      </dd>
    </div>
  );
}
