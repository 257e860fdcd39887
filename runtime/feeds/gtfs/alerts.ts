import type { FoundNotice, Texts } from '../found.js';
import type { Alert } from './realtime.js';
import type { Timetable } from './timetable.js';

/** Numbers of Effect and SeverityLevel. */
const detour = 4;
const gravest = { effects: [1, 3, detour, 9], severityFrom: 3 };

/** Tells whether a trip leaves its usual way just now. @param now wall time in ms */
export function isDetoured(
  alerts: readonly Alert[],
  now: number,
): (names: { trip: string; route: string }) => boolean {
  const abouts = alerts
    .filter((alert) => alert.effect === detour && isActive(alert, now))
    .flatMap(({ about }) => about);
  return ({ trip, route }) =>
    abouts.some((about) =>
      about.trip === undefined ? about.route === route && about.stop === undefined : about.trip === trip,
    );
}

/** What alerts say about this stop, its lines, or all of the agency. @param now wall time in ms */
export function findNotices(alerts: readonly Alert[], timetable: Timetable, now: number): FoundNotice[] {
  const { directions, stops, language } = timetable;
  const routes = new Set(directions.map(({ route }) => route));
  const isAboutHere = (about: Alert['about'][number]) => {
    if (about.trip !== undefined) return false;
    if (about.stop !== undefined) return stops.get(about.stop)?.here === true;
    return about.route === undefined ? about.agency !== undefined : routes.has(about.route);
  };
  return alerts
    .filter((alert) => isActive(alert, now) && alert.about.some(isAboutHere))
    .map(({ id, effect = 0, severity = 0, title, text }) => ({
      id,
      severity:
        severity >= gravest.severityFrom || gravest.effects.includes(effect) ? 'warning' : 'information',
      title: named(title, language),
      ...(Object.keys(text).length > 0 && { text: named(text, language) }),
    }));
}

function isActive({ periods }: Alert, now: number): boolean {
  if (periods.length === 0) return true;
  return periods.some(
    ({ start, end }) => (start ?? 0) * 1_000 <= now && (end === undefined || now < end * 1_000),
  );
}

/** What is in no language is in the timetable's. */
function named({ und, ...texts }: Texts, language: string): Record<string, string> {
  return und === undefined ? texts : { [language]: und, ...texts };
}
