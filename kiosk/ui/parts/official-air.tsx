import { formatTime, formatValue } from '../i18n/format.js';
import { localized, localizedIn } from '../i18n/languages.js';
import type { OfficialReading } from '../state/air.js';
import type { Page } from '../state/page.js';
import { PropertyIcon, StateIcon } from './icons.js';
import { Section } from './section.js';
import type { Words } from './words.js';

/** What the official station tells, under its own name and with its own times. */
export function OfficialAirPart({ page, words }: { page: Page; words: Words }) {
  const { say, language } = words;
  const official = page.officialAir.value;
  if (!official) {
    return (
      <Section title={say.air.official} name="official">
        <p class="basis">{say.air.officialUnknown}</p>
      </Section>
    );
  }
  const [station, source] = [official.station, official.source].map((name) => localizedIn(name, language));
  return (
    <Section title={say.air.official} name="official">
      <p class="station">
        <strong lang={station?.lang}>{station?.text}</strong>
        <span class="basis" lang={source?.lang}>
          {source?.text}
        </span>
      </p>
      <ul class="properties">
        {official.values.map((reading) => (
          <OfficialReadingPart key={reading.property} reading={reading} page={page} words={words} />
        ))}
        {official.absent.map(({ property, name, why }) => (
          <li key={property} class="property" data-official={property} data-state="missing">
            <h3>
              <PropertyIcon property={property} />
              {localized(name, language)}
            </h3>
            <p class="reason">
              <StateIcon state="missing" /> {say.air.absent[why]}
            </p>
          </li>
        ))}
      </ul>
      {official.values.length + official.absent.length === 0 && (
        <p class="basis">{say.air.officialUnknown}</p>
      )}
    </Section>
  );
}

function OfficialReadingPart({
  reading: { property, name, value, digits, symbol, time, isOld },
  page,
  words: { say, language },
}: {
  reading: OfficialReading;
  page: Page;
  words: Words;
}) {
  const at = formatTime(time, page.site.value?.timeZone ?? 'UTC', language) ?? '';
  return (
    <li class="property" data-official={property} data-state={isOld ? 'stale' : 'fresh'}>
      <h3>
        <PropertyIcon property={property} />
        {localized(name, language)}
      </h3>
      <p class="figure">
        <data class="value" value={value}>
          {formatValue(value, digits, language)}
        </data>
        <span class="unit">{symbol}</span>
      </p>
      <p class="basis">
        {isOld && (
          <span class="old">
            <StateIcon state="stale" /> {say.states.stale}
          </span>
        )}
        <time dateTime={new Date(time).toISOString()}>{say.air.hourTo(at)}</time>
      </p>
    </li>
  );
}
