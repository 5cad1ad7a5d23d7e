import type { RpcPort } from './port';

/** Two connected ends within one process. Messages are structured-cloned and delivered later, as a real port does. */
export function memoryPair(): [RpcPort, RpcPort] {
  const handlers: (((message: unknown) => void) | null)[] = [null, null];
  const waiting: unknown[][] = [[], []];
  let open = true;
  const deliver = (side: number, message: unknown): void => {
    const handler = handlers[side];
    if (handler) handler(message);
    else waiting[side]?.push(message);
  };
  const end = (side: number): RpcPort => ({
    post(message) {
      const copy = structuredClone(message);
      setTimeout(() => open && deliver(1 - side, copy), 0);
    },
    listen(handler) {
      handlers[side] = handler;
      for (const message of waiting[side]?.splice(0) ?? []) handler(message);
    },
    close() {
      open = false;
    },
  });
  return [end(0), end(1)];
}
