import { describe, expect, it } from 'vitest';
import { askedFor, startVisit, untilAsked } from '../../../kiosk/ui/state/visit.js';

function visiting(ends = true) {
  const visit = startVisit(() => ends);
  visit.tick(1_000_000);
  const touchAt = (instant: number) => visit.touch(1_000_000 + instant);
  const waitTill = (instant: number) => visit.tick(1_000_000 + instant);
  return { visit, touchAt, waitTill };
}

describe('A visit', () => {
  it('never ends while nobody has touched anything', () => {
    const { visit, waitTill } = visiting();
    visit.go('air');
    waitTill(10 * untilAsked);
    expect(visit.remaining.value).toBeUndefined();
    expect(visit.screen.value).toBe('air');
  });

  it('asks after a minute without a touch, and counts 30 s', () => {
    const { visit, touchAt, waitTill } = visiting();
    touchAt(0);
    visit.go('air');
    waitTill(59_999);
    expect(visit.remaining.value).toBeUndefined();
    waitTill(60_000);
    expect(visit.remaining.value).toBe(30);
    waitTill(60_001);
    expect(visit.remaining.value).toBe(30);
    waitTill(89_999);
    expect(visit.remaining.value).toBe(1);
  });

  it('goes on at a touch, as often as one likes', () => {
    const { visit, touchAt, waitTill } = visiting();
    visit.go('help');
    for (let round = 0; round < 50; round++) {
      touchAt(round * 89_000);
      expect(visit.remaining.value).toBeUndefined();
      waitTill(round * 89_000 + 88_000);
      expect(visit.remaining.value).toBe(2);
    }
    expect(visit.screen.value).toBe('help');
  });

  it('leaves nothing behind for the next visitor', () => {
    const { visit, touchAt, waitTill } = visiting();
    touchAt(0);
    visit.choose('en');
    visit.toggle('large');
    visit.toggle('contrast');
    visit.toggle('low');
    visit.goToRoute({ line: '470', destination: { en: 'Station' }, route: undefined });
    visit.open('menu');
    waitTill(untilAsked + askedFor);
    expect(visit.screen.value).toBe('board');
    expect(visit.line.value).toBeUndefined();
    expect(visit.language.value).toBeUndefined();
    expect(visit.sheet.value).toBeUndefined();
    expect(Object.values(visit.modes).map(({ value }) => value)).toEqual([false, false, false]);
    expect(visit.ended.value).toBe(1);
    waitTill(10 * untilAsked);
    expect(visit.ended.value).toBe(1);
  });

  it('ends without a question where it leaves nothing behind', () => {
    const { visit, touchAt, waitTill } = visiting();
    touchAt(0);
    waitTill(untilAsked - 1);
    expect(visit.ended.value).toBe(0);
    waitTill(untilAsked);
    expect(visit.remaining.value).toBeUndefined();
    expect(visit.ended.value).toBe(1);
  });

  it('asks where only a mode or a language is left', () => {
    for (const change of ['mode', 'language']) {
      const { visit, touchAt, waitTill } = visiting();
      touchAt(0);
      if (change === 'mode') visit.toggle('contrast');
      else visit.choose('en');
      waitTill(untilAsked);
      expect(visit.remaining.value).toBe(30);
    }
  });

  it('has no end on a phone, which is one’s own', () => {
    const { visit, touchAt, waitTill } = visiting(false);
    touchAt(0);
    visit.go('air');
    waitTill(100 * untilAsked);
    expect(visit.remaining.value).toBeUndefined();
    expect(visit.screen.value).toBe('air');
  });

  it('gives a technician 5 min', () => {
    const { visit, touchAt, waitTill } = visiting();
    touchAt(0);
    visit.go('maintenance');
    waitTill(269_999);
    expect(visit.remaining.value).toBeUndefined();
    waitTill(270_000);
    expect(visit.remaining.value).toBe(30);
    waitTill(300_000);
    expect(visit.screen.value).toBe('board');
  });

  it('goes back by closing what lies over the screen first', () => {
    const { visit } = visiting();
    visit.go('help');
    visit.open('languages');
    visit.back();
    expect([visit.sheet.value, visit.screen.value]).toEqual([undefined, 'help']);
    visit.back();
    expect(visit.screen.value).toBe('board');
  });
});
