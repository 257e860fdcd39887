import { ShelterError } from '../config/errors.js';
import { emergencyNumbers } from '../config/profiles/emergency-numbers.js';
import type { Site } from '../config/site.js';
import type { Cancel, Clock } from '../drivers/ports.js';
import type { Help, HelpCall, HelpRequest } from './api/help.js';
import type { Random } from './backoff.js';
import { rateLimit } from './rate-limit.js';
import type { ShelterEvent, StoredEvent } from './reading.js';
import { within } from './waiting.js';

/** Where calls for help go through: from the screen to the card, to the city, and its answer back to the screen. */
export interface HelpDesk {
  now(): Help;
  /**
   * Resolves as soon as the call is on the card, or after a moment where the card is slow: its state says which. Whoever
   * asks for the same again, before it is answered, gets the call there is.
   *
   * Throws HELP_UNAVAILABLE where there is nobody to send it to, and API_LIMITED where there were too many.
   */
  ask(request: HelpRequest): Promise<HelpCall>;
  /** The city answers. Throws COMMAND_REFUSED where there is no such call. @param text by language tag */
  answer(id: string, text: Readonly<Record<string, string>>): void;
  /** The broker has these. */
  sent(events: readonly ShelterEvent[]): void;
  /** Whether what is recorded goes out right now. */
  connect(isConnected: boolean): void;
  /** Takes up the calls of before a restart. Rejects as the store does. */
  recall(past: PastEvents): Promise<void>;
  stop(): void;
}

/** Events that are on the card. */
export interface PastEvents {
  /** The newest of them, oldest first. */
  last(most: number): Promise<readonly StoredEvent[]>;
  /** Whether the broker has one. */
  isSent(seq: number): Promise<boolean>;
}

export interface HelpDeskParts {
  site: () => Pick<Site, 'kiosk' | 'profile' | 'uplink'>;
  /** Commits an event at once; resolves when it is on the card, and rejects where it never will be. */
  record(event: ShelterEvent): Promise<unknown>;
  onChange(help: Help): void;
  clock: Clock;
  /** Whether the wall time can be believed. */
  isSynchronised: () => boolean;
  random: Random;
}

interface Call extends Pick<HelpCall, 'id' | 'kind' | 'line' | 'state' | 'answer'> {
  /** Monotonic time in ms. */
  at: number;
}

const limits = {
  /** How long somebody at the screen is left without a word, in ms. */
  patience: 700,
  /** How long a call stays on the screen, in ms. */
  shown: 1_800_000,
  /** Most new calls within so many ms: a child at play must not drown the one who needs help. */
  most: 6,
  span: 600_000,
  /** Events that are looked through after a restart. */
  lookback: 500,
};

/** How often it is looked for calls that are over, in ms. */
const period = 10_000;

const requested = 'help.requested';
const answered = 'help.answered';

export function createHelpDesk(parts: HelpDeskParts): HelpDesk {
  const { site, record, onChange, clock, isSynchronised, random } = parts;
  const limit = rateLimit(limits.most, limits.span, clock);
  let calls: readonly Call[] = [];
  let isConnected = false;
  let cancel: Cancel | undefined;

  function view({ at, ...call }: Call): HelpCall {
    return { ...call, age: Math.round(clock.monotonic() - at) / 1_000 };
  }

  function now(): Help {
    const { kiosk, profile, uplink } = site();
    return {
      available: uplink !== undefined,
      connected: isConnected,
      phone: kiosk.help.phone ?? null,
      emergency: emergencyNumbers[profile].map((each) => ({ ...each })),
      calls: calls.map(view),
    };
  }

  function change(next: readonly Call[]): void {
    calls = next;
    if (calls.length > 0) cancel ??= clock.after(period, forgetOld);
    onChange(now());
  }

  function forgetOld(): void {
    cancel = undefined;
    const lasting = calls.filter(({ at }) => clock.monotonic() - at < limits.shown);
    if (lasting.length < calls.length) change(lasting);
    else if (calls.length > 0) cancel = clock.after(period, forgetOld);
  }

  /** What is further on never falls back. */
  function become(id: string, state: Call['state'], from: readonly Call['state'][]): void {
    const isMoved = (call: Call) => call.id === id && from.includes(call.state);
    if (!calls.some(isMoved)) return;
    change(calls.map((call) => (isMoved(call) ? { ...call, state } : call)));
  }

  function find(id: string): Call | undefined {
    return calls.find((call) => call.id === id);
  }

  async function keep({ id, kind, line }: Call): Promise<void> {
    try {
      await record({
        kind: requested,
        source: 'help',
        time: clock.now(),
        monotonic: clock.monotonic(),
        detail: { id, kind, ...(line !== null && { line }) },
      });
      become(id, 'received', ['requested']);
    } catch {
      become(id, 'failed', ['requested']);
    }
  }

  return {
    now,
    async ask({ kind, line = null }) {
      if (!site().uplink) throw new ShelterError('HELP_UNAVAILABLE', 'this stop can send a call to nobody');
      const isSame = (call: Call) => call.kind === kind && call.line === line;
      const open = calls.find((call) => isSame(call) && !['answered', 'failed'].includes(call.state));
      if (open) return view(open);

      const wait = limit.take();
      if (wait > 0) {
        const message = `help was asked for ${limits.most} times within ${limits.span / 60_000} min`;
        throw new ShelterError('API_LIMITED', message, { retryAfter: wait });
      }
      const call: Call = {
        id: newId(random),
        kind,
        line,
        state: 'requested',
        answer: null,
        at: clock.monotonic(),
      };
      change([...calls, call]);
      await within(clock, limits.patience, keep(call), () => new Error('late')).catch(() => {});
      return view(find(call.id) ?? call);
    },
    answer(id, text) {
      const call = find(id);
      if (!call) throw new ShelterError('COMMAND_REFUSED', `There is no call "${id}" at this stop any more.`);
      change(calls.map((each) => (each.id === id ? { ...each, state: 'answered', answer: { text } } : each)));
      const [first = ''] = Object.values(text);
      record({
        kind: answered,
        source: 'help',
        time: clock.now(),
        monotonic: clock.monotonic(),
        detail: { id, text: first },
      }).catch(() => {});
    },
    sent(events) {
      for (const { kind, detail } of events) {
        if (kind === requested) become(String(detail.id), 'sent', ['requested', 'received']);
      }
    },
    connect(next) {
      if (next === isConnected) return;
      isConnected = next;
      onChange(now());
    },
    async recall({ last, isSent }) {
      if (!isSynchronised()) return;
      const events = await last(limits.lookback);
      const over = new Set(events.filter(({ kind }) => kind === answered).map(({ detail }) => detail.id));
      const found: Call[] = [];
      for (const event of events) {
        const age = clock.now() - event.time;
        if (event.unsynchronised || age < 0 || age >= limits.shown || over.has(event.detail.id)) continue;
        const call = callOf(event, clock.monotonic() - age);
        if (call && !find(call.id)) {
          found.push({ ...call, state: (await isSent(event.seq)) ? 'sent' : 'received' });
        }
      }
      if (found.length > 0) change([...found, ...calls]);
    },
    stop: () => cancel?.(),
  };
}

function callOf({ kind, detail }: ShelterEvent, at: number): Call | undefined {
  if (kind !== requested || typeof detail.id !== 'string') return undefined;
  if (detail.kind !== 'call' && detail.kind !== 'low-floor') return undefined;
  const line = typeof detail.line === 'string' ? detail.line : null;
  return { id: detail.id, kind: detail.kind, line, state: 'received', answer: null, at };
}

/** Short enough to be told on the phone: without letters and digits that look or sound alike. */
function newId(random: Random): string {
  const alphabet = 'acdefhjkmnprtuvwxy347';
  return Array.from({ length: 8 }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');
}
