import { debouncer } from './debounce.js';
import type { Cancel, Clock, GpioInput, Level } from './ports.js';

/** An input line and, for whoever watches its wire, the ways to tell what happens there. */
export interface WatchedInput {
  input: GpioInput;
  /** An edge has left the line at this logical level. */
  see(level: Level): void;
  /** The line is taken away: it is released, and its user told. */
  lose(error: Error): void;
}

/**
 * What every `GpioInput` does, whatever its wire is made of.
 *
 * @param debounce how long a level must hold to count, in ms
 * @param level the logical level now
 * @param release called once, when the input is closed or lost
 */
export function watchedInput({
  clock,
  debounce,
  level,
  release,
}: {
  clock: Clock;
  debounce: number;
  level: Level;
  release: () => void;
}): WatchedInput {
  const changes = listeners<Level>();
  const losses = listeners<Error>();
  const contact = debouncer({ clock, hold: debounce, level, onChange: changes.tell });
  let open = true;

  function end(): void {
    if (!open) return;
    open = false;
    contact.stop();
    release();
  }

  return {
    input: { read: contact.level, onChange: changes.add, onLost: losses.add, close: end },
    see(next) {
      if (open) contact.see(next);
    },
    lose(error) {
      if (!open) return;
      end();
      losses.tell(error);
    },
  };
}

function listeners<T>(): { add(listener: (value: T) => void): Cancel; tell(value: T): void } {
  const all = new Set<(value: T) => void>();
  return {
    add(listener) {
      const own = (value: T) => listener(value);
      all.add(own);
      return () => {
        all.delete(own);
      };
    },
    tell(value) {
      for (const listener of [...all]) listener(value);
    },
  };
}
