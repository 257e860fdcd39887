import { describe, expect, it } from 'vitest';
import type { PageNews } from '../../../../kiosk/supervision/page-link.js';
import { manyPeople, stuckAfter, watchTouch } from '../../../../kiosk/ui/shell/touch-watch.js';
import { virtualClock } from '../../../../simulators/virtual-clock.js';

const hour = 3_600_000;

function watched(deadAfter = 24 * hour) {
  const clock = virtualClock();
  const told: PageNews[] = [];
  const touch = watchTouch(clock, (news) => told.push(news));
  touch.care(deadAfter);

  async function peoplePerHour(hours: number, count: number): Promise<void> {
    for (let passed = 0; passed < hours; passed++) {
      for (let one = 0; one < count; one++) touch.presence();
      await clock.advance(hour);
    }
  }

  return { clock, told, touch, peoplePerHour };
}

describe('A finger', () => {
  it('that is held for a minute is stuck: it is told once, and again when it is gone', async () => {
    const { clock, told, touch } = watched();
    touch.down(1);
    await clock.advance(stuckAfter - 1);
    expect(touch.isStuck()).toBe(false);
    await clock.advance(1);
    expect(touch.isStuck()).toBe(true);
    await clock.advance(10 * stuckAfter);
    expect(told).toEqual([{ kind: 'touch-stuck', seconds: 60 }]);
    expect(touch.up(1)).toBe(true);
    expect(touch.isStuck()).toBe(false);
    expect(told.at(-1)).toEqual({ kind: 'touch-released', seconds: 660 });
  });

  it('that is lifted in time never is, however many come', async () => {
    const { clock, told, touch } = watched();
    for (let pointer = 0; pointer < 200; pointer++) {
      touch.down(pointer);
      await clock.advance(1_000);
      expect(touch.up(pointer)).toBe(false);
    }
    await clock.advance(10 * stuckAfter);
    expect(told).toEqual([]);
  });

  it('that another one joins is stuck alone', async () => {
    const { clock, touch } = watched();
    touch.down(1);
    await clock.advance(stuckAfter);
    touch.down(2);
    expect(touch.up(2)).toBe(false);
    expect(touch.isStuck()).toBe(true);
  });
});

describe('A panel', () => {
  it('that feels nothing for a day while people come is maybe dead: it is told once', async () => {
    const { told, peoplePerHour } = watched();
    await peoplePerHour(24, 2);
    expect(told).toEqual([]);
    await peoplePerHour(48, 2);
    expect(told).toEqual([{ kind: 'touch-dead', hours: 24, people: 49 }]);
  });

  it('that is touched again lives, and may die again', async () => {
    const { told, touch, peoplePerHour } = watched();
    await peoplePerHour(30, 2);
    touch.down(1);
    touch.up(1);
    expect(told.at(-1)).toEqual({ kind: 'touch-back' });
    await peoplePerHour(30, 2);
    expect(told.map(({ kind }) => kind)).toEqual(['touch-dead', 'touch-back', 'touch-dead']);
  });

  it('that nobody comes to is not suspected', async () => {
    const { told, peoplePerHour } = watched();
    await peoplePerHour(manyPeople - 1, 1);
    await peoplePerHour(24 * 30, 0);
    expect(told).toEqual([]);
  });

  it('that is touched now and then is not suspected', async () => {
    const { told, touch, peoplePerHour } = watched();
    for (let day = 0; day < 10; day++) {
      await peoplePerHour(23, 10);
      touch.down(1);
      touch.up(1);
    }
    expect(told).toEqual([]);
  });
});
