import electron = require('electron');

/** A sandboxed preload is CommonJS and can import nothing of ours: the channels’ names stand in channel.ts too. */
electron.contextBridge.exposeInMainWorld('ushelterShell', {
  tell: (news: unknown) => electron.ipcRenderer.send('ushelter:news', news),
  listen: (listener: (order: unknown) => void) => {
    electron.ipcRenderer.on('ushelter:order', (_event, order) => listener(order));
  },
});
