import { Command } from 'commander';
import { didYouMean } from '../../config/wiring.js';
import type { IndexDefinition, IndexResult } from '../indices/definition.js';
import { evaluate } from '../indices/evaluate.js';
import { indices } from '../indices/index.js';
import { exitCodes } from './exit-codes.js';
import { readInputs, writeKeys } from './index-inputs.js';

/** `ushelter index`: what a person can make of numbers, as the shelter computes it. */
export function indexCommand(): Command {
  return new Command('index')
    .argument('<name>', 'which index; `ushelter index list` tells of them all')
    .argument('[inputs...]', 'what to compute it from, each as key=value; a missing value is left empty')
    .addHelpText(
      'after',
      `
The answer is a line of JSON: value, unit, grade and standard; unit and grade are null where the standard has
none. Where the index has no value, it says instead why it is absent: a missing input, or one outside the range
of the standard. Nothing is guessed and nothing is extrapolated.

Hourly means come newest first, with nothing between the commas where an hour is missing.

Examples:
  ushelter index us-aqi pm2_5=35.9
  ushelter index kma-feels-like temperature=33 humidity=60 month=8
  ushelter index cai so2=0.004 co=0.8 o3=0.007 no2=0.041 pm10=31 pm2_5=23
  ushelter index nowcast pollutant=pm2_5 values=34.9,43,,64.9

Exit codes: 0 there is a value; 1 it is absent; 2 usage.`,
    )
    .action((name: string, words: string[], _: unknown, command: Command) => {
      const definition = indices.find(({ id }) => id === name);
      if (!definition) return command.error(`error: ${unknownIndex(name)}`);
      const inputs = readInputs(definition, words);
      if ('wrong' in inputs) return command.error(`error: ${inputs.wrong}`);
      const result = evaluate(definition, inputs.values);
      process.stdout.write(`${JSON.stringify(answer(definition, result))}\n`);
      process.exitCode = 'absent' in result ? exitCodes.failed : exitCodes.done;
    })
    .addCommand(listCommand());
}

function listCommand(): Command {
  return new Command('list')
    .description('Tell of every index: its name, what it takes, and whose standard it follows.')
    .addHelpText('after', '\nIn brackets is what an index can do without.\n\nExit codes: 0 told; 2 usage.')
    .action(() => {
      process.stdout.write(indices.map(describe).join('\n'));
    });
}

function describe({ id, title, inputs, standard }: IndexDefinition): string {
  return `${id}\n  ${title.en}: ${standard}\n  ${writeKeys(inputs)}\n`;
}

/** The JSON that scripts read. */
function answer({ id, unit, standard }: IndexDefinition, result: IndexResult): object {
  if ('absent' in result) return { index: id, absent: result.absent, standard };
  const { value, grade } = result;
  return { index: id, value: plain(value), unit: unit ?? null, grade: grade ?? null, standard };
}

/** Without the noise of binary fractions: 28.502 and not 28.502000000000002. */
function plain(value: number): number {
  return Number(value.toPrecision(12));
}

function unknownIndex(name: string): string {
  const guess = didYouMean(
    name,
    indices.map(({ id }) => id),
  );
  return `there is no index "${name}"${guess}`;
}
