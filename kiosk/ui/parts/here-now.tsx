import { localized } from '../i18n/languages.js';
import type { PropertyGroup } from '../state/board.js';
import type { Page } from '../state/page.js';
import { PropertyIcon } from './icons.js';
import { ReadoutPart } from './readout.js';
import { Section } from './section.js';
import { StatementPart } from './statement.js';
import type { Words } from './words.js';

/** What each sensor at this stop says, and what the law wants said beside it. */
export function HereNow({ page, words }: { page: Page; words: Words }) {
  const { say } = words;
  const { front, beside, life } = page.board.value;
  const all = [...front, ...beside];
  if (all.length === 0) return null;
  return (
    <Section title={say.air.here} name="here">
      {all.some(({ property }) => property.startsWith('pm')) && <StatementPart life={life} words={words} />}
      <div class="properties">
        {all.map((group) => (
          <PropertyPart key={group.property} group={group} words={words} />
        ))}
      </div>
    </Section>
  );
}

function PropertyPart({ group, words }: { group: PropertyGroup; words: Words }) {
  return (
    <article class="property" data-property={group.property}>
      <h3>
        <PropertyIcon property={group.property} />
        {localized(group.name, words.language)}
      </h3>
      <ul class="readouts">
        {group.readouts.map((readout) => (
          <ReadoutPart key={readout.stream} label={readout.sensor} readout={readout} words={words} />
        ))}
      </ul>
    </article>
  );
}
