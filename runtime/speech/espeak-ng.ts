import type { Language } from '../../config/catalogue/languages.js';
import { ShelterError } from '../../config/errors.js';
import type { Clock } from '../../drivers/ports.js';
import { type Program, runProgram } from './program.js';
import type { Speech } from './speech.js';
import { spokenForm } from './spoken-form.js';
import { wholeWav } from './wav.js';

/** Its voices. Of the two for Chinese, the other one reads the sounds of Chinese as if they were English. */
const voices: Readonly<Record<Language, string>> = {
  ko: 'ko',
  en: 'en-us',
  ja: 'ja',
  zh: 'cmn-latn-pinyin',
  vi: 'vi',
  ne: 'ne',
  sw: 'sw',
};

/** Words per minute: slower than its own, as street noise and older ears want it. */
const pace = 150;

const limits = { patience: 10_000, most: 8_000_000 };

/** Speaks with the program of that name, which reads the text from its input. */
export function espeakNg(clock: Clock, { speaker = 'espeak-ng', reader = 'mecab' } = {}): Speech {
  const espeak = (...args: string[]): Program => ({
    name: speaker,
    args,
    ...limits,
    hint: 'Run `sudo apt-get install espeak-ng`.',
  });

  /** Japanese as it is pronounced, in kana: the voice knows no Han letters. A word that it does not find stays. */
  const mecab: Program = {
    name: reader,
    args: ['-F', '%pS%f[8]', '-U', '%M', '-E', '\\n'],
    ...limits,
    hint: 'For Japanese, run `sudo apt-get install mecab mecab-ipadic-utf8`.',
  };

  async function inKana(text: string): Promise<string> {
    return (await runProgram(mecab, text, clock)).toString('utf8');
  }

  return {
    voice: `${speaker} ${pace}`,
    async say(text, language) {
      const spoken = spokenForm(text, language);
      const readable = language === 'ja' ? await inKana(spoken) : spoken;
      const program = espeak('--stdin', '--stdout', '-b', '1', '-s', String(pace), '-v', voices[language]);
      const audio = wholeWav(await runProgram(program, readable, clock));
      if (!audio) throw new ShelterError('SPEECH_FAILED', `${speaker} gave no sound in ${language}`);
      return audio;
    },
    async among(wanted) {
      await runProgram(espeak('--version'), '', clock);
      if (!wanted.includes('ja')) return wanted;
      return inKana('駅').then(
        () => wanted,
        () => wanted.filter((language) => language !== 'ja'),
      );
    },
  };
}
