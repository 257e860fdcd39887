import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { debouncer } from '../../drivers/debounce.js';
import type { Level } from '../../drivers/ports.js';
import { virtualClock } from '../../simulators/virtual-clock.js';

interface Edge {
  /** Time since the edge before, in ms. */
  after: number;
  level: Level;
}

/** Plays the edges and then lets the line rest. */
async function changesOf(edges: readonly Edge[], hold: number, level: Level = 0): Promise<Level[]> {
  const clock = virtualClock();
  const changes: Level[] = [];
  const contact = debouncer({ clock, hold, level, onChange: (next) => changes.push(next) });
  for (const edge of edges) {
    await clock.advance(edge.after);
    contact.see(edge.level);
  }
  await clock.advance(hold);
  return changes;
}

/** What should count: each level after which no edge came for `hold` ms, unless it counted before. */
function heldLevels(edges: readonly Edge[], hold: number, level: Level): Level[] {
  const held: Level[] = [];
  let counted = level;
  for (const [index, edge] of edges.entries()) {
    const lasted = edges[index + 1]?.after ?? hold;
    if (lasted < hold || edge.level === counted) continue;
    counted = edge.level;
    held.push(counted);
  }
  return held;
}

const level = fc.constantFrom<Level>(0, 1);
const edges = fc.array(fc.record({ after: fc.nat({ max: 40 }), level }), { maxLength: 30 });

describe('the debouncer', () => {
  it('counts a level once it has held', async () => {
    expect(await changesOf([{ after: 0, level: 1 }], 30)).toEqual([1]);
  });

  it('makes one change of a contact that chatters', async () => {
    const chatter = [1, 0, 1, 0, 1].map((next) => ({ after: 3, level: next as Level }));
    expect(await changesOf(chatter, 30)).toEqual([1]);
  });

  it('makes nothing of chatter that comes back', async () => {
    const chatter = [1, 0, 1, 0].map((next) => ({ after: 29, level: next as Level }));
    expect(await changesOf(chatter, 30)).toEqual([]);
  });

  it('waits anew after an edge that leaves the level as it was', async () => {
    const clock = virtualClock();
    const changes: Level[] = [];
    const contact = debouncer({ clock, hold: 30, level: 0, onChange: (next) => changes.push(next) });
    contact.see(1);
    await clock.advance(20);
    contact.see(1);
    await clock.advance(29);
    expect(changes).toEqual([]);
    await clock.advance(1);
    expect(changes).toEqual([1]);
    expect(contact.level()).toBe(1);
  });

  it('counts every change at once where nothing must hold', async () => {
    const quick = [1, 1, 0, 1].map((next) => ({ after: 0, level: next as Level }));
    expect(await changesOf(quick, 0)).toEqual([1, 0, 1]);
  });

  it('says nothing after it was stopped', async () => {
    const clock = virtualClock();
    const changes: Level[] = [];
    const contact = debouncer({ clock, hold: 30, level: 0, onChange: (next) => changes.push(next) });
    contact.see(1);
    contact.stop();
    await clock.advance(1_000);
    expect(changes).toEqual([]);
  });

  it('counts exactly the levels that hold, for any edges', async () => {
    await fc.assert(
      fc.asyncProperty(edges, fc.integer({ min: 0, max: 30 }), level, async (any, hold, start) => {
        expect(await changesOf(any, hold, start)).toEqual(heldLevels(any, hold, start));
      }),
    );
  });

  it('never repeats a level and never loses the last one, for any edges', async () => {
    await fc.assert(
      fc.asyncProperty(edges, fc.integer({ min: 0, max: 30 }), async (any, hold) => {
        const told = [0, ...(await changesOf(any, hold))];
        expect(told.some((next, index) => next === told[index - 1])).toBe(false);
        expect(told.at(-1)).toBe(any.at(-1)?.level ?? 0);
      }),
    );
  });
});
