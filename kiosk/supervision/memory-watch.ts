import { type Cancel, type Clock, every, inTime } from './clock.js';
import { type DayHours, isWithin } from './day-hours.js';

/** How much memory the page's process may take, in bytes. */
export interface MemoryLimits {
  /** From here on it is started anew in a quiet hour. */
  soft: number;
  /** From here on at once, unless somebody stands there. */
  hard: number;
}

export interface Situation {
  /** Resident memory right now, and when the page had settled, in bytes. */
  resident: number;
  settled: number;
  limits: MemoryLimits;
  /** Since the page was loaded into a new process, in ms. */
  age: number;
  isQuietHour: boolean;
  /** In ms. */
  untouchedFor: number;
}

export type Verdict = 'fine' | 'wait-for-a-quiet-hour' | 'wait' | 'renew';

/** So many times what it took at first is a leak, however much the limits allow; below this many bytes it is noise. */
const growth = { factor: 2, least: 64_000_000 };

/** How long, in ms, nobody must have touched the screen. */
const untouched = { inQuietHour: 300_000, atOnce: 60_000 };

/** What a new process had taken again after so long, in ms, the page needs: starting it once more would not help. */
const young = { soft: 21_600_000, hard: 600_000 };

export function judgeMemory(situation: Situation): Verdict {
  const { resident, settled, limits, age, isQuietHour, untouchedFor } = situation;
  if (resident >= limits.hard) {
    return untouchedFor >= untouched.atOnce && age >= young.hard ? 'renew' : 'wait';
  }
  const hasGrown = resident >= settled * growth.factor && resident - settled >= growth.least;
  if (resident < limits.soft && !hasGrown) return 'fine';
  if (!isQuietHour) return 'wait-for-a-quiet-hour';
  return untouchedFor >= untouched.inQuietHour && age >= young.soft ? 'renew' : 'wait';
}

export interface MemorySettings {
  memory: MemoryLimits;
  quietHours: DayHours;
  timeZone: string;
}

export interface MemoryWatchParts {
  memory: () => Promise<number | undefined>;
  /** Undefined while the site is not known. */
  settings: () => MemorySettings | undefined;
  isSynchronised: () => boolean;
  untouchedFor: () => number;
  clock: Clock;
  /** It takes more than it should: told once until it is well again. @param bytes resident */
  onHigh(bytes: number): void;
  /** To be started anew now. */
  renew(bytes: number): void;
}

export interface MemoryWatch {
  /** A new renderer has begun. */
  restart(): void;
  /** Resident, in bytes, as last seen. */
  now(): number | undefined;
  stop: Cancel;
}

/** Between two looks, and from a start until the page has settled, in ms. */
const pause = 60_000;
const settling = 600_000;
const patience = 5_000;

export function watchMemory(parts: MemoryWatchParts): MemoryWatch {
  const { memory, settings, isSynchronised, untouchedFor, clock } = parts;
  let begun = clock.monotonic();
  let settled: number | undefined;
  let resident: number | undefined;
  let saidHigh = false;

  async function look(): Promise<void> {
    resident = await inTime<number | undefined>(clock, patience, memory(), undefined);
    const site = settings();
    if (resident === undefined || !site) return;
    if (settled === undefined && clock.monotonic() - begun >= settling) settled = resident;
    const verdict = judgeMemory({
      resident,
      settled: settled ?? resident,
      limits: site.memory,
      age: clock.monotonic() - begun,
      isQuietHour: isSynchronised() && isWithin([site.quietHours], clock.now(), site.timeZone),
      untouchedFor: untouchedFor(),
    });
    if (verdict === 'fine') saidHigh = false;
    else if (verdict === 'renew') parts.renew(resident);
    else if (!saidHigh) {
      saidHigh = true;
      parts.onHigh(resident);
    }
  }

  const stop = every(clock, pause, look);
  return {
    restart() {
      begun = clock.monotonic();
      settled = undefined;
      saidHigh = false;
    },
    now: () => resident,
    stop,
  };
}
