import { askShelter } from './ask.js';
import { browserClock, type Clock } from './clock.js';
import type { Ask } from './state/ask.js';

/** What screens need of the world around the page, beside what the shelter tells by itself. */
export interface Services {
  ask: Ask;
  clock: Clock;
}

export const services: Services = { ask: askShelter(browserClock), clock: browserClock };
