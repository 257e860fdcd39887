import type { Language } from '../../config/catalogue/languages.js';
import {
  type GradeShown,
  type Group,
  groups,
  type Profile,
  type Scale,
  type Words,
} from '../../config/profiles/profile.js';
import type { GradeNow, Headline } from '../api/life.js';

/** How a profile tells people of grades, in the languages of a site. */
export interface Wording {
  words(words: Words): Record<string, string>;
  /** How a grade of an index is shown; null where the profile does not show it. */
  shown(index: string, grade: string | null): GradeNow | null;
  /** What to do about a grade, and whose guidance that is. */
  advice(index: string, grade: string | null): Pick<Headline, 'advice' | 'sources'>;
}

export function wordingOf(profile: Profile, languages: readonly Language[]): Wording {
  const scales = [profile.air, ...profile.weather, ...profile.alerts];

  function words(words: Words): Record<string, string> {
    return Object.fromEntries(languages.map((language) => [language, words[language]]));
  }

  function find(index: string, grade: string | null): { scale: Scale; grade: GradeShown } | undefined {
    const scale = scales.find(({ of }) => of.includes(index));
    const found = scale?.grades.find(({ id }) => id === grade);
    return scale && found && { scale, grade: found };
  }

  return {
    words,
    shown(index, grade) {
      const found = find(index, grade);
      if (!found) return null;
      const { word, colour, ink } = found.grade;
      return { word: words(word), colour, ink };
    },
    advice(index, grade) {
      const found = find(index, grade);
      if (!found) return { advice: [], sources: [] };
      const advice = (Object.entries(groups) as [Group, Words][]).map(([group, whom]) => ({
        group,
        whom: words(whom),
        text: words(found.grade.advice[group]),
      }));
      return { advice, sources: [...found.scale.sources] };
    },
  };
}
