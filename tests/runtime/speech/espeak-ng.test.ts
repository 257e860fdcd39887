import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { type Language, languages } from '../../../config/catalogue/languages.js';
import { parseSite } from '../../../config/load.js';
import { systemClock } from '../../../drivers/bindings/system-clock.js';
import { espeakNg } from '../../../runtime/speech/espeak-ng.js';
import { openSpeech } from '../../../runtime/speech/open.js';
import { isWholeWav } from '../../../runtime/speech/wav.js';
import { findProgram } from '../../rigs/programs.js';
import { scratchFolder } from '../../rigs/scratch.js';
import { recordedLog } from '../api/rig.js';

const tags = Object.keys(languages) as Language[];

const isInstalled = [findProgram('espeak-ng'), findProgram('mecab')].every(Boolean);

const sentences: Readonly<Record<Language, string>> = {
  ko: '273번 버스, 3분 뒤 도착, 2정거장 전',
  en: 'Bus 273, in 3 minutes, 2 stops away',
  ja: '273番のバス、3分後に到着、2つ前の停留所',
  zh: '273路公交车，3分钟后到达，还有2站',
  vi: 'Xe buýt 273, 3 phút nữa, còn 2 trạm',
  ne: '273 नम्बर बस, 3 मिनेटमा आउँछ',
  sw: 'Basi 273, baada ya dakika 3, vituo 2',
};

const siteText = `
id: stop
name: { ko: 정류장, en: Stop, ja: 停留所 }
place: { latitude: 37.5, longitude: 127 }
timeZone: Asia/Seoul
languages: [ko, en, ja]
`;

/** In seconds, of 16-bit samples at 22,050 Hz. */
function lengthOf(wav: Uint8Array): number {
  return (wav.length - 44) / 2 / 22_050;
}

function loudnessOf(wav: Uint8Array): number {
  const samples = new Int16Array(Uint8Array.from(wav.subarray(44)).buffer);
  return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
}

describe.skipIf(!isInstalled)('The real espeak-ng', () => {
  const speech = espeakNg(systemClock);

  it.each(Object.entries(sentences) as [Language, string][])('speaks %s', async (language, text) => {
    const wav = await speech.say(text, language);
    expect(isWholeWav(wav)).toBe(true);
    expect(lengthOf(wav)).toBeGreaterThan(1.5);
    expect(lengthOf(wav)).toBeLessThan(12);
    expect(loudnessOf(wav)).toBeGreaterThan(3_000);
  });

  it('reads the Han letters of Japanese, which it does not know by itself', async () => {
    const read = await speech.say('停留所', 'ja');
    const kana = await speech.say('テーリュージョ', 'ja');
    expect(Math.abs(lengthOf(read) - lengthOf(kana))).toBeLessThan(0.3);
  });

  it('speaks 600 hostile characters without harm', async () => {
    const hostile = `--version [[x]] <speak> $(reboot) ; ${'가-1:2.3%'.repeat(60)}`.slice(0, 600);
    expect(isWholeWav(await speech.say(hostile, 'ko'))).toBe(true);
  });

  it('is the voice of a site, which remembers what it has said', async () => {
    const log = recordedLog();
    const folder = scratchFolder();
    const site = parseSite(siteText, { file: 'site.yaml', models: [] });
    const desk = openSpeech(site, { folder, clock: systemClock, log });
    await desk.start();
    expect(desk.status()).toEqual({ languages: site.languages, problem: undefined });
    expect(log.lines).toEqual([]);
    const first = await desk.say('곧 도착', 'ko');
    await vi.waitFor(() => expect(readdirSync(join(folder, 'speech'))).toHaveLength(1));
    expect(Buffer.from(await desk.say('곧 도착', 'ko'))).toEqual(Buffer.from(first));
  });

  it('has a voice for every language', async () => {
    expect(await speech.among(tags)).toEqual(tags);
  });
});

describe('Without its programs', () => {
  it('it has no voice, and says what to install', async () => {
    const speech = espeakNg(systemClock, { speaker: 'no-espeak-here' });
    await expect(speech.among(tags)).rejects.toMatchObject({
      code: 'SPEECH_UNAVAILABLE',
      hint: 'Run `sudo apt-get install espeak-ng`.',
    });
    await expect(speech.say('곧 도착', 'ko')).rejects.toMatchObject({ code: 'SPEECH_UNAVAILABLE' });
  });

  it.skipIf(!isInstalled)('that read Japanese it speaks all but that', async () => {
    const speech = espeakNg(systemClock, { reader: 'no-mecab-here' });
    expect(await speech.among(tags)).toEqual(tags.filter((language) => language !== 'ja'));
    await expect(speech.say('駅', 'ja')).rejects.toMatchObject({
      code: 'SPEECH_UNAVAILABLE',
      hint: 'For Japanese, run `sudo apt-get install mecab mecab-ipadic-utf8`.',
    });
  });
});
