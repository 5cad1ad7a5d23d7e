import type { SshPlan } from '../../../../../shared/contract/ssh';
import { texts } from '../../../../texts';
import { useServerForm } from './form-store';
import styles from './ssh.module.css';

const words = texts.ssh.plan;

interface PlanInterfacesProps {
  readonly plan: SshPlan;
  /** The plan's interface is the one that the connection comes in by. */
  readonly isUsual: boolean;
  onChange(name: string): void;
}

/** The interfaces of the server, one of which is captured. */
export function PlanInterfaces({ plan, isUsual, onChange }: PlanInterfacesProps) {
  const chosen = useServerForm((state) => state.interface) ?? plan.interface;
  if (plan.interfaces.length === 0) return null;
  return (
    <fieldset className={`${styles.list} ${styles.interfaces}`}>
      <legend className="visually-hidden">{words.interfaces}</legend>
      {inOrder(plan).map(({ name, addresses, up }) => (
        <label key={name} className={styles.interface} data-chosen={name === chosen ? '' : undefined}>
          <input type="radio" name="remote-interface" checked={name === chosen} onChange={() => onChange(name)} />
          <span className={styles.interfaceName} title={name}>
            {name}
          </span>
          {name === 'any' ? (
            <span className={styles.usual}>{words.any}</span>
          ) : (
            <span className={`${styles.addresses} mono`} title={addresses.join('\n')}>
              {addresses[0]}
              {addresses.length > 1 && ` ${words.moreAddresses(addresses.length - 1)}`}
            </span>
          )}
          <span className={styles.usual}>{isUsual && name === plan.interface && words.usual}</span>
          <span className={styles.interfaceState}>{up === null ? '' : up ? words.up : words.down}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** What is most likely wanted first: the one of the plan, those with addresses, all at once (Linux' pseudo-device), the rest. */
function inOrder(plan: SshPlan): SshPlan['interfaces'] {
  const rank = ({ name, addresses, up }: SshPlan['interfaces'][number]): number => {
    if (name === plan.interface) return 0;
    if (addresses.length > 0) return 1;
    if (name === 'any') return 2;
    return up === false ? 4 : 3;
  };
  return plan.interfaces.toSorted((a, b) => rank(a) - rank(b));
}
