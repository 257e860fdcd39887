import { Command } from 'commander';
import { didYouMean } from '../../config/wiring.js';
import { type QcTest, qcTests, runQc, writeQcKeys } from './qc-tests.js';

/** `ushelter qc`: what the quality tests make of a series of values. */
export function qcCommand(): Command {
  return new Command('qc')
    .argument('<name>', `one of ${names().join(', ')}`)
    .argument('[inputs...]', 'values= and the limits of the test, each as key=value')
    .addHelpText(
      'after',
      `
The answer is a line of JSON with a flag for each value, after IOOS QARTOD: 1 pass, 2 not evaluated, 3 suspect,
4 fail, 9 missing. Values stand between commas, the oldest first, with nothing where one is missing. Limits are
in the unit of the values, times in seconds.

Tests:
${qcTests.map(describe).join('\n')}

Examples:
  ushelter qc gross-range values=-60,20,55 fail_min=-40 fail_max=60 suspect_min=-25 suspect_max=45
  ushelter qc spike values=10,12,999.99,13,15 suspect=25 fail=50
  ushelter qc rate-of-change values=20,20.1,,35,35.1 per_second=0.05 interval=60
  ushelter qc flat-line values=5,5,5,5,5,5 interval=1 tolerance=0.1 suspect_for=3 fail_for=5

Exit codes: 0 there are flags, whatever they say; 2 usage.`,
    )
    .action((name: string, words: string[], _: unknown, command: Command) => {
      const test = qcTests.find(({ definition }) => definition.id === name);
      if (!test) return command.error(`error: there is no test "${name}"${didYouMean(name, names())}`);
      const outcome = runQc(test, words);
      if ('wrong' in outcome) return command.error(`error: ${outcome.wrong}`);
      process.stdout.write(`${JSON.stringify({ test: name, flags: outcome.flags })}\n`);
    });
}

function describe(test: QcTest): string {
  const keys = Object.entries(test.keys).map(([key, { about }]) => `      ${key.padEnd(14)}${about}`);
  return [`  ${test.definition.id}  ${writeQcKeys(test)}`, ...keys].join('\n');
}

function names(): string[] {
  return qcTests.map(({ definition }) => definition.id);
}
