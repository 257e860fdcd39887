import type { Report } from './found.js';
import type { Situation } from './pace.js';

/** The ids of the feeds: how they are named in health, metrics, events and sources. */
export type FeedId = 'timetable' | 'gtfs-realtime' | 'tago' | 'seoul' | 'airkorea';

/** One place that tells of buses or of the air. It has no timer and no memory of failures: whoever asks it has. */
export interface Feed {
  id: FeedId;
  /** One round of questions. Rejects with a ShelterError where nothing can be used. */
  ask(): Promise<Report>;
  /** How long to wait after a round that gave something, in ms. */
  pace(situation: Situation, report: Report): number;
  /** Takes its secrets out of a text. */
  hide(text: string): string;
}
