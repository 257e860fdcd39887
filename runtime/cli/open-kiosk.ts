import { spawn } from 'node:child_process';
import { packageRoot } from '../package-root.js';

/**
 * Shows the page in the Electron shell, in a window, where its binary and a display are there. Where they are not, the
 * launcher says so in one line; the shelter does not need it.
 *
 * @param access the file by which the shelter is found and known
 */
export function openKiosk(url: string, access: string): { close(): void } {
  const launcher = spawn(
    process.execPath,
    [`${packageRoot}dist/kiosk/shell/launch.js`, '--url', url, '--access', access, '--windowed'],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  launcher.on('error', () => {});
  return { close: () => void launcher.kill() };
}
