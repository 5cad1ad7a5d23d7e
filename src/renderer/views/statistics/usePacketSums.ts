import { engine } from '../../client/engine';
import { useCounted } from '../../stores/counted';
import { Question } from '../../stores/question';

/** While packets come, no more often: each time the engine goes over all of them. */
const REFRESH_MS = 1500;

const packetSums = new Question(() => engine.call('statistics.packets', {}));

/** Sums over the shown packets, kept up while they grow. */
export function usePacketSums() {
  const { value, problem, isStale, again } = useCounted(packetSums, REFRESH_MS);
  return { sums: value, problem, isStale, retry: again };
}

/** Before somebody looks. */
export const preparePacketSums = (): Promise<unknown> => packetSums.ask();
