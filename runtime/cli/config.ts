import { Command } from 'commander';
import { siteJsonSchema } from '../../config/json-schema.js';
import { writeSite } from '../../config/write.js';
import { sensorModels } from '../../drivers/index.js';
import { loadSite } from '../load-site.js';

/** `ushelter config`: what a site file may say, and whether this one does. */
export function configCommand(): Command {
  return new Command('config')
    .addCommand(checkCommand())
    .addCommand(printCommand())
    .addCommand(schemaCommand());
}

function checkCommand(): Command {
  return new Command('check')
    .description(
      'Say whether a site file is right; every mistake with its line, what was expected and an example.',
    )
    .argument('<file>', 'the site file (YAML)')
    .addHelpText('after', '\nExit codes: 0 the file is right; 1 it is not, or cannot be read; 2 usage.')
    .action(async (file: string) => {
      const site = await loadSite(file);
      const devices = [count(site.sensors.length, 'sensor'), count(site.outputs.length, 'output')].join(', ');
      process.stdout.write(`${file}: right: ${site.id}, ${devices}\n`);
    });
}

function printCommand(): Command {
  return new Command('print')
    .description('Print a site file as it is understood, every default filled in.')
    .argument('<file>', 'the site file (YAML)')
    .addHelpText('after', '\nExit codes: 0 printed; 1 the file is not right, or cannot be read; 2 usage.')
    .action(async (file: string) => {
      process.stdout.write(writeSite(await loadSite(file)));
    });
}

function schemaCommand(): Command {
  return new Command('schema')
    .description('Print the JSON Schema of site files, for an editor to check and complete while you type.')
    .addHelpText(
      'after',
      '\nFirst line of a site file for editors with the YAML language server:\n  # yaml-language-server: $schema=site.schema.json\n\nExit codes: 0 printed; 2 usage.',
    )
    .action(() => {
      process.stdout.write(`${JSON.stringify(siteJsonSchema(sensorModels()), null, 2)}\n`);
    });
}

function count(amount: number, what: string): string {
  return `${amount} ${what}${amount === 1 ? '' : 's'}`;
}
