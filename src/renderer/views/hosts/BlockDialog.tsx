import { notifications } from '@mantine/notifications';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { Problem } from '../../../shared/base/result';
import type { BlockAdvice, BlockTool } from '../../../shared/model/hosts';
import { engine } from '../../client/engine';
import { problemOf } from '../../client/engine-client';
import { texts } from '../../texts';
import { Dialog } from '../../widgets/dialog/Dialog';
import styles from './hosts.module.css';

const words = texts.hosts.block;

/** Lines that block an address, each with its undo line; what speaks against it stands above them. */
export function BlockDialog({ address, onClose }: { readonly address: string | null; onClose(): void }) {
  return (
    <Dialog title={words.title(address ?? '')} size={620} opened={address !== null} onClose={onClose}>
      {address !== null && <Advice key={address} address={address} />}
    </Dialog>
  );
}

function Advice({ address }: { readonly address: string }) {
  const [answer, setAnswer] = useState<{ readonly advice: BlockAdvice | null } | { readonly problem: Problem } | null>(null);
  const [tool, setTool] = useState<BlockTool>('nftables');
  useEffect(() => {
    engine.call('hosts.block', { address }).then(
      (advice) => setAnswer({ advice }),
      (error: unknown) => setAnswer({ problem: problemOf(error) }),
    );
  }, [address]);
  if (answer === null) return <p className={styles.quiet}>{texts.hosts.loading}</p>;
  if ('problem' in answer) return <p role="alert">{answer.problem.sentence}</p>;
  const rule = answer.advice?.rules.find((each) => each.tool === tool);
  if (!answer.advice || !rule) return <p role="alert">{words.none}</p>;
  const { warnings, rules } = answer.advice;
  return (
    <div className={styles.advice}>
      {warnings.length > 0 && (
        <section className={styles.warnings} aria-label={words.warnings}>
          <h3>
            <IconAlertTriangle size={15} stroke={1.8} aria-hidden />
            {words.warnings}
          </h3>
          <ul>
            {warnings.map(({ code, sentence }) => (
              <li key={code} className="selectable">
                {sentence}
              </li>
            ))}
          </ul>
        </section>
      )}
      <p className={styles.text}>{words.sentence}</p>
      <fieldset className={styles.tools} aria-label={words.tool}>
        {rules.map((each) => (
          <button
            key={each.tool}
            type="button"
            className={styles.tool}
            aria-pressed={each.tool === tool}
            onClick={() => setTool(each.tool)}
          >
            {words.tools[each.tool]}
          </button>
        ))}
      </fieldset>
      <Lines title={words.rule} text={rule.block} copy={words.copyRule} isPrimary />
      <Lines title={words.undo} text={rule.undo} copy={words.copyUndo} />
      <p className={styles.quiet}>{rule.note}</p>
    </div>
  );
}

interface LinesProps {
  readonly title: string;
  readonly text: string;
  readonly copy: string;
  readonly isPrimary?: boolean;
}

function Lines({ title, text, copy, isPrimary = false }: LinesProps) {
  const run = async (): Promise<void> => {
    await window.portlight.copyText(text);
    notifications.show({ message: words.copied });
  };
  return (
    <section>
      <div className={styles.linesHead}>
        <h3 className="eyebrow">{title}</h3>
        <button type="button" className="button" data-small data-primary={isPrimary ? '' : undefined} onClick={() => void run()}>
          {copy}
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it may be wider than the dialog, and is scrolled by keys */}
      <pre className={`${styles.lines} mono selectable`} tabIndex={0}>
        {text}
      </pre>
    </section>
  );
}
