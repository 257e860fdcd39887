import type { Clock, GpioLines, GpioOutput, Level } from '../../drivers/ports.js';
import type { Backoff } from '../backoff.js';
import type { Condition } from './condition.js';
import { type KeptOpen, keepOpen } from './keep-open.js';

export interface OutputParts {
  line: number;
  settings: { activeLow: boolean };
  lines: GpioLines;
  clock: Clock;
  backoff: Backoff;
  onCondition: (condition: Condition) => void;
}

/** A lamp or a relay. What it was set to before its line could be opened is shown once it can. */
export interface Output extends KeptOpen {
  set(level: Level): void;
  /** Shows this instead of what it is set to; undefined ends that. */
  override(level: Level | undefined): void;
}

export function driveOutput({ line, settings, lines, ...keeping }: OutputParts): Output {
  let wanted: Level = 0;
  let instead: Level | undefined;
  let write: (level: Level) => void = () => {};

  const kept = keepOpen<GpioOutput>({
    ...keeping,
    open: () => lines.openOutput(line, settings),
    onOpen(output, lose) {
      write = (level) => {
        try {
          output.write(level);
        } catch (error) {
          lose(error as Error);
        }
      };
      show();
    },
    close(output) {
      write = () => {};
      output.close();
    },
  });

  function show(): void {
    write(instead ?? wanted);
  }

  return {
    ...kept,
    set(level) {
      wanted = level;
      show();
    },
    override(level) {
      instead = level;
      show();
    },
  };
}
