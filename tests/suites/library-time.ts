import { vi } from 'vitest';
import type { Cancel, Clock } from '../../drivers/ports.js';

/** Has libraries that take their time from the globals, as johnny-five does, take it from the clock. */
export function giveLibrariesTimeOf(clock: Clock): Cancel {
  const date = vi.spyOn(Date, 'now').mockImplementation(clock.now);
  const own = globalThis.setTimeout;
  vi.stubGlobal('setTimeout', (act: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) =>
    clock.after(ms, () => act(...given)),
  );
  return () => {
    date.mockRestore();
    globalThis.setTimeout = own;
  };
}
