import { effect } from '@preact/signals';
import { render } from 'preact';
import { App } from './app.js';
import { browserClock, everySecond } from './clock.js';
import { localized } from './i18n/languages.js';
import { shell } from './shell-link.js';
import { stayConnected } from './state/connection.js';
import { openEventSource } from './state/event-source.js';
import { createPage } from './state/page.js';

const clock = browserClock;
const page = createPage(clock.monotonic(), navigator.languages);

const connection = stayConnected({
  open: openEventSource,
  clock,
  onMessage: (message) => page.hear(message, clock.monotonic()),
  onLost: () => page.lose(clock.monotonic()),
});

everySecond(clock, () => {
  page.tick(clock.monotonic());
  requestAnimationFrame(() => shell()?.alive());
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
  documentElement.style.setProperty('--px-per-mm', String(site.pxPerMm));
  document.title = localized(site.name, page.language.value);
});

const root = document.getElementById('page');
if (root) render(<App page={page} />, root);
