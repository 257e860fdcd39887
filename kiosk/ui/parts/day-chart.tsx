import { useEffect, useState } from 'preact/hooks';
import { formatTime, formatValue } from '../i18n/format.js';
import { localized } from '../i18n/languages.js';
import { services } from '../services.js';
import { type Charted, chartable } from '../state/charted.js';
import { createHistories } from '../state/histories.js';
import { seriesOf } from '../state/history.js';
import type { Page } from '../state/page.js';
import { Button } from './button.js';
import { ChartPart } from './chart.js';
import { PropertyIcon } from './icons.js';
import { Section } from './section.js';
import type { Words } from './words.js';

const histories = createHistories(services);

/** How the past day went, for one property at a time. */
export function DayChart({ page, words }: { page: Page; words: Words }) {
  const { say, language } = words;
  const all = chartable(page.board.value.front, page.live.value.life?.what);
  const [chosen, choose] = useState(all[0]?.property);
  const shown = all.find(({ property }) => property === chosen) ?? all[0];
  if (!shown) return null;
  return (
    <Section title={say.air.past} name="past">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms. */}
      <div class="choices" role="group" aria-label={say.air.past}>
        {all.map(({ property, name }) => (
          <Button
            key={property}
            name={`past-${property}`}
            word={localized(name, language)}
            icon={<PropertyIcon property={property} />}
            pressed={property === shown.property}
            onPress={() => choose(property)}
          />
        ))}
      </div>
      <PastOf key={shown.stream} shown={shown} page={page} words={words} />
    </Section>
  );
}

function PastOf({ shown, page, words }: { shown: Charted; page: Page; words: Words }) {
  const { say, language } = words;
  const { stream, name, sensor, digits, symbol } = shown;
  const past = histories.of(stream).value;
  const minute = Math.floor((page.time.value ?? 0) / 60_000);

  useEffect(() => {
    const now = page.time.peek();
    if (now !== undefined) histories.refresh(stream, now);
  }, [stream, minute, page]);

  if (past.state === 'waiting' && page.time.value !== undefined) {
    return <p class="basis">{say.air.pastAwaited}</p>;
  }
  if (past.state !== 'known') return <p class="basis">{say.air.pastUnknown}</p>;

  const series = seriesOf(past.heard);
  const { least, greatest, last } = series;
  if (!least || !greatest || !last) return <p class="basis">{say.air.pastNothing}</p>;

  const zone = page.site.value?.timeZone ?? 'UTC';
  const at = (time: number) => formatTime(time, zone, language) ?? '';
  const amount = (value: number) => `${formatValue(value, digits, language)}\u00a0${symbol}`.trim();
  return (
    <figure class="past">
      <ChartPart charted={shown} series={series} from={past.from} to={past.to} zone={zone} words={words} />
      <figcaption>
        <p>
          {say.air.summary({
            name: localized(name, language),
            least: amount(least.value),
            leastAt: at(least.time),
            greatest: amount(greatest.value),
            greatestAt: at(greatest.time),
            last: amount(last.value),
            lastAt: at(last.time),
          })}
        </p>
        <p class="basis">{sensor}</p>
        {series.doubtful.length > 0 && <p class="basis">{say.air.doubtful}</p>}
      </figcaption>
    </figure>
  );
}
