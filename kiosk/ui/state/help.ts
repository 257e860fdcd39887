import type { Help, HelpCall } from '../../../runtime/api/contract.js';
import type { Live } from './live.js';

/** Ways to help, and what became of calls for it, in no language yet. */
export interface HelpTold {
  /** Whether a call can be made here right now. */
  canCall: boolean;
  /** The other way to the people who look after the stop. */
  phone: string | undefined;
  emergency: Help['emergency'];
  /** The newest first. */
  calls: readonly CallTold[];
}

export interface CallTold {
  id: string;
  kind: HelpCall['kind'];
  line: string | null;
  /** `waits`: safe at the stop, which has no connection. */
  step: HelpCall['state'] | 'waits';
  /** Seconds since it was made. */
  age: number;
  answer: Readonly<Record<string, string>> | undefined;
}

/** @param instant now, in ms on the page's monotonic time */
export function helpTold({ help: heard, link }: Live, instant: number): HelpTold {
  if (!heard) return { canCall: false, phone: undefined, emergency: [], calls: [] };
  const { available, connected, phone, emergency, calls } = heard.what;
  const silence = Math.max(0, instant - heard.at) / 1_000;
  return {
    canCall: link === 'live' && available,
    phone: phone ?? undefined,
    emergency,
    calls: calls.map((call) => callTold(call, connected, silence)).reverse(),
  };
}

function callTold(
  { id, kind, line, state, age, answer }: HelpCall,
  isConnected: boolean,
  silence: number,
): CallTold {
  const step = state === 'received' && !isConnected ? 'waits' : state;
  return { id, kind, line, step, age: age + silence, answer: answer?.text };
}
