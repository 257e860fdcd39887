import { describe, expect, it, vi } from 'vitest';
import { hasChromium } from '../rigs/chromium.js';
import { arrival, contentNow, emergency, notice, sent } from './city-scene.js';
import { problemsOf } from './inspection.js';
import { current, expectText, patient, seen, sizes, visitPage } from './visited-page.js';

/** 60 letters, without a space where a line could be broken, and with some. */
const unbroken = 'Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenstelle';
const names = { ko: '가나다라마바사아자차 '.repeat(6).slice(0, 60).trim(), en: unbroken.slice(0, 60) };

describe.skipIf(!hasChromium())('The page at its extremes', { timeout: 60_000 }, () => {
  const visited = visitPage();
  const { site } = current();

  async function expectNoProblems(screens: readonly string[]): Promise<void> {
    for (const screen of screens) {
      await visited.press(screen);
      await visited.settle();
      expect({ screen, problems: await problemsOf(visited.page) }).toEqual({ screen, problems: [] });
    }
  }

  describe.each(sizes)('at $width × $height', (size) => {
    it.each(['ko', 'en'] as const)(
      'cuts and scrolls nothing where every name has 60 letters, in %s',
      async (language) => {
        const now = Date.now();
        await visited.page.setViewportSize(size);
        visited.shelter.show(current({ site: { ...site, name: names, languages: [language, 'ko', 'en'] } }));
        visited.shelter.showContent(
          contentNow(now, {
            arrivals: sent(now, {
              arrivals: [unbroken.slice(0, 60), '470', '종로09'].map((line, index) =>
                arrival(now, line, 3 + index, {
                  destination: names,
                  crowding: 'standing',
                  lowFloor: true,
                  stopsAway: 12,
                }),
              ),
            }),
            notices: sent(now, {
              notices: [notice('n', { severity: 'warning', title: names, text: names })],
            }),
          }),
        );
        await visited.open();
        await expectText(visited.page.getByRole('heading', { level: 1 }), names[language].slice(0, 20));
        await expectNoProblems(['air', 'help', 'board', 'notices']);
      },
    );

    it('cuts and scrolls nothing of 500 emergencies, and keeps the next bus', async () => {
      const now = Date.now();
      const messages = Array.from({ length: 500 }, (_, index) => emergency({ id: `flood-${index}` }));
      await visited.page.setViewportSize(size);
      visited.shelter.showContent(contentNow(now, { emergency: sent(now, { messages }) }));
      await visited.open();
      expect(await visited.page.locator('[data-emergency]').count()).toBe(500);
      await visited.settle();
      expect(await problemsOf(visited.page)).toEqual([]);
      await expectText(visited.page.locator('.next-bus'), '470');
    });

    it.each([0, 40])('cuts and scrolls nothing of %d arrivals', async (count) => {
      const now = Date.now();
      const arrivals = Array.from({ length: count }, (_, index) =>
        arrival(now, String(100 + index), 2 + index),
      );
      await visited.page.setViewportSize(size);
      visited.shelter.showContent(contentNow(now, { arrivals: sent(now, { arrivals }) }));
      await visited.open();
      await visited.settle();
      expect(await visited.page.locator('.arrival').count()).toBe(count);
      expect(await problemsOf(visited.page)).toEqual([]);
    });
  });

  describe('in time', () => {
    const minute = 60_000;

    /** Opens the page at a stop whose clock says so, one bus coming in 5 min. */
    async function openAt(time: string, timeZone: string): Promise<void> {
      const at = Date.parse(time);
      visited.shelter.setClock(at);
      visited.shelter.show(current({ time, site: { ...site, timeZone, languages: ['en', 'ko'] } }));
      const arrivals = [
        arrival(at, '1', 5, { asOf: time, expected: new Date(at + 5 * minute).toISOString() }),
        arrival(at, '2', 7, { basis: 'timetable', expected: new Date(at + 7 * minute).toISOString() }),
      ];
      visited.shelter.showContent(contentNow(at, { arrivals: sent(at, { arrivals }) }));
      await visited.open();
    }

    it.each([
      [
        'passes midnight',
        '2026-12-31T14:59:57Z',
        'Asia/Seoul',
        '23:59',
        '00:00',
        /Thursday, (31 )?December/,
        /Friday, (1 )?January/,
        '00:06',
      ],
      [
        'is put to summer time',
        '2026-03-29T00:59:57Z',
        'Europe/Berlin',
        '01:59',
        '03:00',
        /March/,
        /March/,
        '03:06',
      ],
      [
        'is put to winter time',
        '2026-10-25T00:59:57Z',
        'Europe/Berlin',
        '02:59',
        '02:00',
        /October/,
        /October/,
        '02:06',
      ],
    ])(
      '%s, and no countdown jumps',
      async (_, time, zone, before, after, dateBefore, dateAfter, byTimetable) => {
        await openAt(time, zone);
        const clock = visited.page.locator('.clock');
        const bus = visited.page.locator('.arrival[data-line="1"]');
        expect(await seen(clock)).toBe(before);
        expect(await seen(visited.page.locator('.date'))).toMatch(dateBefore);
        await vi.waitFor(async () => expect(await seen(clock)).toBe(after), patient);
        expect(await seen(visited.page.locator('.date'))).toMatch(dateAfter);
        expect(await seen(bus)).toMatch(/4\s*min/);
        expect(await seen(visited.page.locator('.arrival[data-line="2"]'))).toContain(byTimetable);
      },
    );
  });
});
