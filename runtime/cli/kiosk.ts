import { dirname, join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { readInvocation } from '../../kiosk/supervision/invocation.js';
import { kioskFile } from '../kiosk/access.js';
import { loadSite } from '../load-site.js';
import { exitCodes } from './exit-codes.js';
import { runUntilSignal } from './run-until-signal.js';

interface KioskOptions {
  browser: 'electron' | 'chromium';
  config?: string;
  url?: string;
  windowed?: true;
}

/** `ushelter kiosk`: the page over the whole screen, kept alive. */
export function kioskCommand(): Command {
  return new Command('kiosk')
    .addOption(
      new Option('--browser <browser>', 'what draws it')
        .choices(['electron', 'chromium'])
        .default('electron'),
    )
    .option('--config <file>', 'the site file of the shelter, by which the kiosk finds it and reports to it')
    .option('--url <address>', 'the page, where there is no site file; by default http://127.0.0.1:8080/')
    .option('--windowed', 'a window on a desk, which can be closed')
    .addHelpText(
      'after',
      `
The shelter itself runs in a process of its own (\`ushelter run\`); either may start first, and each does without the
other. The screen is watched over: a page that hangs, dies or shows nothing is loaded anew, then in a new renderer,
then without the graphics chip; where nothing helps, and while the shelter does not answer, a page that needs
nothing says so and it is tried again. Each step is an event of the shelter.
Chromium is lighter, Electron harder to leave; neither runs as root, and both keep their sandbox.

Exit codes: 0 stopped by a signal; 1 it cannot start, and says why; 2 usage.`,
    )
    .action(async ({ browser, config, url, windowed }: KioskOptions) => {
      const found = config === undefined ? undefined : await whereOf(config);
      const address = url ?? found?.url;
      const invocation = readInvocation(
        [
          ...(address === undefined ? [] : [`--url=${address}`]),
          ...(found ? [`--access=${found.access}`] : []),
          ...(windowed ? ['--windowed'] : []),
        ],
        process.env,
      );
      if ('complaint' in invocation) return end(invocation.complaint, exitCodes.usage);
      if (browser === 'electron') {
        const { startElectron } = await import('../../kiosk/shell/start-electron.js');
        process.exitCode = await startElectron(invocation, log);
        return;
      }
      const { startChromium } = await import('../../kiosk/browser/start-chromium.js');
      const kiosk = startChromium(invocation, { log });
      if ('obstacle' in kiosk) return end(kiosk.obstacle, exitCodes.failed);
      await runUntilSignal({ start: async () => {}, stop: kiosk.stop });
    });
}

/** Where the shelter of a site file is, unless its port is taken; and where it says so. */
async function whereOf(config: string): Promise<{ url: string; access: string }> {
  const { api, store } = await loadSite(config);
  const host = api.host === '0.0.0.0' || api.host === '::' ? '127.0.0.1' : api.host;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${api.port}/`,
    access: join(dirname(resolve(store.file)), kioskFile),
  };
}

function end(line: string, code: number): void {
  log(line);
  process.exitCode = code;
}

function log(line: string): void {
  process.stderr.write(`${line}\n`);
}
