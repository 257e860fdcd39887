import { Command, Option } from 'commander';
import { loadSite } from '../load-site.js';
import { type LogLevel, logLevels } from '../log-levels.js';

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

Exit codes: 0 stopped by a signal; 1 the site file is not right; 2 usage.`,
    )
    .action(async ({ config, logLevel }: { config: string; logLevel: LogLevel }) => {
      const site = await loadSite(config);
      const [{ createShelter }, { jsonLog }, { runUntilSignal }] = await Promise.all([
        import('../shelter.js'),
        import('../log.js'),
        import('./run-until-signal.js'),
      ]);
      const shelter = createShelter(site, { log: jsonLog(logLevel) });
      await runUntilSignal(shelter);
    });
}
