import type { Sound } from './sound.js';

/** Speaks with the voice of the browser, which a phone has and a board mostly has not. */
export function browserSound(): Sound {
  // They are loaded when they are asked for the first time.
  globalThis.speechSynthesis?.getVoices();
  return {
    say({ text, lang }, volume) {
      const synthesis = globalThis.speechSynthesis;
      const voice = synthesis
        ?.getVoices()
        .find((each) => each.lang.toLowerCase().split(/[-_]/)[0] === lang.toLowerCase().split('-')[0]);
      const spoken = new SpeechSynthesisUtterance(text);
      const done = new Promise<void>((resolve, reject) => {
        if (!voice) {
          reject(new Error(`this browser does not speak "${lang}"`));
          return;
        }
        spoken.voice = voice;
        spoken.lang = voice.lang;
        spoken.volume = volume;
        spoken.onend = () => resolve();
        spoken.onerror = () => reject(new Error('the voice of the browser failed'));
        synthesis.speak(spoken);
      });
      return {
        done,
        pause: () => synthesis?.pause(),
        resume: () => synthesis?.resume(),
        stop() {
          spoken.onend = null;
          spoken.onerror = null;
          synthesis?.resume();
          synthesis?.cancel();
        },
        // What is being said keeps the volume that it began with.
        setVolume: () => {},
      };
    },
    prepare: () => {},
  };
}
