import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Command } from 'commander';
import { ShelterError } from '../../config/errors.js';
import { hashPin, pinPattern } from '../maintenance/pin.js';

/** `ushelter pin`: makes what the maintenance screen checks a PIN by. */
export function pinCommand(): Command {
  return new Command('pin')
    .option('--write <file>', 'write it to a file that its owner alone may read; by default it is printed')
    .addHelpText(
      'after',
      `
The PIN, 6 to 12 digits, is asked for twice and not shown; or it is the first line of standard input. It never stands
on the command line, where others could read it. The line that is made holds no PIN, but what one is checked by: name
its file in kiosk.maintenance.pinFile of the site file.

Examples:
  ushelter pin --write /etc/ushelter/maintenance.pin

Exit codes: 0 made; 1 the PIN does not do, or the file cannot be written; 2 usage.`,
    )
    .action(async ({ write }: { write?: string }) => {
      const pin = process.stdin.isTTY ? await askTwice() : await firstLine();
      if (!pinPattern.test(pin)) throw new ShelterError('PIN_INVALID', 'A PIN has 6 to 12 digits.');
      const line = `${await hashPin(pin)}\n`;
      if (write === undefined) process.stdout.write(line);
      else await writeFile(write, line, { mode: 0o600 });
    });
}

/** Asks without showing what is typed. */
async function askTwice(): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });

  async function ask(question: string): Promise<string> {
    process.stderr.write(question);
    const line = await lines.question('');
    process.stderr.write('\n');
    return line.trim();
  }

  try {
    const pin = await ask('The PIN: ');
    if ((await ask('Once more: ')) !== pin) {
      throw new ShelterError('PIN_INVALID', 'The two are not the same.');
    }
    return pin;
  } finally {
    lines.close();
  }
}

async function firstLine(): Promise<string> {
  for await (const line of createInterface({ input: process.stdin })) return line.trim();
  return '';
}
