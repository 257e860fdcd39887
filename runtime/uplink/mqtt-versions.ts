import type { Clock } from '../../drivers/ports.js';
import type { Abilities } from './link.js';

/** Codes of a CONNACK that mean: not this version of MQTT. A broker of 3.1.1 says 1, one of 5 says 132. */
const wrongVersion: readonly unknown[] = [1, 132];

/** Brokers that just hang up at the sight of MQTT 5 have to do so this often, for anyone may hang up now and then. */
const hangUps = 3;

/** A broker found to speak only MQTT 3.1.1 is asked again for MQTT 5 after so long, in ms. */
const memory = 24 * 3_600_000;

/**
 * Which version a broker is to be addressed in. MQTT 5 wherever possible: in 3.1.1 a broker acknowledges what it throws
 * away, so one failed try must not lead there.
 */
export interface VersionMemory {
  next(): Abilities['version'];
  succeeded(version: Abilities['version']): void;
  failed(version: Abilities['version'], error: unknown): void;
}

export function versionMemory(clock: Pick<Clock, 'monotonic'>): VersionMemory {
  let olderUntil = Number.NEGATIVE_INFINITY;
  let hungUp = 0;

  function isOlder(error: unknown): boolean {
    if (!(error instanceof Error)) return false;
    if ('code' in error && wrongVersion.includes(error.code)) return true;
    // What MQTT.js cannot read has no code.
    const isHangUp = 'code' in error ? error.code === 'ECONNRESET' : error.message !== 'connack timeout';
    hungUp = isHangUp ? hungUp + 1 : 0;
    return hungUp >= hangUps;
  }

  return {
    next: () => (clock.monotonic() < olderUntil ? '3.1.1' : '5'),
    succeeded(version) {
      if (version === '5') hungUp = 0;
    },
    failed(version, error) {
      if (version === '3.1.1') olderUntil = Number.NEGATIVE_INFINITY;
      else if (isOlder(error)) olderUntil = clock.monotonic() + memory;
    },
  };
}
