import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { Faults, Maintenance } from '../../../runtime/api/contract.js';
import type { Cancel, Clock } from '../clock.js';
import type { Answer, Ask } from './ask.js';
import { faults, type HealthHeard, health, maintenance, session } from './maintenance-message.js';

/** What a technician reads and tries, one at a time. */
export const maintenanceViews = ['sensors', 'system', 'faults', 'touch', 'display', 'sound'] as const;

export type MaintenanceView = (typeof maintenanceViews)[number];

/** Which loudspeaker. */
export const sides = ['left', 'right', 'both'] as const;

export type Side = (typeof sides)[number];

/** What a technician sees once known by the PIN, and the way in and out. */
export interface MaintenanceVisit {
  /** How many digits stand there. */
  digits: ReadonlySignal<number>;
  refusal: ReadonlySignal<PinRefusal | undefined>;
  isTrying: ReadonlySignal<boolean>;
  isOpen: ReadonlySignal<boolean>;
  inside: ReadonlySignal<Inside>;
  press(digit: string): void;
  erase(): void;
  submit(): void;
  /** Somebody is there. */
  touch(): void;
  /** Ends the session, where there is one. */
  leave(): void;
}

/** What is known, as it was told last. */
export interface Inside {
  look: Maintenance | undefined;
  health: HealthHeard | undefined;
  faults: Faults['faults'] | undefined;
}

/** Why a PIN let nobody in. `seconds` until the next one is looked at. */
export type PinRefusal =
  | { why: 'wrong' | 'off' | 'unusable' | 'unanswered' | 'over' }
  | { why: 'locked'; seconds: number };

const nothing: Inside = { look: undefined, health: undefined, faults: undefined };

const pinLength = { least: 6, most: 12 };

/** How often it is asked, in ms. */
const periods = { look: 2_000, health: 5_000, faults: 15_000 };

/** A touch prolongs the session at most so often, in ms. */
const between = 10_000;

export function createMaintenance({ ask, clock }: { ask: Ask; clock: Clock }): MaintenanceVisit {
  const digits = signal(0);
  const refusal = signal<PinRefusal | undefined>(undefined);
  const isTrying = signal(false);
  const isOpen = signal(false);
  const inside = signal(nothing);
  let pin = '';
  let token: string | undefined;
  let stayed = 0;
  let cancels: Cancel[] = [];

  function write(next: string): void {
    pin = next;
    digits.value = pin.length;
  }

  async function login(): Promise<void> {
    const given = pin;
    batch(() => {
      write('');
      isTrying.value = true;
    });
    const answer = await ask('/api/v1/maintenance/login', { body: { pin: given } });
    batch(() => {
      isTrying.value = false;
      if (answer.status === 200 && session(answer.body)) begin(answer.body.token);
      else refusal.value = refusalOf(answer);
    });
  }

  function begin(given: string): void {
    token = given;
    stayed = clock.monotonic();
    refusal.value = undefined;
    isOpen.value = true;
    cancels = [
      every(periods.look, async () => {
        const { status, body } = await ask('/api/v1/maintenance', { token: given });
        if (status === 401) end('over');
        else tell({ look: status === 200 && maintenance(body) ? body : undefined });
      }),
      every(periods.health, async () => {
        const { status, body } = await ask('/api/v1/health');
        tell({ health: status === 200 && health(body) ? body : undefined });
      }),
      every(periods.faults, async () => {
        const { status, body } = await ask('/api/v1/maintenance/faults', { token: given });
        tell({ faults: status === 200 && faults(body) ? body.faults : undefined });
      }),
    ];
  }

  function tell(news: Partial<Inside>): void {
    if (token !== undefined) inside.value = { ...inside.peek(), ...news };
  }

  /** At once, and again so long after each time that it is done. */
  function every(ms: number, work: () => Promise<void>): Cancel {
    let stopped = false;
    let cancel: Cancel = () => {};
    async function once(): Promise<void> {
      await work();
      if (!stopped) cancel = clock.after(ms, once);
    }
    void once();
    return () => {
      stopped = true;
      cancel();
    };
  }

  function end(why: 'over' | undefined): void {
    for (const cancel of cancels) cancel();
    cancels = [];
    token = undefined;
    batch(() => {
      write('');
      isOpen.value = false;
      inside.value = nothing;
      refusal.value = why && { why };
    });
  }

  return {
    ...{ digits, refusal, isTrying, isOpen, inside },
    press(digit) {
      if (pin.length >= pinLength.most) return;
      refusal.value = undefined;
      write(pin + digit);
    },
    erase: () => write(pin.slice(0, -1)),
    submit() {
      if (!isTrying.peek() && pin.length >= pinLength.least) void login();
    },
    touch() {
      if (token === undefined || clock.monotonic() - stayed < between) return;
      stayed = clock.monotonic();
      void ask('/api/v1/maintenance/stay', { method: 'POST', token });
    },
    leave() {
      if (token !== undefined) void ask('/api/v1/maintenance/logout', { method: 'POST', token });
      end(undefined);
    },
  };
}

function refusalOf({ status, retryAfter }: Answer): PinRefusal {
  if (status === 401) return { why: 'wrong' };
  if (status === 403) return { why: 'off' };
  if (status === 429) return { why: 'locked', seconds: retryAfter ?? 60 };
  return { why: status >= 500 ? 'unusable' : 'unanswered' };
}
