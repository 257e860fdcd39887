import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Language } from '../../../config/catalogue/languages.js';
import { languageOf } from '../i18n/languages.js';
import { type Board, boardOf } from './board.js';
import { hear, type Live, lose, nothingYet } from './live.js';
import type { Message } from './message.js';

/** What the page shows, and all that can change it. */
export interface Page {
  live: ReadonlySignal<Live>;
  board: ReadonlySignal<Board>;
  language: ReadonlySignal<Language>;
  showsTechnical: Signal<boolean>;
  choose(language: Language): void;
  /** Instants are in ms on the page's monotonic time. */
  hear(message: Message, instant: number): void;
  lose(instant: number): void;
  tick(instant: number): void;
}

/** @param readerLanguages what the reader's browser prefers, used until the site is known */
export function createPage(instant: number, readerLanguages: readonly string[]): Page {
  const live = signal(nothingYet);
  const now = signal(instant);
  const chosen = signal<Language | undefined>(undefined);

  function change(next: Live, at: number): void {
    batch(() => {
      live.value = next;
      now.value = at;
    });
  }

  return {
    live,
    board: computed(() => boardOf(live.value, now.value)),
    language: computed(() =>
      languageOf(chosen.value, live.value.shelter?.site.languages ?? [], readerLanguages),
    ),
    showsTechnical: signal(false),
    choose(language) {
      chosen.value = language;
    },
    hear: (message, at) => change(hear(live.value, message, at), at),
    lose: (at) => change(lose(live.value), at),
    tick(at) {
      now.value = at;
    },
  };
}
