import type { Sound, Utterance } from '../../../../kiosk/ui/voice/sound.js';

/** Says nothing until it is told that something was said. */
export interface FakeSound extends Sound {
  /** All that was begun, in order. */
  said: string[];
  prepared: string[];
  /** What happened to what is being said. */
  log: string[];
  volumes: number[];
  /** What is being said comes to its end. */
  finish(): Promise<void>;
  /** Nobody has a voice for it. */
  fail(): Promise<void>;
}

export function fakeSound(): FakeSound {
  let end: { resolve(): void; reject(error: Error): void } | undefined;
  const sound: FakeSound = {
    said: [],
    prepared: [],
    log: [],
    volumes: [],
    say({ text }: Utterance, volume: number) {
      sound.said.push(text);
      sound.volumes.push(volume);
      const done = new Promise<void>((resolve, reject) => {
        end = { resolve, reject };
      });
      return {
        done,
        pause: () => void sound.log.push(`pause ${text}`),
        resume: () => void sound.log.push(`resume ${text}`),
        stop: () => void sound.log.push(`stop ${text}`),
        setVolume: (next) => void sound.volumes.push(next),
      };
    },
    prepare: ({ text }) => void sound.prepared.push(text),
    async finish() {
      end?.resolve();
      await settled();
    },
    async fail() {
      end?.reject(new Error('mute'));
      await settled();
    },
  };
  return sound;
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await Promise.resolve();
}
