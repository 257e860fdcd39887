import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Language } from '../../../config/catalogue/languages.js';

/** Every screen of the page, the board being home. */
export type ScreenId = 'board' | 'air' | 'route' | 'help' | 'take-along' | 'notices' | 'maintenance';

/** What can be laid over every screen. */
export const modeIds = ['large', 'contrast', 'low'] as const;

export type ModeId = (typeof modeIds)[number];

/** What opens over a screen and closes again: all controls, or the languages. */
export type Sheet = 'menu' | 'languages';

/** The bus whose way on is asked for. */
export interface WantedRoute {
  line: string;
  destination: Readonly<Record<string, string>>;
  /** The id of its route, where that is known. */
  route: string | undefined;
}

/** What one visitor has chosen. All of it is as it was at first once the visit ends. */
export interface Visit {
  screen: ReadonlySignal<ScreenId>;
  /** Of the route screen. */
  line: ReadonlySignal<WantedRoute | undefined>;
  /** The language that was chosen; the site's own holds where none was. */
  language: ReadonlySignal<Language | undefined>;
  modes: Readonly<Record<ModeId, ReadonlySignal<boolean>>>;
  sheet: ReadonlySignal<Sheet | undefined>;
  /** How many visits have ended: what a part remembers of a visitor goes with each. */
  ended: ReadonlySignal<number>;
  /** Seconds until the visit ends, while the visitor is asked; otherwise absent. */
  remaining: ReadonlySignal<number | undefined>;
  go(screen: ScreenId): void;
  goToRoute(line: WantedRoute): void;
  /** Closes what is open over the screen, or else goes home. */
  back(): void;
  choose(language: Language): void;
  toggle(mode: ModeId): void;
  open(sheet: Sheet | undefined): void;
  /** Somebody is there. @param instant in ms on the page's monotonic time */
  touch(instant: number): void;
  /** Ends the visit at once. */
  end(): void;
  tick(instant: number): void;
}

/** How long, in ms, nobody touches anything before they are asked; a technician's hands are in the works. */
export const untilAsked = 60_000;
const technicianUntilAsked = 270_000;

/** How long, in ms, they are asked before the visit ends. */
export const askedFor = 30_000;

/** @param ends whether a visit ends by itself, as where the next one is somebody else's */
export function startVisit(ends: () => boolean): Visit {
  const screen = signal<ScreenId>('board');
  const line = signal<WantedRoute | undefined>(undefined);
  const language = signal<Language | undefined>(undefined);
  const modes = { large: signal(false), contrast: signal(false), low: signal(false) };
  const sheet = signal<Sheet | undefined>(undefined);
  const ended = signal(0);
  const touched = signal<number | undefined>(undefined);
  const now = signal(0);

  const idle = computed(() =>
    touched.value === undefined ? undefined : Math.max(0, now.value - touched.value),
  );

  /** Whether the next visitor would find anything that this one left behind. */
  const isAtHome = computed(
    () =>
      screen.value === 'board' &&
      language.value === undefined &&
      sheet.value === undefined &&
      modeIds.every((mode) => !modes[mode].value),
  );

  const asksAfter = computed(() => (screen.value === 'maintenance' ? technicianUntilAsked : untilAsked));

  const remaining = computed(() => {
    if (idle.value === undefined || idle.value < asksAfter.value || isAtHome.value || !ends())
      return undefined;
    return Math.max(0, Math.ceil((asksAfter.value + askedFor - idle.value) / 1_000));
  });

  function end(): void {
    batch(() => {
      screen.value = 'board';
      line.value = undefined;
      language.value = undefined;
      sheet.value = undefined;
      for (const mode of modeIds) modes[mode].value = false;
      touched.value = undefined;
      ended.value += 1;
    });
  }

  function go(to: ScreenId): void {
    batch(() => {
      screen.value = to;
      sheet.value = undefined;
    });
  }

  return {
    ...{ screen, line, language, modes, sheet, ended, remaining, go, end },
    goToRoute(wanted) {
      batch(() => {
        line.value = wanted;
        go('route');
      });
    },
    back() {
      if (sheet.value !== undefined) sheet.value = undefined;
      else go('board');
    },
    choose(chosen) {
      batch(() => {
        language.value = chosen;
        sheet.value = undefined;
      });
    },
    toggle(mode) {
      batch(() => {
        modes[mode].value = !modes[mode].value;
        sheet.value = undefined;
      });
    },
    open(wanted) {
      sheet.value = wanted;
    },
    touch(instant) {
      batch(() => {
        now.value = Math.max(now.value, instant);
        touched.value = now.value;
      });
    },
    tick(instant) {
      now.value = Math.max(now.value, instant);
      if (!ends() || idle.value === undefined) return;
      if (idle.value >= asksAfter.value + (isAtHome.value ? 0 : askedFor)) end();
    },
  };
}
