import { certifications, simpleMeter, uncertified } from '../../config/catalogue/certification.js';
import type { Site } from '../../config/site.js';
import type { Statement } from '../api/life.js';
import { pollutants } from '../indices/air/concentration.js';
import { measuring, type Standing } from './standing.js';

/** What the law asks for beside a simple meter's values; null where none measures particles. */
export function statementOf(
  site: Pick<Site, 'sensors' | 'languages'>,
  standings: readonly Standing[],
): Statement | null {
  const sensors = new Set(
    pollutants.flatMap((pollutant) =>
      measuring(standings, pollutant).map(({ latest }) => latest.stream.sensor),
    ),
  );
  const meters = site.sensors.flatMap(({ id, certification = null }) =>
    sensors.has(id) ? [{ sensor: id, certification }] : [],
  );
  if (meters.length === 0) return null;
  const grades = [
    ...new Set(
      meters.map(({ certification }) => (certification ? certifications[certification] : uncertified)),
    ),
  ];
  const { measured, certification, unofficial } = simpleMeter;
  const text = site.languages.map((language) => {
    const grade = grades.map((each) => each[language]).join(', ');
    return [language, `${measured[language]} ${certification[language]}: ${grade}. ${unofficial[language]}`];
  });
  return { text: Object.fromEntries(text), meters };
}
