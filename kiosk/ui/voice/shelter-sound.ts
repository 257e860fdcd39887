import type { Sound, Utterance } from './sound.js';

/** Speaks with the shelter's own voice. */
export function shelterSound(): Sound {
  let next: { url: string; audio: HTMLAudioElement } | undefined;

  function audioFor(utterance: Utterance): HTMLAudioElement {
    const url = urlOf(utterance);
    const prepared = next;
    next = undefined;
    if (prepared?.url === url) return prepared.audio;
    if (prepared) release(prepared.audio);
    return new Audio(url);
  }

  return {
    say(utterance, volume) {
      const audio = audioFor(utterance);
      audio.volume = volume;
      const done = new Promise<void>((resolve, reject) => {
        audio.onended = () => resolve();
        audio.onerror = () => reject(new Error('the shelter does not speak'));
        audio.play().catch(reject);
      }).finally(() => release(audio));
      return {
        done,
        pause: () => audio.pause(),
        resume: () => {
          audio.play().catch(() => {});
        },
        stop: () => release(audio),
        setVolume(value) {
          audio.volume = value;
        },
      };
    },
    prepare(utterance) {
      const url = urlOf(utterance);
      if (next?.url === url) return;
      if (next) release(next.audio);
      const audio = new Audio();
      audio.preload = 'auto';
      audio.src = url;
      next = { url, audio };
    },
  };
}

/** A browser keeps a sound for as long as it has a source, whether anybody still knows it or not. */
function release(audio: HTMLAudioElement): void {
  audio.onended = null;
  audio.onerror = null;
  audio.pause();
  audio.removeAttribute('src');
  audio.load();
}

function urlOf({ text, lang }: Utterance): string {
  return `/api/v1/speech?${new URLSearchParams({ language: lang, text })}`;
}
