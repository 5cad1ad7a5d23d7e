import type { MessagePortMain } from 'electron';
import type { EngineToMain, MainToEngine } from '../shared/contract/engine-process';
import type { RpcPort } from '../shared/rpc/port';
import { Engine } from './engine';

/** Composition root of the utility process: the only file of the engine that knows Electron. */
const engine = new Engine();
const { parentPort } = process;

function asRpcPort(port: MessagePortMain): RpcPort {
  return {
    post: (message) => port.postMessage(message),
    listen: (handler) => {
      port.on('message', (event) => handler(event.data));
      port.start();
    },
    close: () => port.close(),
  };
}

parentPort.on('message', (event) => {
  const message = event.data as MainToEngine;
  const port = event.ports[0];
  if (message.type !== 'port' || !port) return;
  const disconnect = engine.connect(asRpcPort(port));
  port.on('close', disconnect);
});
parentPort.postMessage({ type: 'ready' } satisfies EngineToMain);
