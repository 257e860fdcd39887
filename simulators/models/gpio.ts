import { DriverError } from '../../drivers/contract.js';
import { watchedInput } from '../../drivers/gpio-input.js';
import type {
  Cancel,
  Clock,
  GpioInput,
  GpioInputSettings,
  GpioLines,
  GpioOutput,
  Level,
} from '../../drivers/ports.js';

/** GPIO lines that exist in memory only, and the hand at the other end of their wires. */
export interface SimulatedGpio {
  /** What the shelter opens. */
  lines: GpioLines;
  /** The lines that are open, by number. */
  list(): SimulatedLine[];
  /**
   * Brings a line's wire to a level, chattering on the way. The wire keeps its level over closing and opening.
   *
   * @throws Error where the shelter drives the line, or the chip has no such line
   */
  set(line: number, level: Level, bounce?: Bounce): void;
  /**
   * Makes an open input active and, after `hold` ms, inactive again, whichever levels those are on its wire.
   *
   * @throws Error where the line is not open as an input
   */
  press(line: number, how?: { hold?: number; bounce?: Bounce }): void;
  /**
   * What an output shows: 1 while it is on, whichever level that is on its wire.
   *
   * @throws Error where the line is not open as an output
   */
  shows(line: number): Level;
  /**
   * Takes a line away from the shelter, as a program does that unexports it. It can be opened again.
   *
   * @throws Error where the line is not open
   */
  takeAway(line: number): void;
}

/** A line that the shelter holds open. */
interface SimulatedLine {
  line: number;
  direction: Direction;
  activeLow: boolean;
  /** On the wire. */
  level: Level;
}

type Direction = 'input' | 'output';

/** The spells of a contact's chatter, in ms: by turns at the new level and at the old one, before it rests. */
export type Bounce = readonly number[];

/** How a push button closes that has seen some winters. */
export const wornButton: Bounce = [1, 2, 1, 1, 2, 1, 1, 0.5, 0.5, 1];

/** Who holds a line open. */
interface User {
  direction: Direction;
  activeLow: boolean;
  /** The wire has changed to this level. */
  see(level: Level): void;
  lose(error: DriverError): void;
}

/** A level of the wire and how long, in ms, it lasts. */
interface Spell {
  level: Level;
  lasts: number;
}

/** @param ngpio how many lines the chip has */
export function simulatedGpio({ clock, ngpio = 58 }: { clock: Clock; ngpio?: number }): SimulatedGpio {
  const wires = new Map<number, Level>();
  const users = new Map<number, User>();
  const motions = new Map<number, Cancel>();

  function put(line: number, level: Level): void {
    if (wires.get(line) === level) return;
    wires.set(line, level);
    users.get(line)?.see(level);
  }

  function halt(line: number): void {
    motions.get(line)?.();
    motions.delete(line);
  }

  /** Takes the wire through the spells, in place of whatever it was going through; it stays at the last. */
  function move(line: number, [spell, ...rest]: readonly Spell[]): void {
    halt(line);
    if (!spell) return;
    if (rest.length > 0)
      motions.set(
        line,
        clock.after(spell.lasts, () => move(line, rest)),
      );
    put(line, spell.level);
  }

  function enter(line: number, user: User): void {
    checkLine(line, ngpio);
    if (users.has(line)) throw new DriverError('PORT_BUSY', `GPIO line ${line} is open already.`);
    users.set(line, user);
  }

  function userOf(line: number, ...directions: Direction[]): User {
    const user = users.get(line);
    if (user && directions.includes(user.direction)) return user;
    const open = [...users].map(([other, { direction }]) => `${other} (${direction})`).join(', ');
    throw new Error(
      `GPIO line ${line} is not open as an ${directions.join(' or ')}; open: ${open || 'none'}.`,
    );
  }

  function openInput(line: number, { activeLow, debounce }: GpioInputSettings): GpioInput {
    // Until a hand moves it, a resistor keeps the wire of an input at its inactive level.
    const level = wires.get(line) ?? wireLevel(0, activeLow);
    const { input, see, lose } = watchedInput({
      clock,
      debounce,
      level: logicalLevel(level, activeLow),
      release: () => users.delete(line),
    });
    enter(line, { direction: 'input', activeLow, see: (next) => see(logicalLevel(next, activeLow)), lose });
    put(line, level);
    return input;
  }

  function openOutput(line: number, { activeLow }: { activeLow: boolean }): GpioOutput {
    let gone: DriverError | undefined;
    function lose(error: DriverError): void {
      gone = error;
      users.delete(line);
    }
    enter(line, { direction: 'output', activeLow, see: () => {}, lose });
    halt(line);
    put(line, wireLevel(0, activeLow));
    return {
      write(level) {
        if (gone) throw gone;
        put(line, wireLevel(level, activeLow));
      },
      close() {
        if (gone) return;
        put(line, wireLevel(0, activeLow));
        lose(new DriverError('DEVICE_LOST', `GPIO line ${line} is gone: it was closed here.`));
      },
    };
  }

  return {
    lines: {
      openInput: async (line, settings) => openInput(line, settings),
      openOutput: async (line, settings) => openOutput(line, settings),
    },
    list: () =>
      [...users]
        .sort(([a], [b]) => a - b)
        .map(([line, { direction, activeLow }]) => ({
          line,
          direction,
          activeLow,
          level: wires.get(line) ?? 0,
        })),
    set(line, level, bounce = []) {
      checkLine(line, ngpio);
      if (users.get(line)?.direction === 'output') {
        throw new Error(`GPIO line ${line} is an output: the shelter drives it.`);
      }
      move(line, wayTo(level, bounce, 0));
    },
    press(line, { hold = 200, bounce = [] } = {}) {
      const { activeLow } = userOf(line, 'input');
      const [active, inactive] = [wireLevel(1, activeLow), wireLevel(0, activeLow)];
      move(line, [...wayTo(active, bounce, hold), ...wayTo(inactive, bounce, 0)]);
    },
    shows(line) {
      const { activeLow } = userOf(line, 'output');
      return logicalLevel(wires.get(line) ?? 0, activeLow);
    },
    takeAway(line) {
      const user = userOf(line, 'input', 'output');
      user.lose(new DriverError('DEVICE_LOST', `GPIO line ${line} is gone: it was taken away.`));
    },
  };
}

function checkLine(line: number, ngpio: number): void {
  if (Number.isInteger(line) && line >= 0 && line < ngpio) return;
  throw new DriverError(
    'GPIO_UNAVAILABLE',
    `There is no GPIO line ${line}: the simulated chip has lines 0 to ${ngpio - 1}.`,
  );
}

function wayTo(level: Level, bounce: Bounce, rest: number): Spell[] {
  const chatter = bounce.map((lasts, turn) => ({ level: turn % 2 === 0 ? level : inverse(level), lasts }));
  return [...chatter, { level, lasts: rest }];
}

function wireLevel(logical: Level, activeLow: boolean): Level {
  return activeLow ? inverse(logical) : logical;
}

function logicalLevel(onWire: Level, activeLow: boolean): Level {
  return activeLow ? inverse(onWire) : onWire;
}

function inverse(level: Level): Level {
  return level === 1 ? 0 : 1;
}
