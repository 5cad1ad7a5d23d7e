import type { MessagePortMain } from 'electron';
import type { EngineToMain, MainToEngine } from '../shared/contract/engine-process';
import { notificationSettings } from '../shared/contract/notification-schemas';
import type { RpcPort } from '../shared/rpc/port';
import { Engine } from './engine';
import { Geo } from './enrich/geo/geo';
import { History } from './history/history';
import { MainSecrets } from './main-secrets';
import { Settings } from './settings/settings';
import { databaseFile } from './store/data-folder';
import { openStore } from './store/open-store';

/** Composition root of the utility process: the only file of the engine that knows Electron. */
const { parentPort } = process;
const tell = (message: EngineToMain): void => parentPort.postMessage(message);
const geo = new Geo();
const store = await openStore(databaseFile());
const settings = new Settings({ store: store.ok ? store.value : null, geo });
// Countries appear as soon as the database of places is open; nothing waits for it.
await settings.load();
const secrets = new MainSecrets(tell);
const engine = new Engine({ history: new History(store.ok ? store.value : null), geo, settings, notify: tell, notifyEnd: tell, secrets });

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
  if (message.type === 'notification-settings') {
    const settings = notificationSettings.safeParse(message.settings);
    if (settings.success) engine.notifier.configure(settings.data);
    return;
  }
  if (message.type === 'secret' || message.type === 'keeping') {
    secrets.take(message);
    return;
  }
  const port = event.ports[0];
  if (message.type !== 'port' || !port) return;
  const disconnect = engine.connect(asRpcPort(port));
  port.on('close', disconnect);
});
tell({ type: 'ready' });
