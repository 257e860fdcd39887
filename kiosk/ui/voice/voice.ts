import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Clock } from '../clock.js';
import { formatValue, minuteOfDay } from '../i18n/format.js';
import { wordsIn } from '../i18n/packs.js';
import type { Page } from '../state/page.js';
import { createReader, type Reading } from './reader.js';
import { type Sentence, sentencesOf, sentencesOnScreen } from './sentences.js';
import { showSpoken } from './shown.js';
import type { Sound } from './sound.js';
import { volumeAt, volumeStep } from './volume.js';

/** The page, spoken: for one visitor, and for as long as the visit lasts. */
export interface Voice {
  isOn: ReadonlySignal<boolean>;
  reading: ReadonlySignal<Reading>;
  /** From 0 to 1. */
  volume: ReadonlySignal<number>;
  turn(on: boolean): void;
  pause(): void;
  resume(): void;
  next(): void;
  previous(): void;
  /** What is on the screen, from its beginning. */
  replay(): void;
  louder(): void;
  softer(): void;
}

/** A focus that comes with a new screen, within so many ms, is not what somebody moved. */
const settling = 400;

/** When the seconds that are left are said once more. */
const lastCall = 10;

export function createVoice({ page, sound, clock }: { page: Page; sound: Sound; clock: Clock }): Voice {
  const { visit } = page;
  const isOn = signal(false);
  const added = signal(0);
  let openedAt = Number.NEGATIVE_INFINITY;

  const reader = createReader<Sentence>({ read: sentencesOnScreen, sound, volume: volumeNow, onSaid: stay });

  /** A phone is its owner's, who has set how loud it is. */
  function volumeNow(): number {
    const site = page.site.peek();
    if (page.surroundings.peek().view === 'hand' || !site) return 1;
    const time = page.time.peek();
    const minute = time === undefined ? undefined : minuteOfDay(time, site.timeZone);
    return volumeAt(site.voice, minute, added.peek());
  }

  /** Who listens is there. */
  function stay(): void {
    if (isOn.peek() && visit.remaining.peek() === undefined) visit.touch(clock.monotonic());
  }

  /** Begins when what has opened is there to be read. */
  function open(selector?: string): void {
    openedAt = clock.monotonic();
    requestAnimationFrame(() =>
      reader.start(selector ? ({ place }) => place.closest(selector) !== null : undefined),
    );
  }

  function turn(on: boolean): void {
    // Where the control lies in a menu, the screen below is what is meant.
    if (on) visit.open(undefined);
    isOn.value = on;
    if (on) open();
    else reader.stop();
  }

  function change(by: number): void {
    const before = volumeNow() * 100;
    added.value += Math.min(100, Math.max(0, before + by)) - before;
    reader.adjust();
  }

  effect(() => {
    const { value } = visit.ended;
    if (value === 0) return;
    isOn.value = false;
    added.value = 0;
    reader.stop();
  });

  onChange([visit.screen, visit.sheet, page.language], () => {
    if (isOn.peek()) open('main, [aria-modal="true"]');
  });

  const greatest = computed(() => page.emergencies.value.great.map(({ id }) => id).join('\n'));
  onChange([greatest], () => {
    if (isOn.peek() && greatest.peek() !== '') open('[role="alert"]');
  });

  const isAsked = computed(() => visit.remaining.value !== undefined);
  onChange([isAsked], () => {
    if (isAsked.peek()) open();
    else reader.stop();
  });
  effect(() => {
    if (visit.remaining.value !== lastCall) return;
    const { say, language } = wordsIn(page.language.peek());
    reader.announce({ text: say.visit.remaining(formatValue(lastCall, 0, language)), lang: language });
  });

  document.addEventListener('focusin', ({ target }) => {
    if (!isOn.peek() || clock.monotonic() - openedAt < settling) return;
    if (target instanceof HTMLElement && target.matches(':focus-visible')) {
      reader.announce(controlIn(target, wordsIn(page.language.peek()).say.voice));
    }
  });

  document.addEventListener('keydown', ({ key }) => {
    if (key === 'AudioVolumeUp') change(volumeStep);
    if (key === 'AudioVolumeDown') change(-volumeStep);
  });

  effect(() => showSpoken(reader.current.value?.place));

  const { reading, pause, resume, next, previous } = reader;
  return {
    ...{ isOn, reading, turn, pause, resume, next, previous },
    volume: computed(() => {
      added.value;
      return volumeNow();
    }),
    replay: () => reader.start(),
    louder: () => change(volumeStep),
    softer: () => change(-volumeStep),
  };
}

/** What a control is called, and whether it is on. */
function controlIn(control: HTMLElement, say: { on: string; off: string }): { text: string; lang: string } {
  const sentences = sentencesOf(control);
  const pressed = control.getAttribute('aria-pressed');
  const state = pressed === null ? [] : [pressed === 'true' ? say.on : say.off];
  const name = control.getAttribute('aria-label') ?? sentences.map(({ text }) => text).join(', ');
  return { text: [name, ...state].join(', '), lang: sentences[0]?.lang ?? document.documentElement.lang };
}

/** Calls back when one of several changes, and not at first. */
function onChange(signals: readonly ReadonlySignal<unknown>[], callback: () => void): void {
  let isFirst = true;
  effect(() => {
    for (const each of signals) each.value;
    if (isFirst) isFirst = false;
    else callback();
  });
}
