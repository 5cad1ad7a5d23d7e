import { IconFilter, IconFilterX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { exclude, filterTo } from '../../stores/filter';
import { addressTest, portTest } from '../../stores/filter-text';
import { texts } from '../../texts';
import { Value } from '../../values/Value';
import styles from './inspector.module.css';

interface FactProps {
  readonly name: string;
  readonly hint?: string;
  readonly children: ReactNode;
}

/** A name and its value on one line. */
export function Fact({ name, hint, children }: FactProps) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd className="selectable" title={hint}>
        {children}
      </dd>
    </div>
  );
}

interface EndpointProps {
  readonly role: string;
  readonly address: string;
  readonly port: number | null;
  /** 'TCP', 'udp'; null: it is not known. */
  readonly transport: string | null;
}

/** One end of a conversation, with the two ways to filter by its address. */
export function Endpoint({ role, address, port, transport }: EndpointProps) {
  const words = texts.frame.inspector;
  const test = addressTest('addr', address);
  return (
    <div className={styles.endpoint}>
      <div className={styles.endpointLine}>
        <span className={styles.endpointRole}>
          {role}
          {port !== null && (
            <>
              {' · '}
              <span className={styles.port}>
                <Value text={words.port(port)} test={transport === null ? null : portTest(transport, port)} />
              </span>
            </>
          )}
        </span>
        {test && (
          <span className={styles.endpointActions}>
            <button
              type="button"
              className="icon-button"
              title={`${words.filterTo}: ${address}`}
              aria-label={`${words.filterTo}: ${address}`}
              onClick={() => void filterTo(test)}
            >
              <IconFilter size={14} stroke={1.7} aria-hidden />
            </button>
            <button
              type="button"
              className="icon-button"
              title={`${words.excludeThis}: ${address}`}
              aria-label={`${words.excludeThis}: ${address}`}
              onClick={() => void exclude(test)}
            >
              <IconFilterX size={14} stroke={1.7} aria-hidden />
            </button>
          </span>
        )}
      </div>
      <div className={`${styles.address} mono`}>
        <Value text={address} test={test} host={address} />
      </div>
    </div>
  );
}
