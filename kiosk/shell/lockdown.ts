import type { Session, WebContents } from 'electron';
import { lastResortUrl } from '../supervision/last-resort.js';
import { mayLoad, mayNavigate, mayPress } from '../supervision/policies.js';

/** Denies a session everything but loading from the kiosk's own origin. */
export function lockSession(session: Session, home: () => URL): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, decide) => decide({}));
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest(({ url }, decide) => {
    decide({ cancel: !mayLoad(url, home(), lastResortUrl) });
  });
}

/** Closes the ways out of a page: links, new windows, embedded pages, keys and zoom. */
export function lockContents(contents: WebContents, home: () => URL): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-frame-navigate', (details) => {
    if (!mayNavigate(details.url, home())) details.preventDefault();
  });
  contents.on('will-redirect', (details) => {
    if (!mayNavigate(details.url, home())) details.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('before-input-event', (event, input) => {
    if (!mayPress(input)) event.preventDefault();
  });
  contents.on('context-menu', (event) => event.preventDefault());
  contents.on('did-finish-load', () => {
    contents.setZoomFactor(1);
    void contents.setVisualZoomLevelLimits(1, 1);
  });
}
