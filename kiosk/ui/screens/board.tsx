import { AirStrip } from '../parts/air-strip.js';
import { AnnouncementStrip } from '../parts/announcement-strip.js';
import { Arrivals, NextBus } from '../parts/arrivals.js';
import { TakeOver } from '../parts/take-over.js';
import type { ScreenProps } from './screen.js';

/** Home: the next buses, the air and the temperature at this stop, and what is announced. */
export function BoardScreen({ page, words }: ScreenProps) {
  if (page.emergencies.value.great.length > 0) {
    return (
      <>
        <TakeOver page={page} words={words} />
        <NextBus page={page} words={words} />
      </>
    );
  }
  return (
    <>
      <Arrivals page={page} words={words} />
      <div class="beside">
        <AirStrip page={page} words={words} />
        <AnnouncementStrip page={page} words={words} />
      </div>
    </>
  );
}
