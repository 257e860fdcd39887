import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import { App } from './app.js';
import { browserClock, everySecond } from './clock.js';
import { fetchLetters } from './i18n/fonts.js';
import { localized, spoken } from './i18n/languages.js';
import { fetchWords } from './i18n/packs.js';
import { serveShell, tellsOfPeople } from './shell/serve.js';
import { shell } from './shell-link.js';
import { stayConnected } from './state/connection.js';
import { openEventSource } from './state/event-source.js';
import { viewOf } from './state/layout.js';
import { createPage, type Surroundings } from './state/page.js';
import { modeIds } from './state/visit.js';
import { attendVisitor } from './visitor.js';
import { browserSound } from './voice/browser-sound.js';
import { VoiceContext } from './voice/context.js';
import { shelterSound } from './voice/shelter-sound.js';
import { firstThatSpeaks } from './voice/sound.js';
import { createVoice } from './voice/voice.js';
import { watchBackDoor } from './watch-back-door.js';

const clock = browserClock;
const surroundings = signal(look());
const page = createPage(clock.monotonic(), navigator.languages, surroundings);

function look(): Surroundings {
  const { innerWidth: width, innerHeight: height, location } = window;
  return { view: viewOf({ width, height, query: location.search }), height };
}

window.addEventListener('resize', () => {
  surroundings.value = look();
});

const keeper = shell();
const shellService = keeper && serveShell(keeper, clock);

const connection = stayConnected({
  open: openEventSource,
  clock,
  onMessage(message) {
    page.hear(message, clock.monotonic());
    if (message.name === 'event' && tellsOfPeople(message.data)) shellService?.presence();
  },
  onLost: () => page.lose(clock.monotonic()),
});

everySecond(clock, () => {
  page.tick(clock.monotonic());
});

// A phone that slept cannot know for how long: its clock may have stood still with it.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') connection.renew();
});

effect(() => {
  const site = page.live.value.shelter?.site;
  const { documentElement } = document;
  documentElement.lang = page.language.value;
  if (!site) return;
  const languages = spoken(site.languages);
  fetchWords(languages);
  // People pay for what comes to a phone of their own.
  fetchLetters(surroundings.value.view === 'hand' ? [page.language.value] : languages);
  documentElement.style.setProperty('--px-per-mm', String(site.pxPerMm));
  document.title = localized(site.name, page.language.value);
});

effect(() => {
  const { dataset, style } = document.documentElement;
  const { visit } = page;
  dataset.view = page.surroundings.value.view;
  for (const mode of modeIds) {
    if (visit.modes[mode].value) dataset[mode] = '';
    else delete dataset[mode];
  }
  style.setProperty('--reach', `${page.reach.value ?? page.surroundings.value.height}px`);
});

const voice = createVoice({ page, sound: firstThatSpeaks(shelterSound(), browserSound()), clock });
attendVisitor(page, clock);
// A corner is the place of a control too: what was pressed on the way is done by then.
watchBackDoor(clock, () => clock.after(300, () => page.visit.go('maintenance')));

const root = document.getElementById('page');
if (root) {
  render(
    <VoiceContext.Provider value={voice}>
      <App page={page} />
    </VoiceContext.Provider>,
    root,
  );
}
