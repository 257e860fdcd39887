import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Language, languages } from '../../config/catalogue/languages.js';
import type { Messages } from '../../kiosk/ui/i18n/messages.js';
import { loadMessages } from '../../kiosk/ui/i18n/packs.js';
import { wholeWav } from '../../runtime/speech/wav.js';
import { hasChromium } from '../rigs/chromium.js';
import { openEndedWav } from '../runtime/speech/wav.js';
import { contentNow, emergency, sent } from './city-scene.js';
import { lifeNow } from './scene.js';
import type { StandIn } from './stand-in.js';
import { current, visitPage } from './visited-page.js';

const tags = Object.keys(languages) as Language[];
const patient = { timeout: 30_000, interval: 50 };

/** A hundredth of a second of silence. */
const audio = Buffer.from(wholeWav(openEndedWav(220)) ?? []);

/** All but the player, whose words are said when one comes to them. */
const seenWhileListening = `[...document.querySelectorAll('.frame > :not(.bar), .bar > :not(.player)')]
  .filter((part) => part.checkVisibility())
  .map((part) => part.innerText)
  .join(' ')`;

/** Ages grow while they are read: of these the number is another one by then. */
const withoutAge = (word: string) => word.replace(/^\d{1,2}(?!\d)/, '');

/** The words of what is seen, without signs. */
const wordsOf = (text: string) => text.match(/[\p{L}\p{N}]+/gu) ?? [];

describe.skipIf(!hasChromium())('The voice of the page', { timeout: 60_000 }, () => {
  const visited = visitPage();
  /** What the shelter was asked to say, in the order of the first asking: what comes next is asked for ahead. */
  let asked: StandIn['spoken'];

  beforeEach(() => {
    // The same by day and by night.
    const voice = { volume: 80, night: { from: 0, to: 0, volume: 80 } };
    const { site, ...rest } = current();
    visited.shelter.show({ site: { ...site, languages: tags, voice }, ...rest });
    visited.shelter.showLife(lifeNow(tags));
    visited.shelter.speakWith(audio);
    asked = visited.shelter.spoken;
  });

  async function open(language: Language): Promise<Messages> {
    await visited.open();
    if (language !== 'ko') {
      await visited.control('languages').click();
      await visited.control(`language-${language}`).click();
    }
    await vi.waitFor(
      async () => expect(await visited.page.locator('html').getAttribute('lang')).toBe(language),
      patient,
    );
    return loadMessages(language);
  }

  async function readingBecomes(reading: string): Promise<void> {
    await vi.waitFor(
      async () => expect(await visited.page.locator('.player').getAttribute('data-reading')).toBe(reading),
      patient,
    );
  }

  async function listenToTheEnd(): Promise<void> {
    await visited.control('voice').click();
    await vi.waitFor(() => expect(asked.length).toBeGreaterThan(0), patient);
    await readingBecomes('silent');
    expect(asked.length).toBeGreaterThan(10);
  }

  it.each(tags)('says all that is seen on the board, in its order, in %s', async (language) => {
    await open(language);
    await listenToTheEnd();
    const seen: string = await visited.page.evaluate(seenWhileListening);
    const spoken = asked.map(({ text }) => text).join(' ');
    const unspoken = wordsOf(seen).filter((word) => !spoken.includes(withoutAge(word)));
    expect(unspoken).toEqual([]);

    const order = asked.map(({ text }) => text);
    const titles = [(await visited.page.locator('h1').textContent()) ?? '', '470', '143'];
    const places = titles.map((title) => order.findIndex((text) => text.includes(title)));
    expect(places.every((place, index) => place >= 0 && place >= (places[index - 1] ?? 0))).toBe(true);

    expect(new Set(asked.map((each) => each.language))).toContain(language);
    for (const { text } of asked) expect(text.length).toBeLessThanOrEqual(600);
  });

  it('tells a bus as somebody at the stop would', async () => {
    await open('ko');
    await visited.control('voice').click();
    await vi.waitFor(
      () =>
        expect(asked.map(({ text }) => text)).toContain(
          '470번 버스, 청량리역환승센터 방면, 3분 뒤 도착, 2정거장 전, 저상, 좌석 있음, 실시간',
        ),
      patient,
    );
  });

  it('begins by itself where another screen opens', async () => {
    const { frame } = await open('ko');
    await listenToTheEnd();
    asked.length = 0;
    await visited.control('help').click();
    await vi.waitFor(() => expect(asked.length).toBeGreaterThan(1), patient);
    expect(asked[0]?.text).not.toBe('종로2가');
    expect(asked.map(({ text }) => text).join()).toContain(frame.help);
  });

  it('is off for the next visitor, and as loud as at first', async () => {
    await (await visited.takeOwnPage()).clock.install();
    await open('ko');
    const slow = Buffer.from(wholeWav(openEndedWav(22_050 * 20)) ?? []);
    visited.shelter.speakWith(slow);
    await visited.control('voice').click();
    await readingBecomes('speaking');
    for (let count = 0; count < 2; count++) await visited.control('voice-louder').click();
    expect(await visited.control('voice-louder').getAttribute('aria-disabled')).toBe('true');
    await visited.page.clock.runFor(61_000);
    await vi.waitFor(async () => expect(await visited.page.locator('.player').count()).toBe(0), patient);
    await visited.control('voice').click();
    expect(await visited.control('voice-louder').getAttribute('aria-disabled')).toBeNull();
  });

  it('can be paused, skipped, replayed and stopped', async () => {
    await open('en');
    const slow = Buffer.from(wholeWav(openEndedWav(22_050 * 20)) ?? []);
    visited.shelter.speakWith(slow);
    await visited.control('voice').click();
    await readingBecomes('speaking');
    await vi.waitFor(() => expect(asked.length).toBeGreaterThan(0), patient);
    const first = asked[0]?.text;
    await visited.control('voice-pause').click();
    await readingBecomes('paused');
    await visited.control('voice-pause').click();
    await readingBecomes('speaking');
    await visited.control('voice-next').click();
    await visited.control('voice-next').click();
    await vi.waitFor(() => expect(asked.length).toBeGreaterThanOrEqual(3), patient);
    asked.length = 0;
    await visited.control('voice-previous').click();
    await visited.control('voice-previous').click();
    await vi.waitFor(
      async () =>
        expect(await visited.page.evaluate('[...CSS.highlights.get("spoken")][0].toString()')).toContain(
          first,
        ),
      patient,
    );
    await visited.control('voice-stop').click();
    expect(await visited.page.locator('.player').count()).toBe(0);
    expect(await visited.page.evaluate('CSS.highlights.has("spoken")')).toBe(false);
  });

  it('says which control the focus is on, and whether that is pressed', async () => {
    await visited.page.setViewportSize({ width: 390, height: 844 });
    const { frame, voice } = await open('ko');
    await visited.control('menu').click();
    await listenToTheEnd();
    asked.length = 0;
    await visited.control('menu').click();
    await vi.waitFor(() => expect(asked.length).toBeGreaterThan(0), patient);
    await readingBecomes('silent');
    await visited.control('contrast').focus();
    await visited.page.keyboard.press('Shift+Tab');
    await visited.page.keyboard.press('Tab');
    await vi.waitFor(
      () => expect(asked.map(({ text }) => text)).toContain(`${frame.modes.contrast}, ${voice.off}`),
      patient,
    );
  });

  it('interrupts everything for an emergency', async () => {
    await open('ko');
    await listenToTheEnd();
    asked.length = 0;
    visited.shelter.showContent(
      contentNow(Date.now(), { emergency: sent(Date.now(), { messages: [emergency()] }) }),
    );
    await vi.waitFor(
      () => expect(asked.map(({ text }) => text).join(' ')).toContain('청계천 범람 위험, 즉시 대피'),
      patient,
    );
  });

  it('says on the screen that there is no voice where neither the shelter nor the browser has one', async () => {
    const { voice } = await open('sw');
    visited.shelter.speakWith(undefined);
    await visited.control('voice').click();
    await readingBecomes('mute');
    expect(await visited.page.locator('.voice-trouble').textContent()).toBe(voice.none);
  });
});
