import type { Cancel } from '../../drivers/ports.js';
import type { CalibrationVersion } from '../calibrations.js';
import type { Stream } from '../reading.js';
import type { HistoryPoint, HistoryQuery, LedgerEntry, LedgerQuery } from '../store/port.js';
import type { Content } from './content.js';
import type { Health, Now, ServerEvents } from './contract.js';
import type { Help } from './help.js';
import type { Life } from './life.js';

/** What the API may know of a shelter: to read, and to be told. */
export interface ApiSource {
  /** How everything stands right now, from memory. */
  now(): Now;
  /** As `now` has it. */
  time(): Now['time'];
  /** What `history` can be asked about. */
  streams(): readonly Stream[];
  history(query: HistoryQuery): Promise<readonly HistoryPoint[]>;
  ledger(query: LedgerQuery): Promise<readonly LedgerEntry[]>;
  /** All versions of all calibrations, the newest first. */
  calibrations(): readonly CalibrationVersion[];
  health(): Promise<Health>;
  /** What the numbers mean, from memory. */
  life(): Life;
  /** What the screen may show that was not sensed here. */
  content(): Content;
  /** Ways to help, and what became of calls for it. */
  help(): Help;
  /** Told of everything that changes, from the next change on. */
  subscribe(listener: (news: News) => void): Cancel;
}

/** One of the server's events, with what it says; the beat is the API's own. */
export type News = {
  [Event in Exclude<keyof ServerEvents, 'beat'>]: { event: Event; data: ServerEvents[Event] };
}[Exclude<keyof ServerEvents, 'beat'>];
