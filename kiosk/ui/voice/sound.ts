/** A text and the BCP 47 tag of the language that it is in. */
export interface Utterance {
  text: string;
  lang: string;
}

/** A way to make text heard. */
export interface Sound {
  /** Begins at once. @param volume from 0 to 1 */
  say(utterance: Utterance, volume: number): Saying;
  /** Has what may come next ready. */
  prepare(utterance: Utterance): void;
}

/** Something that is being said. */
export interface Saying {
  /** Resolves when all of it was said; rejects where it cannot be. Once it was stopped it may do neither. */
  done: Promise<void>;
  pause(): void;
  resume(): void;
  stop(): void;
  setVolume(volume: number): void;
}

/** Speaks with the first of several that can. */
export function firstThatSpeaks(...sounds: readonly Sound[]): Sound {
  return {
    say(utterance, firstVolume) {
      let volume = firstVolume;
      let isStopped = false;
      let saying: Saying | undefined;

      async function sayWithAny(): Promise<void> {
        for (const sound of sounds) {
          if (isStopped) return;
          saying = sound.say(utterance, volume);
          try {
            await saying.done;
            return;
          } catch {
            // The next one may have a voice for it.
          }
        }
        throw new Error(`nothing here speaks "${utterance.lang}"`);
      }

      return {
        done: sayWithAny(),
        pause: () => saying?.pause(),
        resume: () => saying?.resume(),
        stop() {
          isStopped = true;
          saying?.stop();
        },
        setVolume(next) {
          volume = next;
          saying?.setVolume(next);
        },
      };
    },
    prepare(utterance) {
      sounds[0]?.prepare(utterance);
    },
  };
}
