import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { didYouMean } from '../../config/wiring.js';
import { serialPorts } from '../../drivers/bindings/serial-ports.js';
import { systemClock } from '../../drivers/bindings/system-clock.js';
import type { Bus } from '../../simulators/contract.js';
import {
  createSerialTwin,
  faultNames,
  faults,
  isFaultName,
  modelledEnvironment,
  ptyBus,
  ptyBusAt,
  readLines,
  rigConsole,
  serialBus,
  serialTwins,
  simulateDevice,
  tcpBus,
} from '../../simulators/index.js';
import { portNumber, wholeNumber } from './numbers.js';
import { runUntilSignal } from './run-until-signal.js';

/** Where the device hangs. */
type Place = { kind: 'pty' } | { kind: 'tcp'; host: string; port: number } | { kind: 'serial'; path: string };

interface SimulateOptions {
  port: Place;
  link?: string;
  fault?: string;
  seed: number;
}

/** `ushelter simulate`: a serial sensor to test against, on a PTY, a TCP port or a real wire. */
export function simulateCommand(): Command {
  return new Command('simulate')
    .argument('<model>', `one of ${Object.keys(serialTwins).join(', ')}`)
    .addOption(
      new Option('--port <port>', 'pty, tcp:HOST:PORT, or a serial device such as /dev/ttyUSB1')
        .argParser(readPlace)
        .default({ kind: 'pty' }, 'pty'),
    )
    .option('--link <path>', 'with pty: where the stable name of the PTY shall be')
    .option('--fault <name>', 'fail so from the start; see below')
    .addOption(
      new Option('--seed <number>', 'which modelled weather').argParser(wholeNumber(0, 2 ** 31)).default(1),
    )
    .addHelpText(
      'after',
      `
The first line on standard output is what the other side opens. bme280 and sht31 hang on a simulated
Arduino that speaks Firmata. Standard input takes commands while it runs: \`help\` lists them.

Faults:
${faultNames.map((name) => `  ${name.padEnd(14)}${faults[name].about}`).join('\n')}

Examples:
  ushelter simulate sds011
  ushelter simulate pms5003 --port tcp:127.0.0.1:4001 --fault garbage
  ushelter simulate sds011 --port /dev/ttyUSB1        on a real wire, for a rig

Exit codes: 0 stopped by a signal; 1 the port cannot be used; 2 usage.`,
    )
    .action(async (model: string, options: SimulateOptions, command: Command) => {
      const twin = createSerialTwin(model);
      if (!twin) return command.error(unknown('simulator', model, Object.keys(serialTwins)));
      const { fault, seed } = options;
      if (fault !== undefined && !isFaultName(fault)) {
        return command.error(unknown('fault', fault, [...faultNames]));
      }
      const clock = systemClock;
      const environment = modelledEnvironment(seed);
      const bus = await openBus(options, model, twin.line.baudRate);
      const device = await simulateDevice({ twin, bus, environment, clock, seed });
      if (fault) await device.setFault(fault);

      const console = rigConsole({ devices: { [model]: device }, buttons: {}, environment, clock });
      process.stdout.write(`${device.path}\n`);
      process.stderr.write(
        `${model} is there${fault ? `, ${fault}` : ''}; type help for what it can be told.\n`,
      );
      const stopReading = readLines(process.stdin, console, (text) => process.stdout.write(`${text}\n`));
      await runUntilSignal({
        start: async () => {},
        async stop() {
          stopReading();
          process.stdin.pause();
          await device.close();
        },
      });
    });
}

async function openBus({ port, link }: SimulateOptions, model: string, baudRate: number): Promise<Bus> {
  const clock = systemClock;
  switch (port.kind) {
    case 'pty':
      return link ? ptyBusAt(resolve(link)) : ptyBus(model);
    case 'tcp':
      return tcpBus(port);
    case 'serial':
      return serialBus({ path: port.path, ports: serialPorts(clock), line: { baudRate }, clock });
  }
}

function readPlace(text: string): Place {
  const [, host, port] = /^tcp:(.+):([^:]*)$/.exec(text) ?? [];
  if (host && port !== undefined) return { kind: 'tcp', host, port: portNumber(port) };
  if (text === 'pty') return { kind: 'pty' };
  if (text.includes('/')) return { kind: 'serial', path: text };
  throw new InvalidArgumentError('Expected pty, tcp:HOST:PORT, or a path such as /dev/ttyUSB1.');
}

function unknown(what: string, name: string, known: string[]): string {
  return `error: there is no ${what} "${name}"${didYouMean(name, known)}`;
}
