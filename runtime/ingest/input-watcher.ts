import type { Clock, GpioInput, GpioInputSettings, GpioLines, Level } from '../../drivers/ports.js';
import type { Backoff } from '../backoff.js';
import type { Condition } from './condition.js';
import { type KeptOpen, keepOpen } from './keep-open.js';

export interface InputWatcherParts {
  settings: GpioInputSettings;
  line: number;
  lines: GpioLines;
  clock: Clock;
  backoff: Backoff;
  /** The level after opening, and each change from then on. */
  onLevel: (level: Level, isChange: boolean) => void;
  onCondition: (condition: Condition) => void;
}

/** Keeps one input line open and tells of its level and its changes. */
export function watchInput({ settings, line, lines, onLevel, ...keeping }: InputWatcherParts): KeptOpen {
  return keepOpen<GpioInput>({
    ...keeping,
    open: () => lines.openInput(line, settings),
    onOpen(input, lose) {
      input.onChange((level) => onLevel(level, true));
      input.onLost(lose);
      onLevel(input.read(), false);
    },
    close: (input) => input.close(),
  });
}
