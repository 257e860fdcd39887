import { join } from 'node:path';
import type { Site } from '../../config/site.js';
import type { Clock } from '../../drivers/ports.js';
import type { Logger } from '../logger.js';
import { audioCache } from './audio-cache.js';
import { createSpeechDesk, type SpeechDesk } from './desk.js';
import { espeakNg } from './espeak-ng.js';

/** The voice of a site. @param folder where it may keep what was spoken */
export function openSpeech(
  { kiosk, languages }: Pick<Site, 'kiosk' | 'languages'>,
  { folder, clock, log }: { folder: string; clock: Clock; log: Logger },
): SpeechDesk {
  return createSpeechDesk({
    speech: espeakNg(clock),
    cache: audioCache(join(folder, 'speech'), kiosk.voice.cache),
    wanted: languages,
    clock,
    log,
  });
}
