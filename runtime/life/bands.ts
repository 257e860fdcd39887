import type { Profile } from '../../config/profiles/profile.js';
import type { Life } from '../api/life.js';
import { pollutants } from '../indices/air/concentration.js';
import { indices } from '../indices/index.js';
import type { Wording } from './wording.js';

/** Between which concentrations the grades of the air lie, for the pollutants that a stop measures. */
export function bandsOf(profile: Profile, wording: Wording): Life['bands'] {
  const definition = indices.find(({ id }) => id === profile.indices[0]);
  if (!definition?.grades) return [];
  const { id: index, grades, inputs } = definition;
  return pollutants.flatMap((property) => {
    const input = inputs[property];
    const greatest = input?.kind === 'number' ? input.bands : undefined;
    if (!greatest) return [];
    let from = 0;
    const bands: Life['bands'] = [];
    for (const { id: grade } of grades) {
      const to = greatest[grade] ?? null;
      const shown = wording.shown(index, grade);
      if (shown) bands.push({ property, grade, from, to, shown });
      if (to === null) break;
      from = to;
    }
    return bands;
  });
}
