import { electronBinary, electronFolder, packagedElectron } from './installed-electron.js';

/** What the kiosk needs of the machine it starts on. */
export interface Machine {
  platform: NodeJS.Platform;
  environment: Readonly<Record<string, string | undefined>>;
  isRoot: boolean;
  /** The path of Electron's binary, where there is one. */
  electron: string | undefined;
}

export type Readiness = { electron: string } | { obstacle: string };

/** Whether the kiosk can start here; if not, the one line that says why and what to do. */
export function readiness({ platform, environment, isRoot, electron }: Machine, url: string): Readiness {
  const instead = `or open ${url} in a browser`;
  if (!electron) {
    return {
      obstacle: `Electron’s binary is missing: run \`npx install-electron\` with access to github.com, ${instead}.`,
    };
  }
  if (platform === 'linux' && !environment.DISPLAY && !environment.WAYLAND_DISPLAY) {
    return {
      obstacle: `There is no display: set DISPLAY or WAYLAND_DISPLAY to that of the screen’s user, ${instead}.`,
    };
  }
  if (platform === 'linux' && isRoot) {
    return {
      obstacle: `The kiosk does not run as root, where its sandbox cannot work: start it as the screen’s user, ${instead}.`,
    };
  }
  return { electron };
}

/** The machine that this process runs on. */
export function thisMachine(): Machine {
  return {
    platform: process.platform,
    environment: process.env,
    isRoot: process.getuid?.() === 0,
    electron: packagedElectron() ?? electronBinary(electronFolder()),
  };
}
