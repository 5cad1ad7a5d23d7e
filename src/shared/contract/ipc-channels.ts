/** Names of the messages between preload and main. */
export const CHANNELS = {
  openFileDialog: 'dialog:open',
  saveText: 'dialog:save-text',
  initialFiles: 'files:initial',
  openFiles: 'files:open',
  recentFiles: 'recent:list',
  addRecentFile: 'recent:add',
  clearRecentFiles: 'recent:clear',
  copyText: 'clipboard:write',
  about: 'app:about',
  menuCommand: 'menu:command',
  connectEngine: 'engine:connect',
  enginePort: 'engine:port',
  engineState: 'engine:state',
  currentEngineState: 'engine:current-state',
  restartEngine: 'engine:restart',
} as const;
