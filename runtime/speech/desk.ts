import { createHash } from 'node:crypto';
import type { Language } from '../../config/catalogue/languages.js';
import { ShelterError } from '../../config/errors.js';
import type { Clock } from '../../drivers/ports.js';
import type { Logger } from '../logger.js';
import { messageOf, type Problem, problemOf } from '../problem.js';
import { rateLimit } from '../rate-limit.js';
import type { AudioCache } from './audio-cache.js';
import type { Speech } from './speech.js';

/** Speaks for the page. */
export interface SpeechDesk {
  /** @returns a WAV file; rejects with SPEECH_UNAVAILABLE, SPEECH_FAILED, API_BUSY or API_LIMITED */
  say(text: string, language: Language): Promise<Uint8Array>;
  /** Finds out what can be spoken here, and says in the log what cannot. */
  start(): Promise<void>;
  status(): SpeechStatus;
}

export interface SpeechStatus {
  languages: readonly Language[];
  problem: Problem | undefined;
}

export interface SpeechDeskParts {
  speech: Speech;
  cache: AudioCache;
  /** Of the site: without them all is well. */
  wanted: readonly Language[];
  clock: Clock;
  log: Logger;
}

const limits = {
  /** How many sentences may wait for the one that is being made. */
  waiting: 8,
  /** How many sentences may be made within so many ms. */
  most: 120,
  span: 60_000,
};

export function createSpeechDesk({ speech, cache, wanted, clock, log }: SpeechDeskParts): SpeechDesk {
  const limit = rateLimit(limits.most, limits.span, clock);
  const making = new Map<string, Promise<Uint8Array>>();
  let last: Promise<unknown> = Promise.resolve();
  let status: SpeechStatus = { languages: [], problem: undefined };
  let cacheFailed = false;

  /** One at a time: a voice takes a whole core, and sensing must not wait for it. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work, work);
    last = turn.catch(() => {});
    return turn;
  }

  async function make(key: string, text: string, language: Language): Promise<Uint8Array> {
    const kept = await cache.read(key);
    if (kept) return kept;
    const wait = limit.take();
    if (wait > 0) {
      const message = `${limits.most} sentences were made within ${limits.span / 1_000} s`;
      throw new ShelterError('API_LIMITED', message, { retryAfter: wait });
    }
    const audio = await inTurn(() => speech.say(text, language));
    cache.write(key, audio).then(cacheWorks, cacheFails);
    return audio;
  }

  function cacheWorks(): void {
    cacheFailed = false;
  }

  function cacheFails(error: unknown): void {
    if (!cacheFailed) log.warn({}, `What is spoken cannot be kept: ${messageOf(error)}`);
    cacheFailed = true;
  }

  return {
    say(text, language) {
      const key = createHash('sha256').update(`${speech.voice}\n${language}\n${text}`).digest('hex');
      const underWay = making.get(key);
      if (underWay) return underWay;
      if (making.size > limits.waiting) {
        return Promise.reject(new ShelterError('API_BUSY', `${limits.waiting} sentences already wait`));
      }
      const made = make(key, text, language).finally(() => making.delete(key));
      making.set(key, made);
      return made;
    },
    async start() {
      try {
        const languages = await speech.among(wanted);
        const mute = wanted.filter((language) => !languages.includes(language));
        status = { languages, problem: undefined };
        if (mute.length === 0) return;
        throw new ShelterError('SPEECH_UNAVAILABLE', `there is no voice for ${mute.join(', ')}`);
      } catch (error) {
        const problem = problemOf(error, clock.now(), undefined, 'SPEECH_FAILED');
        status = { ...status, problem };
        const { code, message, hint } = problem;
        log.warn({ code, hint }, `Not everything can be spoken: ${message}. ${hint}`);
      }
    },
    status: () => status,
  };
}
