import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Language } from '../../../config/catalogue/languages.js';
import type { Content, SiteNow } from '../../../runtime/api/contract.js';
import { languageOf } from '../i18n/languages.js';
import { type OfficialAir, officialAirOf } from './air.js';
import { type Announcement, announcementsOf, type Emergencies, emergenciesOf } from './announcements.js';
import { type ArrivalsOnBoard, arrivalsOnBoard } from './arrivals.js';
import { type Board, boardOf } from './board.js';
import { noContent, unexpired } from './content.js';
import { type HelpTold, helpTold } from './help.js';
import { reachOf, type View } from './layout.js';
import { alertsOnBoard } from './life.js';
import { hear, type Link, type Live, lose, nothingYet } from './live.js';
import type { Message } from './message.js';
import { startVisit, type Visit } from './visit.js';

/** What the page shows, and all that can change it. */
export interface Page {
  surroundings: ReadonlySignal<Surroundings>;
  /** The height, in px, of what everybody reaches; absent where that is all of it. */
  reach: ReadonlySignal<number | undefined>;
  live: ReadonlySignal<Live>;
  link: ReadonlySignal<Link>;
  site: ReadonlySignal<SiteNow | undefined>;
  board: ReadonlySignal<Board>;
  /** The shelter's wall time in ms, counted on where the connection is lost; absent where it was never known. */
  time: ReadonlySignal<number | undefined>;
  /** What was not sensed here and has not expired. */
  content: ReadonlySignal<Content>;
  /** Absent while no station tells anything. */
  officialAir: ReadonlySignal<OfficialAir | undefined>;
  help: ReadonlySignal<HelpTold>;
  arrivals: ReadonlySignal<ArrivalsOnBoard>;
  emergencies: ReadonlySignal<Emergencies>;
  announcements: ReadonlySignal<readonly Announcement[]>;
  language: ReadonlySignal<Language>;
  /** Where nobody can turn a page: how often that is done for the reader, counted up. */
  turn: ReadonlySignal<number>;
  visit: Visit;
  /** Instants are in ms on the page's monotonic time. */
  hear(message: Message, instant: number): void;
  lose(instant: number): void;
  tick(instant: number): void;
}

/** Long enough to read a headline from afar, in ms. */
const turnsEvery = 10_000;

/** What the page is shown on. */
export interface Surroundings {
  view: View;
  /** In px. */
  height: number;
}

/** @param readerLanguages what the reader's browser prefers, used until the site is known */
export function createPage(
  instant: number,
  readerLanguages: readonly string[],
  surroundings: ReadonlySignal<Surroundings> = signal<Surroundings>({ view: 'panel', height: 1_920 }),
): Page {
  const live = signal(nothingYet);
  const now = signal(instant);
  const visit = startVisit(() => surroundings.value.view === 'panel');

  const link = computed(() => live.value.link);
  const site = computed(() => live.value.shelter?.site);
  const reach = computed(() => {
    const { view, height } = surroundings.value;
    if (!site.value || view !== 'panel') return undefined;
    const reached = reachOf({ ...site.value, height });
    return reached < height ? reached : undefined;
  });
  const time = computed(() => timeOf(live.value, now.value));
  const heardContent = computed(() => live.value.content ?? noContent);
  const content = computed(() => unexpired(heardContent.value, time.value));
  const officialAir = computed(() =>
    officialAirOf(content.value.air, heardLife.value?.inputs ?? [], time.value),
  );
  const help = computed(() => helpTold(live.value, now.value));
  const arrivals = computed(() => arrivalsOnBoard(content.value.arrivals, time.value, link.value !== 'lost'));
  const emergencies = computed(() => emergenciesOf(content.value.emergency));
  const heardLife = computed(() => live.value.life?.what);
  const alerts = computed(() => (heardLife.value ? alertsOnBoard(heardLife.value) : []));

  function change(next: Live, at: number): void {
    const known = new Set(emergencies.peek().great.map(({ id }) => id));
    batch(() => {
      live.value = next;
      tick(at);
    });
    if (emergencies.peek().great.some(({ id }) => !known.has(id))) visit.go('board');
  }

  function tick(at: number): void {
    batch(() => {
      now.value = at;
      visit.tick(at);
    });
  }

  return {
    ...{
      surroundings,
      reach,
      live,
      link,
      site,
      time,
      content,
      officialAir,
      help,
      arrivals,
      emergencies,
      visit,
      tick,
    },
    board: computed(() => boardOf(live.value, now.value)),
    announcements: computed(() =>
      announcementsOf({
        emergencies: emergencies.value,
        alerts: alerts.value,
        notices: content.value.notices,
      }),
    ),
    language: computed(() => languageOf(visit.language.value, site.value?.languages ?? [], readerLanguages)),
    turn: computed(() => (surroundings.value.view === 'wall' ? Math.floor(now.value / turnsEvery) : 0)),
    hear: (message, at) => change(hear(live.value, message, at), at),
    lose: (at) => change(lose(live.value), at),
  };
}

function timeOf({ heard }: Live, instant: number): number | undefined {
  return heard?.time === undefined ? undefined : heard.time + Math.max(0, instant - heard.at);
}
