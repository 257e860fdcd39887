import { describe, expect, it } from 'vitest';
import { judgeMemory, type Situation } from '../../../kiosk/supervision/memory-watch.js';
import { kioskRig, settingsOfSeoul } from './rig.js';

const minute = 60_000;
const MB = 1_000_000;

const situation: Situation = {
  resident: 150 * MB,
  settled: 140 * MB,
  limits: { soft: 300 * MB, hard: 600 * MB },
  age: 7 * 60 * minute,
  isQuietHour: false,
  untouchedFor: 10 * minute,
};

describe('The memory of the page', () => {
  it.each<[string, Partial<Situation>, string]>([
    ['little', {}, 'fine'],
    ['a little more than at first', { resident: 280 * MB, settled: 230 * MB }, 'fine'],
    ['twice as much, but of nothing', { resident: 60 * MB, settled: 25 * MB }, 'fine'],
    ['twice as much by day', { resident: 290 * MB }, 'wait-for-a-quiet-hour'],
    ['twice as much at night', { resident: 290 * MB, isQuietHour: true }, 'renew'],
    ['over the soft limit by day', { resident: 300 * MB }, 'wait-for-a-quiet-hour'],
    ['over it at night, touched', { resident: 300 * MB, isQuietHour: true, untouchedFor: 1 }, 'wait'],
    ['over the hard limit by day', { resident: 600 * MB }, 'renew'],
    [
      'over the soft one at night, as soon as it had begun',
      { resident: 300 * MB, isQuietHour: true, age: 60 * minute },
      'wait',
    ],
    ['over the hard one, as soon as it had begun', { resident: 600 * MB, age: 5 * minute }, 'wait'],
    ['over it, touched', { resident: 600 * MB, untouchedFor: 30_000 }, 'wait'],
  ])('%s', (_, changes, verdict) => {
    expect(judgeMemory({ ...situation, ...changes })).toBe(verdict);
  });

  it('leaks for days and is given back in a quiet hour, once, with nobody there', async () => {
    const rig = kioskRig({}, { start: Date.parse('2026-06-01T20:00:00+09:00') });
    rig.start();
    await rig.run(minute);
    rig.world.memory = 400 * MB;
    await rig.run(6 * 60 * minute);
    expect(rig.shown).toEqual(['home at 0']);
    expect(rig.reports.filter(({ kind }) => kind === 'memory-high')).toHaveLength(1);
    await rig.run(3 * 60 * minute);
    const renewed = rig.reports.filter(({ kind }) => kind === 'renewed');
    expect(renewed.map(({ detail }) => detail)).toEqual([{ reason: 'memory', megabytes: 400 }]);
    expect(rig.shown).toHaveLength(2);
    expect(rig.shown[1]).toMatch(/^new renderer/);
  });

  it('goes over the hard limit: the page waits for whoever touches it, and no longer', async () => {
    const rig = kioskRig();
    rig.start();
    await rig.run(15 * minute);
    rig.world.memory = 700 * MB;
    for (let second = 0; second < 300; second++) {
      rig.keeper.listener.onNews({ kind: 'touched' });
      await rig.run(1_000);
    }
    expect(rig.shown).toEqual(['home at 0']);
    await rig.run(2 * minute);
    expect(rig.shown[1]).toMatch(/^new renderer/);
  });

  it('is left alone at any hour while the time is not known', async () => {
    const rig = kioskRig(
      { settings: { ...settingsOfSeoul, synchronised: false } },
      { start: Date.parse('2026-06-01T03:10:00+09:00') },
    );
    rig.start();
    await rig.run(minute);
    rig.world.memory = 400 * MB;
    await rig.run(30 * minute);
    expect(rig.shown).toEqual(['home at 0']);
  });

  it('is not known everywhere', async () => {
    const rig = kioskRig({ memory: undefined });
    rig.start();
    await rig.run(10 * minute);
    expect(rig.statuses.at(-1)).toMatchObject({ memory: null });
    expect(rig.shown).toEqual(['home at 0']);
  });
});
