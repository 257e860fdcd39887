import type { Browser, Page } from 'playwright-core';
import { wholeWav } from '../../../runtime/speech/wav.js';
import { launchChromium } from '../../rigs/chromium.js';
import { openEndedWav } from '../../runtime/speech/wav.js';
import { type StandIn, startStandIn } from '../stand-in.js';
import { measureOf, modes, type Panel, type PanelId, panels } from './dimensions.js';
import { bundleEyes } from './eyes.js';
import type { Finding } from './look/findings.js';
import type { Way } from './look/way-told.js';
import { situationOf, type Told, usual } from './situations.js';
import type { State } from './states.js';

/** One browser with one page, on which one state is shown after the other. */
export interface Stage {
  /** @throws where the page does not get there */
  show(state: State): Promise<void>;
  /** What is wrong with what is shown. */
  look(): Promise<Finding[]>;
  /** All of the page, also where it scrolls, as JPEG. */
  picture(): Promise<Buffer>;
  /** What is seen of it, as PNG. */
  view(): Promise<Buffer>;
  close(): Promise<void>;
}

/** What is told grows old: after so long, in ms, it is told anew. */
const freshFor = 20_000;

const lifeSize = (_: Panel) => 1;

/** So long that nobody hears the end of it. */
const sentence = Buffer.from(wholeWav(openEndedWav(22_050 * 60)) ?? []);

/**
 * @param root of the project
 * @param folder where the built page is
 * @param scaleOf how large the pictures of a panel are
 */
export async function openStage(root: string, folder: string, scaleOf = lifeSize): Promise<Stage> {
  const [eyes, browser] = await Promise.all([bundleEyes(root), launchChromium()]);
  const shelter = await startShelter(folder);
  let open: { id: PanelId; scale: number; page: Page } | undefined;
  /** Where the shelter was there before it was gone. */
  let goneOn: PanelId | undefined;
  let told: { key: string; at: number } | undefined;

  async function pageOn(id: PanelId): Promise<Page> {
    if (open?.id === id) return open.page;
    const { width, height, view } = panels[id];
    const scale = scaleOf(panels[id]);
    if (open?.scale !== scale) await open?.page.close();
    const page = open?.scale === scale ? open.page : await openPage(browser, eyes, scale);
    await page.setViewportSize({ width, height });
    await page.goto(view === 'wall' ? `${shelter.url}?view=tv` : shelter.url);
    await page.locator('.header').click();
    open = { id, scale, page };
    return page;
  }

  /** A television has no control: it speaks the first language of its site. */
  function tell({ situation, language, panel }: State): void {
    const { told: differently } = situationOf(situation);
    const { pxPerMm, view } = panels[panel];
    const key = `${differently ? situation : 'usual'} ${panel} ${view === 'wall' ? language : ''}`;
    const at = Date.now();
    if (told?.key === key && at - told.at < freshFor) return;
    const { now, life, content, help }: Told = { ...usual(at), ...differently?.(at) };
    const { languages } = now.site;
    const order = view === 'wall' ? [language, ...languages.filter((each) => each !== language)] : languages;
    shelter.show({ ...now, site: { ...now.site, languages: order, pxPerMm } });
    shelter.showLife(life);
    shelter.showContent(content);
    shelter.showHelp(help);
    told = { key, at };
  }

  function shown() {
    if (!open) throw new Error('nothing is shown');
    return open;
  }

  async function reach(state: State): Promise<void> {
    tell(state);
    const page = await pageOn(state.panel);
    await page.evaluate<void>(`matrix.arrive(${JSON.stringify(wayTo(state))})`);
    // The page's time has run ahead of what it was told.
    if (state.situation === 'asking') told = undefined;
  }

  return {
    async show(state) {
      const isGone = situationOf(state.situation).shelter === 'gone';
      if (!isGone || goneOn !== state.panel) {
        await shelter.rise();
        await reach(isGone ? { ...state, situation: 'board' } : state);
      }
      goneOn = isGone ? state.panel : undefined;
      if (!isGone) return;
      await shelter.die();
      await reach(state);
    },
    look: () => {
      const { id, page } = shown();
      return page.evaluate<Finding[]>(`matrix.look(${JSON.stringify(measureOf(panels[id]))})`);
    },
    picture: () => shown().page.screenshot({ fullPage: true, type: 'jpeg', quality: 60 }),
    view: () => shown().page.screenshot(),
    async close() {
      await browser.close();
      await shelter.die();
    },
  };
}

function wayTo({ panel, situation, language, mode }: State): Way {
  const { steps, shows } = situationOf(situation);
  const isTouched = panels[panel].view !== 'wall';
  return {
    language: isTouched ? language : undefined,
    toggles: panels[panel].toggles,
    pressed: modes[mode],
    steps,
    shows,
  };
}

async function startShelter(folder: string): Promise<StandIn> {
  const { now, life } = usual(Date.now());
  const shelter = await startStandIn(folder, now, life);
  shelter.speakWith(sentence);
  return shelter;
}

async function openPage(browser: Browser, eyes: string, deviceScaleFactor: number): Promise<Page> {
  const page = await browser.newPage({ hasTouch: true, deviceScaleFactor });
  await page.addInitScript({ content: `${eyes}\nmatrix.holdTime();` });
  return page;
}
