import { type Cancel, type Clock, every, inTime } from './clock.js';
import type { Engine } from './engine.js';
import { areSame, type Frame, isOneColour } from './frames.js';
import { marker } from './page-link.js';

/** Looks at what is drawn: that the page's marker changes, and that there is something to be seen. */
export interface PixelWatch {
  start(): void;
  stop: Cancel;
}

export interface PixelWatchParts {
  engine: Pick<Engine, 'capture'>;
  clock: Clock;
  /** Whether nothing is meant to be seen. */
  isDark: () => boolean;
  onTrouble(trouble: 'frozen' | 'blank'): void;
}

const limits = {
  /** Between two looks at the marker, in ms. It is not a multiple of the second in which it changes. */
  pause: 4_700,
  /** A capture that takes longer, in ms, shows that nothing is drawn. */
  patience: 5_000,
  /** So many looks in a row must find the same before that counts: a busy moment is no fault. */
  same: 3,
  /** The whole page is looked at each so many looks: that costs the processor more. */
  whole: 12,
  /** So many in a row must be blank. */
  blank: 2,
  /** So many rows at the top do not count: the marker is there, on panels with up to four pixels for each of the page's. */
  skipped: marker.height * 4,
};

export function watchPixels({ engine, clock, isDark, onTrouble }: PixelWatchParts): PixelWatch {
  let last: Frame | undefined;
  let same = 0;
  let blank = 0;
  let looks = 0;
  let watch = 0;
  let cancel: Cancel = () => {};

  const capture = (area?: typeof marker) =>
    inTime<Frame | undefined>(clock, limits.patience, engine.capture(area), undefined);

  async function look(): Promise<void> {
    const current = watch;
    looks += 1;
    const drawn = await capture(marker);
    if (current !== watch) return;
    const isSame = !drawn || (last !== undefined && areSame(last, drawn));
    same = isSame ? same + 1 : 0;
    last = drawn ?? last;
    if (same >= limits.same || blank > 0 || looks % limits.whole === 0) await lookAtAll(current);
  }

  /** A blank page has no marker either: then it is called blank, since that says more. */
  async function lookAtAll(current: number): Promise<void> {
    const drawn = isDark() ? undefined : await capture();
    if (current !== watch) return;
    blank = drawn && isOneColour(drawn, limits.skipped) ? blank + 1 : 0;
    const isBlank = blank >= limits.blank;
    const isFrozen = same >= limits.same && blank === 0;
    if (!isBlank && !isFrozen) return;
    stop();
    onTrouble(isBlank ? 'blank' : 'frozen');
  }

  function stop(): void {
    watch += 1;
    cancel();
  }

  return {
    start() {
      stop();
      last = undefined;
      same = 0;
      blank = 0;
      looks = 0;
      cancel = every(clock, limits.pause, look);
    },
    stop,
  };
}
