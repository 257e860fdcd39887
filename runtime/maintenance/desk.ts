import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { ShelterError } from '../../config/errors.js';
import type { Cancel, Clock } from '../../drivers/ports.js';
import type { Logger } from '../logger.js';
import { asShelterError, messageOf } from '../problem.js';
import type { ShelterEvent } from '../reading.js';
import { isPin, type KeptPin, parsePin } from './pin.js';
import type { Tries } from './tries.js';

/** The door to what only a technician may see: one at a time, with a PIN, and all of it on record. */
export interface MaintenanceDesk {
  /**
   * Ends the session there was and begins one. Throws MAINTENANCE_OFF where there is no PIN, MAINTENANCE_LOCKED after
   * too many wrong ones, MAINTENANCE_REFUSED for a wrong one, and MAINTENANCE_UNUSABLE where the file of it does not do.
   */
  login(pin: string): Promise<Session>;
  /** How long the session still lasts, in ms. Throws MAINTENANCE_REFUSED where it is none, or over. */
  check(token: string | undefined): number;
  /** Somebody is still there. Throws as `check` does. */
  stay(token: string | undefined): number;
  /** Throws as `check` does. */
  logout(token: string | undefined): void;
  stop(): void;
}

export interface Session {
  token: string;
  /** How long it lasts without a touch, in ms. */
  lasts: number;
}

export interface MaintenanceDeskParts {
  /** Undefined where nobody may log in. */
  pinFile: string | undefined;
  tries: Tries;
  clock: Clock;
  log: Logger;
  onEvent(event: ShelterEvent): void;
}

/** How long a session lasts without a touch, in ms. */
export const sessionLasts = 300_000;

interface Open {
  digest: Buffer;
  until: number;
  cancel: Cancel;
}

export function createMaintenanceDesk(parts: MaintenanceDeskParts): MaintenanceDesk {
  const { pinFile, tries, clock, log, onEvent } = parts;
  let open: Open | undefined;
  let isTrying = false;

  function tell(kind: string, detail: ShelterEvent['detail']): void {
    onEvent({ kind, source: 'maintenance', time: clock.now(), monotonic: clock.monotonic(), detail });
  }

  async function login(pin: string): Promise<Session> {
    if (pinFile === undefined) throw new ShelterError('MAINTENANCE_OFF', 'no PIN is set up at this stop');
    const wait = tries.closedFor();
    if (wait > 0) throw locked(wait);
    if (isTrying) throw new ShelterError('API_BUSY', 'another PIN is just being looked at');
    isTrying = true;
    try {
      await attempt(pin, await readPinFile(pinFile));
    } finally {
      isTrying = false;
    }
    end('replaced');
    tell('maintenance.login', {});
    return begin();
  }

  async function attempt(pin: string, kept: KeptPin): Promise<void> {
    await tries.begin().catch(warn);
    if (await isPin(pin, kept)) return tries.succeed().catch(warn);
    const lockedFor = tries.closedFor();
    tell('maintenance.refused', { failures: tries.failures(), lockedFor: Math.round(lockedFor / 1_000) });
    throw lockedFor > 0 ? locked(lockedFor) : refused('this PIN is wrong');
  }

  function begin(): Session {
    const token = randomBytes(32).toString('base64url');
    const until = clock.monotonic() + sessionLasts;
    open = { digest: digestOf(token), until, cancel: clock.after(sessionLasts, endInTime) };
    return { token, lasts: sessionLasts };
  }

  function endInTime(): void {
    if (!open) return;
    const left = open.until - clock.monotonic();
    if (left > 0) open.cancel = clock.after(left, endInTime);
    else end('time');
  }

  function end(reason: 'left' | 'time' | 'replaced' | 'stopped'): void {
    if (!open) return;
    open.cancel();
    open = undefined;
    tell('maintenance.logout', { reason });
  }

  function find(token: string | undefined): Open {
    if (open && token !== undefined && timingSafeEqual(digestOf(token), open.digest)) return open;
    throw refused('this session is over');
  }

  function warn(error: unknown): void {
    const { code, message, hint } = asShelterError(error, 'MAINTENANCE_UNUSABLE');
    log.warn({ code, hint }, message);
  }

  return {
    login,
    check: (token) => find(token).until - clock.monotonic(),
    stay(token) {
      find(token).until = clock.monotonic() + sessionLasts;
      return sessionLasts;
    },
    logout(token) {
      find(token);
      end('left');
    },
    stop: () => end('stopped'),
  };
}

async function readPinFile(file: string): Promise<KeptPin> {
  const text = await readFile(file, 'utf8').catch((error) => {
    throw unusable(messageOf(error));
  });
  const kept = parsePin(text.trim());
  if (!kept) throw unusable('it holds nothing that `ushelter pin` makes');
  return kept;
}

function unusable(why: string): ShelterError {
  return new ShelterError('MAINTENANCE_UNUSABLE', `the file of the PIN cannot be used: ${why}`);
}

function refused(why: string): ShelterError {
  return new ShelterError('MAINTENANCE_REFUSED', why);
}

function locked(wait: number): ShelterError {
  const message = `too many wrong PINs: none is looked at for ${Math.ceil(wait / 1_000)} s`;
  return new ShelterError('MAINTENANCE_LOCKED', message, { retryAfter: wait });
}

/** Tokens are compared by their digests, which are of one length. */
function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
