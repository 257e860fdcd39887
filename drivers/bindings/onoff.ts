import type { Gpio } from 'onoff';
import { DriverError } from '../contract.js';
import { watchedInput } from '../gpio-input.js';
import type { Clock, GpioInput, GpioLines, GpioOutput, Level } from '../ports.js';
import { chooseChip, systemNumber } from './gpio-chip.js';
import { exportLine, type LineFile, listChips, silenceEdges } from './gpio-sysfs.js';
import { giveBack, loadOnoff, notSetUp, setUpLine, textOf } from './onoff-line.js';

/**
 * The board's GPIO lines through onoff. Each line has one user at a time and belongs to it until it is closed.
 *
 * @param chip label of the GPIO chip, or `auto` for the Raspberry Pi's own
 */
export function onoffLines({ chip, clock }: { chip: string; clock: Clock }): GpioLines {
  const inUse = new Set<number>();

  /** Opens a line that is not open yet. The opener gets the kernel's number of it, and `release` to end the use. */
  async function claim<Opened>(
    line: number,
    files: readonly LineFile[],
    open: (number: number, release: () => void) => Promise<Opened>,
  ): Promise<Opened> {
    if (inUse.has(line)) throw alreadyOpen(line);
    const release = () => inUse.delete(line);
    inUse.add(line);
    try {
      await loadOnoff();
      const number = systemNumber(chooseChip(await listChips(), chip), line);
      await exportLine(number, files, clock);
      return await open(number, release);
    } catch (error) {
      release();
      throw error;
    }
  }

  return {
    openInput: (line, { activeLow, debounce }) =>
      claim(line, ['value', 'direction', 'active_low', 'edge'], async (number, release) => {
        const gpio = await setUpLine({ line, number, direction: 'in', edge: 'both', activeLow });
        try {
          return inputOn({ line, gpio, release }, clock, debounce);
        } catch (cause) {
          giveBack(gpio);
          throw notSetUp(line, cause);
        }
      }),
    openOutput: (line, { activeLow }) =>
      claim(line, ['value', 'direction', 'active_low'], async (number, release) => {
        await silenceEdges(number);
        // An active-low relay must not click while it is set up, so its wire starts high.
        const direction = activeLow ? 'high' : 'low';
        const gpio = await setUpLine({ line, number, direction, edge: 'none', activeLow });
        return outputOn({ line, gpio, release });
      }),
  };
}

interface OpenLine {
  line: number;
  gpio: Gpio;
  /** Lets the line be opened again. */
  release: () => void;
}

function inputOn({ line, gpio, release }: OpenLine, clock: Clock, debounce: number): GpioInput {
  const { input, see, lose } = watchedInput({
    clock,
    debounce,
    level: gpio.readSync(),
    release() {
      giveBack(gpio);
      release();
    },
  });

  // onoff reads within epoll's callback, where a throw would end the process.
  const readWire = gpio.readSync.bind(gpio);
  gpio.readSync = () => {
    try {
      return readWire();
    } catch (cause) {
      lose(gone(line, cause));
      return input.read();
    }
  };
  gpio.watch((_error, level) => see(level));
  return input;
}

function outputOn({ line, gpio, release }: OpenLine): GpioOutput {
  let open = true;

  function drive(level: Level): void {
    if (!open) throw gone(line, 'it was closed here');
    try {
      gpio.writeSync(level);
    } catch (cause) {
      throw gone(line, cause);
    }
  }

  return {
    write: drive,
    close() {
      if (!open) return;
      try {
        drive(0);
      } catch {
        // A line that is gone cannot be switched off any more, and is closed all the same.
      }
      open = false;
      giveBack(gpio);
      release();
    },
  };
}

function alreadyOpen(line: number): DriverError {
  return new DriverError('PORT_BUSY', `GPIO line ${line} is open already.`, {
    hint: 'Give each sensor and output a line of its own in the site file.',
  });
}

function gone(line: number, cause: unknown): DriverError {
  return new DriverError('DEVICE_LOST', `GPIO line ${line} is gone: ${textOf(cause)}.`, {
    cause,
    hint: 'Another program may have unexported the line; it is opened again by itself within 30 s.',
  });
}
