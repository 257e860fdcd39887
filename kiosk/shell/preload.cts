import electron = require('electron');

/** A sandboxed preload is CommonJS and can import nothing of ours: the channel's name stands in channel.ts too. */
electron.contextBridge.exposeInMainWorld('ushelterShell', {
  alive: () => electron.ipcRenderer.send('ushelter:alive'),
});
