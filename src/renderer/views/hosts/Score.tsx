import type { RiskScore } from '../../../shared/model/hosts';
import { texts } from '../../texts';
import { riskLevel } from '../../widgets/severity/risk-level';
import styles from './hosts.module.css';
import { Part } from './parts';

const words = texts.hosts.page;

/** The risk as a number and a bar, and what it is made of. */
export function Score({ score: { risk, parts } }: { readonly score: RiskScore }) {
  const sum = parts.reduce((points, part) => points + part.points, 0);
  return (
    <Part title={words.risk}>
      <div className={styles.score} data-level={riskLevel(risk) ?? undefined}>
        <span className={styles.risk} data-testid="host-risk">
          {risk}
        </span>
        <span className={styles.quiet}>{words.riskOf(String(risk)).replace(/^\d+ /, '')}</span>
        <span className={styles.meter} aria-hidden>
          <span style={{ width: `${risk}%` }} />
        </span>
      </div>
      {parts.length === 0 ? (
        <p className={styles.quiet}>{words.noRisk}</p>
      ) : (
        <ul className={styles.parts}>
          {parts.map(({ points, sentence }) => (
            <li key={sentence}>
              <span className={styles.points}>{words.points(String(points))}</span>
              <span className="selectable">{sentence}</span>
            </li>
          ))}
        </ul>
      )}
      {sum > risk && <p className={styles.quiet}>{words.capped}</p>}
    </Part>
  );
}
