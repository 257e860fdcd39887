import { localized } from '../i18n/languages.js';
import type { PropertyGroup } from '../state/board.js';
import { PropertyIcon } from './icons.js';
import { ReadoutPart } from './readout.js';
import type { Words } from './words.js';

/** What is known of one property, by each sensor that measures it. */
export function PropertyCard({ group, words }: { group: PropertyGroup; words: Words }) {
  return (
    <article class="card" data-property={group.property} data-readouts={group.readouts.length}>
      <h2>
        <PropertyIcon property={group.property} />
        {localized(group.name, words.language)}
      </h2>
      <ul class="readouts">
        {group.readouts.map((readout) => (
          <ReadoutPart key={readout.stream} label={readout.sensor} readout={readout} words={words} />
        ))}
      </ul>
    </article>
  );
}
