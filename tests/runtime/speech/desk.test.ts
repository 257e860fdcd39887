import { readdirSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { ShelterError } from '../../../config/errors.js';
import { audioCache } from '../../../runtime/speech/audio-cache.js';
import { createSpeechDesk, type SpeechDesk } from '../../../runtime/speech/desk.js';
import type { Speech } from '../../../runtime/speech/speech.js';
import { wholeWav } from '../../../runtime/speech/wav.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';
import { scratchFolder } from '../../rigs/scratch.js';
import { recordedLog } from '../api/rig.js';
import { openEndedWav } from './wav.js';

const audio = wholeWav(openEndedWav(10)) ?? Buffer.alloc(0);

const isAudio = (name: string) => name.endsWith('.wav');

/** A voice that waits, for each text, until it is told to go on. */
function slowVoice() {
  const begun: { text: string; finish(): void; fail(error: Error): void }[] = [];
  const speech: Speech = {
    voice: 'test',
    say: (text) =>
      new Promise((resolve, reject) => {
        begun.push({ text, finish: () => resolve(audio), fail: reject });
      }),
    among: async () => ['ko', 'en'],
  };
  return { speech, begun };
}

const quickVoice: Speech = { voice: 'test', say: async () => audio, among: async () => ['ko', 'en'] };

function deskWith(speech: Speech, { folder = scratchFolder(), clock = virtualClock() } = {}) {
  const log = recordedLog();
  const cache = audioCache(folder, 100_000);
  const desk: SpeechDesk = createSpeechDesk({ speech, cache, wanted: ['ko', 'en'], clock, log });
  return { desk, log, clock, folder };
}

/** On its way to the voice what was asked looks into a real folder. */
const untilBegun = (begun: readonly { text: string }[], ...texts: string[]) =>
  vi.waitFor(() => expect(begun.map(({ text }) => text)).toEqual(texts), { interval: 1, timeout: 10_000 });

describe('The voice of a stop', () => {
  it('makes one sentence at a time, in the order in which they were asked for', async () => {
    const { speech, begun } = slowVoice();
    const { desk } = deskWith(speech);
    const both = Promise.all([desk.say('one', 'en'), desk.say('two', 'en')]);
    await untilBegun(begun, 'one');
    begun[0]?.finish();
    await untilBegun(begun, 'one', 'two');
    begun[1]?.finish();
    expect(await both).toEqual([audio, audio]);
  });

  it('goes on after a sentence that it could not speak', async () => {
    const { speech, begun } = slowVoice();
    const { desk } = deskWith(speech);
    const one = desk.say('one', 'en');
    const two = desk.say('two', 'en');
    await untilBegun(begun, 'one');
    begun[0]?.fail(new ShelterError('SPEECH_FAILED', 'no'));
    await expect(one).rejects.toMatchObject({ code: 'SPEECH_FAILED' });
    await untilBegun(begun, 'one', 'two');
    begun[1]?.finish();
    expect(await two).toEqual(audio);
  });

  it('makes the same sentence once, however often it is asked for meanwhile', async () => {
    const { speech, begun } = slowVoice();
    const { desk } = deskWith(speech);
    const asked = Promise.all([desk.say('one', 'en'), desk.say('one', 'en'), desk.say('one', 'en')]);
    await untilBegun(begun, 'one');
    begun[0]?.finish();
    expect(await asked).toHaveLength(3);
  });

  it('lets only so many wait', async () => {
    const { speech } = slowVoice();
    const { desk } = deskWith(speech);
    for (let count = 0; count < 9; count++) desk.say(`sentence ${count}`, 'en').catch(() => {});
    await expect(desk.say('one too many', 'en')).rejects.toMatchObject({ code: 'API_BUSY' });
  });

  it('lets only so many be made in a minute, and what was spoken before is free', async () => {
    const { desk, clock, folder } = deskWith(quickVoice);
    for (let count = 0; count < 120; count++) await desk.say(`sentence ${count}`, 'en');
    await expect(desk.say('one too many', 'en')).rejects.toMatchObject({
      code: 'API_LIMITED',
      retryAfter: 60_000,
    });
    await vi.waitFor(() => expect(readdirSync(folder).filter(isAudio)).toHaveLength(120));
    expect(Buffer.from(await desk.say('sentence 119', 'en'))).toEqual(Buffer.from(audio));
    await clock.advance(60_000);
    await desk.say('one too many', 'en');
  });

  it('takes a sentence from the cache after a restart, and not that of another language', async () => {
    const { desk, folder } = deskWith(quickVoice);
    await desk.say('one', 'en');
    await vi.waitFor(() => expect(readdirSync(folder).filter(isAudio)).toHaveLength(1));
    const mute: Speech = {
      ...quickVoice,
      say: async () => {
        throw new ShelterError('SPEECH_UNAVAILABLE', 'espeak-ng is not installed');
      },
    };
    const { desk: later } = deskWith(mute, { folder });
    expect(Buffer.from(await later.say('one', 'en'))).toEqual(Buffer.from(audio));
    await expect(later.say('one', 'ko')).rejects.toMatchObject({ code: 'SPEECH_UNAVAILABLE' });
  });

  it('says in one line, and to who asks for its health, what it cannot speak', async () => {
    const { desk, log } = deskWith({ ...quickVoice, among: async () => ['en'] });
    await desk.start();
    expect(log.lines).toHaveLength(1);
    expect(log.lines[0]?.message).toMatch(/^Not everything can be spoken: there is no voice for ko\./);
    expect(desk.status()).toMatchObject({ languages: ['en'], problem: { code: 'SPEECH_UNAVAILABLE' } });
  });

  it('says nothing of the kind where all is well', async () => {
    const { desk, log } = deskWith(quickVoice);
    await desk.start();
    expect(log.lines).toEqual([]);
    expect(desk.status()).toEqual({ languages: ['ko', 'en'], problem: undefined });
  });
});
