import { AirNow } from '../parts/air-now.js';
import { DayChart } from '../parts/day-chart.js';
import { FeltNow } from '../parts/felt-now.js';
import { HereNow } from '../parts/here-now.js';
import { OfficialAirPart } from '../parts/official-air.js';
import type { ScreenProps } from './screen.js';

/**
 * The air and the weather: what they mean, what to do, what is measured elsewhere, how the day went here, and each value.
 */
export function AirScreen({ page, words }: ScreenProps) {
  const { life, front } = page.board.value;
  return (
    <>
      <h2 class="unseen">{words.say.air.title}</h2>
      {life && <AirNow life={life} words={words} />}
      {life && <FeltNow life={life} words={words} />}
      <div class="compared">
        <OfficialAirPart page={page} words={words} />
        {front.length > 0 && <DayChart page={page} words={words} />}
      </div>
      <HereNow page={page} words={words} />
    </>
  );
}
