import { readFileSync } from 'node:fs';
import type { CDPSession } from 'playwright-core';
import { wholeWav } from '../../../runtime/speech/wav.js';
import { contentNow, emergency, sent } from '../../kiosk/city-scene.js';
import { lifeNow, now, sceneTime } from '../../kiosk/scene.js';
import { startStandIn } from '../../kiosk/stand-in.js';
import { launchChromium } from '../../rigs/chromium.js';
import { openEndedWav } from '../../runtime/speech/wav.js';
import { atLeast, below, type Fact, type Section, tells, whole } from '../section.js';

/** A function, between its comment and the end of the statement. */
const script = readFileSync(new URL('./compressed-time.js', import.meta.url), 'utf8')
  .replace(/^[\s\S]*?\*\/\n/, '')
  .replace(/;\s*$/, '');

export interface LongRun {
  /** Seconds that pass, with an update in each. */
  updates: number;
  /** How often it is looked what is held, after as much again of warming up. */
  looks: number;
}

/** What the page holds once everything that can be thrown away was. */
interface Held {
  /** Bytes. */
  heap: number;
  nodes: number;
  listeners: number;
  timers: number;
}

/** Seconds between two visitors, as compressed-time.js has it, and those before the first look, at a board at rest. */
const visitEvery = 300;
const warmUp = 4 * visitEvery - 10;

/**
 * A page in Chromium through weeks of updates, visitors, warnings and lost connections.
 *
 * @param folder where the built page is
 */
export async function watchLongRun(
  folder: string,
  { updates, looks }: LongRun,
  onProgress: (text: string) => void,
): Promise<Section> {
  const shelter = await startStandIn(folder, now(), lifeNow());
  shelter.speakWith(Buffer.from(wholeWav(openEndedWav(2_205)) ?? []));
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1080, height: 1920 } });
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.addInitScript({ content: `(${script})(${JSON.stringify(sceneNow())})` });
    await page.goto(shelter.url);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const pass = (seconds: number) => page.evaluate(`compressedTime.pass(${seconds})`);

    // Whatever is made once is made by then: screens, languages, letters.
    await pass(warmUp);
    const share = Math.ceil(updates / looks / visitEvery) * visitEvery;
    const held: Held[] = [];
    for (let look = 1; look <= looks; look++) {
      await pass(share);
      held.push({
        ...(await weigh(session)),
        timers: await page.evaluate<number>('compressedTime.timers()'),
      });
      onProgress(`${whole(look * share)} updates: ${writeHeld(held.at(-1))}`);
    }
    const rows = await page.evaluate<number>('document.querySelectorAll(".arrival").length');
    const facts = [...factsOf(held, share * looks), atLeast('buses on the board at the end', rows, 1)];
    return { title: 'The screen', about, facts, complaints };
  } finally {
    await browser.close();
    await shelter.die();
  }
}

const about = `An update a second, a beat every two, arrivals every 20 s, a visitor every five minutes, two emergencies and four
lost connections a day, through the built page in Chromium; its clock is driven, and everything is drawn once a minute.`;

function sceneNow() {
  const start = Date.parse(sceneTime);
  const shelter = now();
  return {
    start,
    now: shelter,
    streams: shelter.streams,
    life: lifeNow(),
    content: contentNow(start),
    emergency: contentNow(start, { emergency: sent(start, { messages: [emergency()] }) }),
  };
}

async function weigh(session: CDPSession): Promise<Omit<Held, 'timers'>> {
  for (let turn = 0; turn < 3; turn++) await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const metric = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
  return { heap: metric('JSHeapUsedSize'), nodes: metric('Nodes'), listeners: metric('JSEventListeners') };
}

/** The later half against the earlier one: what leaks grows with every update. */
function factsOf(held: readonly Held[], updates: number): Fact[] {
  const middle = Math.ceil(held.length / 2);
  const most = (part: readonly Held[], of: keyof Held) => Math.max(...part.map((each) => each[of]));
  const growth = (of: keyof Held) => most(held.slice(middle), of) - most(held.slice(0, middle), of);
  const first = held[0];
  const last = held.at(-1);
  return [
    tells('updates', updates),
    tells('held at the first look', writeHeld(first)),
    tells('held at the last look', writeHeld(last)),
    below('growth of the heap', growth('heap') / 1e6, 0.25, 'MB'),
    ...(['nodes', 'listeners', 'timers'] as const).map((of) => noMore(of, growth(of))),
  ];
}

function noMore(what: string, growth: number): Fact {
  return { what: `growth of ${what}`, found: whole(growth), aim: '≤ 0', met: growth <= 0 };
}

function writeHeld(held: Held | undefined): string {
  if (!held) return 'nothing';
  const { heap, nodes, listeners, timers } = held;
  return `${(heap / 1e6).toFixed(2)} MB of heap, ${nodes} nodes, ${listeners} listeners, ${timers} timers`;
}
