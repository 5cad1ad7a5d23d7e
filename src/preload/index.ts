import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from 'electron';
import { type DesktopBridge, ENGINE_PORT_MESSAGE, type EngineState } from '../shared/contract/desktop';
import { CHANNELS } from '../shared/contract/ipc-channels';

function listen<T>(channel: string, listener: (value: T) => void): () => void {
  const handler = (_event: IpcRendererEvent, value: T): void => listener(value);
  ipcRenderer.on(channel, handler);
  return () => ipcRenderer.off(channel, handler);
}

/** Calls the listener with the present state and with every later one. */
function follow<T>(current: string, changes: string, listener: (state: T) => void): () => void {
  // A state pushed while the question is under way is newer than the answer.
  let answerWanted = true;
  const stop = listen<T>(changes, (state) => {
    answerWanted = false;
    listener(state);
  });
  void ipcRenderer.invoke(current).then((state: T) => answerWanted && listener(state));
  return () => {
    answerWanted = false;
    stop();
  };
}

const bridge: DesktopBridge = {
  openFileDialog: () => ipcRenderer.invoke(CHANNELS.openFileDialog),
  chooseFile: (request) => ipcRenderer.invoke(CHANNELS.chooseFile, request),
  chooseSavePath: (request) => ipcRenderer.invoke(CHANNELS.chooseSavePath, request),
  showInFolder: (path) => ipcRenderer.invoke(CHANNELS.showInFolder, path),
  initialFiles: () => ipcRenderer.invoke(CHANNELS.initialFiles),
  onOpenFiles: (listener) => listen(CHANNELS.openFiles, listener),
  pathForFile: (file) => webUtils.getPathForFile(file),
  recentSources: () => ipcRenderer.invoke(CHANNELS.recentSources),
  addRecentSource: (source) => ipcRenderer.invoke(CHANNELS.addRecentSource, source),
  clearRecentSources: () => ipcRenderer.invoke(CHANNELS.clearRecentSources),
  copyText: (text) => ipcRenderer.invoke(CHANNELS.copyText, text),
  saveText: (request) => ipcRenderer.invoke(CHANNELS.saveText, request),
  about: () => ipcRenderer.invoke(CHANNELS.about),
  onEngineState: (listener) => follow<EngineState>(CHANNELS.currentEngineState, CHANNELS.engineState, listener),
  restartEngine: () => ipcRenderer.invoke(CHANNELS.restartEngine),
  holdWindow: (held) => ipcRenderer.invoke(CHANNELS.holdWindow, held),
  onCloseAsked: (listener) => listen(CHANNELS.closeAsked, listener),
  closeWindow: () => ipcRenderer.invoke(CHANNELS.closeWindow),
  onMenuCommand: (listener) => listen(CHANNELS.menuCommand, listener),
  notifications: {
    onState: (listener) => follow(CHANNELS.notifications.current, CHANNELS.notifications.state, listener),
    saveSettings: (settings) => ipcRenderer.invoke(CHANNELS.notifications.save, settings),
    setWebhookUrl: (url) => ipcRenderer.invoke(CHANNELS.notifications.setUrl, url),
    setWebhookSecret: (secret) => ipcRenderer.invoke(CHANNELS.notifications.setSecret, secret),
    testWebhook: () => ipcRenderer.invoke(CHANNELS.notifications.testWebhook),
    testDesktop: () => ipcRenderer.invoke(CHANNELS.notifications.testDesktop),
    onOpenAlert: (listener) => listen(CHANNELS.notifications.openAlert, listener),
  },
  servers: {
    list: () => ipcRenderer.invoke(CHANNELS.servers.list),
    save: (server) => ipcRenderer.invoke(CHANNELS.servers.save, server),
    remove: (id) => ipcRenderer.invoke(CHANNELS.servers.remove, id),
    used: (id) => ipcRenderer.invoke(CHANNELS.servers.used, id),
  },
  profiles: {
    load: () => ipcRenderer.invoke(CHANNELS.profiles.load),
    save: (stored) => ipcRenderer.invoke(CHANNELS.profiles.save, stored),
    parse: (text) => ipcRenderer.invoke(CHANNELS.profiles.parse, text),
  },
};

contextBridge.exposeInMainWorld('portlight', bridge);

const pageListens = new Promise<void>((resolve) => window.addEventListener('DOMContentLoaded', () => resolve(), { once: true }));

ipcRenderer.on(CHANNELS.enginePort, async (event) => {
  await pageListens;
  window.postMessage({ type: ENGINE_PORT_MESSAGE }, window.location.origin, event.ports);
});
ipcRenderer.send(CHANNELS.connectEngine);
