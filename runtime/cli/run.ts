import { Command, Option } from 'commander';
import { systemClock } from '../../drivers/bindings/system-clock.js';
import { loadSite } from '../load-site.js';
import { type LogLevel, logLevels } from '../log-levels.js';
import { exitCodes } from './exit-codes.js';
import { noticeService } from './service-notice.js';

/** `ushelter run`: the shelter itself. */
export function runCommand(): Command {
  return new Command('run')
    .requiredOption('--config <file>', 'the site file (YAML)')
    .addOption(
      new Option('--log-level <level>', 'least level that is logged').choices(logLevels).default('info'),
    )
    .addHelpText(
      'after',
      `
Logs are JSON lines on standard output. A failing sensor, broker or database is reported and tried again;
none of them ends the program. A stop commits what is held and gives every port back.

Exit codes: 0 stopped by a signal; 1 the site file is not right; 75 the city asked for a restart, so whatever
watches over the program is to start it again (systemd: Restart=on-failure); 2 usage.`,
    )
    .action(async ({ config, logLevel }: { config: string; logLevel: LogLevel }) => {
      const site = await loadSite(config);
      const [{ createShelter }, { jsonLog }, { runUntilSignal }] = await Promise.all([
        import('../shelter.js'),
        import('../log.js'),
        import('./run-until-signal.js'),
      ]);
      const { asked, ask } = restartRequest();
      const shelter = createShelter(site, { log: jsonLog(logLevel), onRestart: ask });
      noticeService(systemClock);
      await runUntilSignal(shelter, asked);
    });
}

/** A restart that may be asked for once; the exit code then tells of it. */
function restartRequest(): { asked: Promise<void>; ask: () => void } {
  let ask = () => {};
  const asked = new Promise<void>((resolve) => {
    ask = () => {
      process.exitCode = exitCodes.restart;
      resolve();
    };
  });
  return { asked, ask };
}
