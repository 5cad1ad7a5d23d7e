import type { RpcPort } from '../../shared/rpc/port';

/** The page's end of the channel to the engine. */
export function pagePort(port: MessagePort): RpcPort {
  return {
    post: (message) => port.postMessage(message),
    listen: (handler) => {
      port.onmessage = (event) => handler(event.data);
    },
    close: () => port.close(),
  };
}
