import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { Saying, Sound, Utterance } from './sound.js';

/** Something to be read that stands at a place. Places are compared, and nothing else is done with them. */
export interface Readable extends Utterance {
  place: unknown;
  part: number;
}

/** `silent`: nothing is being read; `mute`: it should be, and nobody here has a voice for it. */
export type Reading = 'silent' | 'speaking' | 'paused' | 'mute';

/** Reads what is on the screen, one sentence after the other, always as it stands there by then. */
export interface Reader<Item extends Readable> {
  reading: ReadonlySignal<Reading>;
  /** What is being read. */
  current: ReadonlySignal<Item | undefined>;
  /** Begins with the first sentence, or with the first that is wanted. */
  start(isWanted?: (item: Item) => boolean): void;
  pause(): void;
  /** Goes on after a pause, or begins where nothing is being read. */
  resume(): void;
  next(): void;
  previous(): void;
  stop(): void;
  /** Says something and nothing after it. */
  announce(utterance: Utterance): void;
  /** The volume is another one now. */
  adjust(): void;
}

export function createReader<Item extends Readable>({
  read,
  sound,
  volume,
  onSaid,
}: {
  /** All that can be read now. */
  read: () => readonly Item[];
  sound: Sound;
  /** How loud to speak now, from 0 to 1. */
  volume: () => number;
  /** Told after each sentence. */
  onSaid: () => void;
}): Reader<Item> {
  const reading = signal<Reading>('silent');
  const current = signal<Item | undefined>(undefined);
  let saying: Saying | undefined;

  function become(state: Reading, item: Item | undefined): void {
    batch(() => {
      reading.value = state;
      current.value = item;
    });
  }

  function silence(): void {
    saying?.stop();
    saying = undefined;
  }

  function say(utterance: Utterance, then: () => void): void {
    silence();
    const begun = sound.say(utterance, volume());
    saying = begun;
    begun.done.then(
      () => {
        if (saying !== begun) return;
        saying = undefined;
        onSaid();
        then();
      },
      () => {
        if (saying === begun) become('mute', current.peek());
      },
    );
  }

  function readAt(items: readonly Item[], index: number): void {
    const item = items[index];
    if (!item) {
      silence();
      become('silent', undefined);
      return;
    }
    become('speaking', item);
    say(item, () => step(1));
    const following = items[index + 1];
    if (following) sound.prepare(following);
  }

  /** From where it is by now: what was read may have changed, moved or gone. */
  function step(by: number): void {
    const items = read();
    readAt(items, Math.max(0, indexIn(items) + by));
  }

  let lastIndex = 0;

  function indexIn(items: readonly Item[]): number {
    const item = current.peek();
    const found = items.findIndex(({ place, part }) => place === item?.place && part === item?.part);
    lastIndex = found >= 0 ? found : Math.min(lastIndex, items.length - 1);
    return lastIndex;
  }

  function start(isWanted: (item: Item) => boolean = () => true): void {
    const items = read();
    lastIndex = Math.max(0, items.findIndex(isWanted));
    readAt(items, lastIndex);
  }

  return {
    reading,
    current,
    start,
    pause() {
      if (reading.peek() !== 'speaking') return;
      saying?.pause();
      reading.value = 'paused';
    },
    resume() {
      if (reading.peek() === 'speaking') return;
      if (reading.peek() !== 'paused' || !saying) {
        start();
        return;
      }
      saying.resume();
      reading.value = 'speaking';
    },
    next: () => step(1),
    previous: () => step(-1),
    stop() {
      silence();
      become('silent', undefined);
    },
    announce(utterance) {
      become('speaking', undefined);
      say(utterance, () => become('silent', undefined));
    },
    adjust: () => saying?.setVolume(volume()),
  };
}
