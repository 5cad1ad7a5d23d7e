import type { Problem } from '../../../../../shared/base/result';
import type { LocalInterface } from '../../../../../shared/model/capture-interfaces';

/** What is most likely wanted first: interfaces with a wire behind them, then all at once, then the machine itself, then what cannot be captured. */
export function inOrder(interfaces: readonly LocalInterface[]): readonly LocalInterface[] {
  const rank = (one: LocalInterface): number => {
    if (one.problem !== null) return one.up ? 5 : 6;
    if (!one.up) return 4;
    if (one.loopback) return 3;
    if (isAny(one)) return 2;
    return one.addresses.length > 0 && one.connection !== 'disconnected' ? 0 : 1;
  };
  return interfaces.toSorted((a, b) => rank(a) - rank(b));
}

/** Linux' pseudo-device of all interfaces. */
export const isAny = ({ name }: LocalInterface): boolean => name === 'any';

/** Why none can be captured, where it is one reason for all; null otherwise. */
export function commonProblem(interfaces: readonly LocalInterface[]): Problem | null {
  const rights = interfaces.find(({ problem }) => problem?.code === 'no-rights')?.problem ?? null;
  return rights !== null && interfaces.every(({ problem }) => problem !== null) ? rights : null;
}
