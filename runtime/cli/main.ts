#!/usr/bin/env -S node --optimize-for-size --max-semi-space-size=1 --v8-pool-size=1
// These flags spare memory: a program that mostly waits has the time to collect garbage early and often, and little room
// for young objects and one helper thread do for it.
import { Command, CommanderError } from 'commander';
import { version } from '../version.js';
import { exitCodes, writeError } from './exit-codes.js';

/** Each command is loaded when it is called: a shelter in the field carries no simulators. */
const commands: Readonly<Record<string, { about: string; load(): Promise<Command> }>> = {
  run: {
    about: 'Run a shelter: sense, judge, store, send and show, until SIGTERM or SIGINT.',
    load: async () => (await import('./run.js')).runCommand(),
  },
  kiosk: {
    about: 'Show the page of a shelter over the whole screen, and keep it alive.',
    load: async () => (await import('./kiosk.js')).kioskCommand(),
  },
  demo: {
    about: 'Run a whole shelter on simulated devices, with a broker of its own.',
    load: async () => (await import('./demo.js')).demoCommand(),
  },
  simulate: {
    about: 'Stand in for a serial sensor: speak its bytes, sense a modelled day, fail as told.',
    load: async () => (await import('./simulate.js')).simulateCommand(),
  },
  decode: {
    about: 'Decode captured bytes of a serial sensor: one JSON line per sample.',
    load: async () => (await import('./decode.js')).decodeCommand(),
  },
  index: {
    about: 'Compute an index of weather or air from values, as the shelter does.',
    load: async () => (await import('./index-command.js')).indexCommand(),
  },
  qc: {
    about: 'Flag a series of values with a quality test, as the shelter does.',
    load: async () => (await import('./qc.js')).qcCommand(),
  },
  pin: {
    about: 'Make the file that the maintenance screen checks its PIN by.',
    load: async () => (await import('./pin.js')).pinCommand(),
  },
  config: {
    about: 'Check, print and describe site files.',
    load: async () => (await import('./config.js')).configCommand(),
  },
};

const program = new Command('ushelter')
  .description(
    'A bus stop that senses its own weather and air, tells the people waiting there, and tells the city.',
  )
  .version(version)
  .addHelpText(
    'after',
    `
Examples:
  ushelter demo                                    a whole shelter on simulated devices
  ushelter config check site.yaml                  is the site file right?
  ushelter run --config site.yaml                  the shelter itself
  ushelter kiosk --config site.yaml                its screen
  ushelter simulate sds011 --port pty              a sensor to test against
  ushelter decode sds011 capture.txt               what do these bytes say?
  ushelter index us-aqi pm2_5=35.9                 what does that mean?
  ushelter qc spike values=20,35,20.1 suspect=3    can that be true?

Exit codes: 0 done; 1 failed, or the answer is no; 2 the command was not understood.`,
  );

const called = process.argv.slice(2).find((word) => word !== 'help');
for (const [name, { about, load }] of Object.entries(commands)) {
  const command = name === called ? await load() : new Command(name);
  program.addCommand(command.description(about));
}
settle(program);
process.stdout.on('error', unlessBrokenPipe);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  } else {
    process.stderr.write(writeError(error));
    process.exitCode = exitCodes.failed;
  }
}

/** The same manners for every command: usage errors end with a code of their own and point to the help. */
function settle(command: Command): void {
  command.exitOverride().showHelpAfterError('(add --help to see what it takes)');
  for (const child of command.commands) settle(child);
}

/** Who reads may leave early, as `head` does; what runs goes on, and what it answers still shows in the exit code. */
function unlessBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
