import { describe, expect, it } from 'vitest';
import { settled, silence } from '../../../kiosk/supervision/supervisor.js';
import { kioskRig } from './rig.js';

const second = 1_000;
const minute = 60 * second;

describe('The screen', () => {
  it('shows the page when the runtime answers', async () => {
    const rig = kioskRig();
    rig.start();
    await rig.run(10 * minute);
    expect(rig.shown).toEqual(['home at 0']);
    expect(rig.kinds()).toEqual(['started']);
  });

  it('shows the last resort while the runtime is away, and the page by itself once it is back', async () => {
    const rig = kioskRig({ reachable: false });
    rig.start();
    await rig.run(2 * second);
    rig.world.reachable = true;
    await rig.run(minute);
    expect(rig.shown).toEqual(['last resort at 0', 'last resort at 1', 'home at 3']);
    expect(rig.reports.map(({ kind, detail, at }) => ({ kind, ...detail, at }))).toEqual([
      { kind: 'started', browser: 'electron', graphics: 'gpu', at: 0 },
      { kind: 'step', step: 'last-resort', trouble: 'unreachable', at: 0 },
      { kind: 'page-back', away: 3, at: 3 },
    ]);
  });

  it('tries ever more slowly while the runtime is away, at least every 30 s', async () => {
    const rig = kioskRig({ reachable: false });
    rig.start();
    await rig.run(80 * second);
    expect(rig.shown.map((line) => Number(line.split(' ').at(-1)))).toEqual([0, 1, 3, 8, 18, 48, 78]);
  });

  it('goes on showing the page, which says “no data” itself, when the runtime dies behind it', async () => {
    const rig = kioskRig();
    rig.start();
    await rig.run(minute);
    rig.world.reachable = false;
    await rig.run(10 * minute);
    expect(rig.shown).toEqual(['home at 0']);
  });

  it('follows a runtime that came back on another port', async () => {
    const rig = kioskRig();
    rig.start();
    await rig.run(minute);
    rig.world.moved = true;
    await rig.run(minute);
    expect(rig.shown.at(-1)).toMatch(/^new renderer/);
  });

  it('is loaded anew at once when the renderer dies, with nobody there to touch it', async () => {
    const rig = kioskRig();
    rig.start();
    await rig.run(minute);
    rig.keeper.listener.onRendererGone();
    await rig.run(minute);
    expect(rig.shown).toEqual(['home at 0', 'home at 60']);
    expect(rig.steps()).toEqual(['reload for gone at 60']);
  });

  it('is reloaded when the scripts loop, and gets a new renderer when that does not help', async () => {
    const rig = kioskRig();
    rig.start();
    await rig.run(minute);
    rig.world.scripts = false;
    await rig.run(2 * silence + 3 * second);
    rig.world.scripts = true;
    await rig.run(minute);
    expect(rig.shown).toEqual(['home at 0', 'home at 79', 'new renderer at 101']);
    expect(rig.steps()).toEqual(['reload for silent at 79', 'new-renderer for silent at 99']);
  });

  it('is not trusted when the pixels are frozen though the scripts run', async () => {
    const rig = kioskRig();
    rig.start();
    await rig.run(minute);
    rig.world.pixels = 'frozen';
    await rig.run(25 * second);
    rig.world.pixels = 'drawn';
    await rig.run(minute);
    expect(rig.steps()).toEqual([expect.stringMatching(/^reload for frozen at (7|8)\d$/)]);
    expect(rig.shown).toHaveLength(2);
  });

  it('is not trusted when a capture never comes', async () => {
    const rig = kioskRig({ pixels: 'hang' });
    rig.start();
    await rig.run(minute);
    expect(rig.steps()[0]).toMatch(/^reload for frozen/);
  });

  it('is not trusted when all of it is of one colour', async () => {
    const rig = kioskRig();
    rig.start();
    await rig.run(minute);
    rig.world.pixels = 'blank';
    await rig.run(minute);
    expect(rig.steps()[0]).toMatch(/^reload for blank/);
  });

  it('climbs from reload over a new renderer and no graphics chip to the last resort, and never loops hot', async () => {
    const rig = kioskRig({ loading: 'fail' });
    rig.start();
    await rig.run(30 * minute);
    expect(rig.steps()).toEqual([
      'reload for unloadable at 0',
      'new-renderer for unloadable at 0',
      'relaunch-without-gpu for unloadable at 2',
      'last-resort for unloadable at 7',
      'last-resort for unloadable at 37',
      'last-resort for unloadable at 97',
      'last-resort for unloadable at 217',
      ...[517, 817, 1117, 1417, 1717].map((at) => `last-resort for unloadable at ${at}`),
    ]);
    expect(rig.shown.filter((line) => line.startsWith('last resort'))).toHaveLength(9);
  });

  it('tries again from the last resort by itself', async () => {
    const rig = kioskRig({ loading: 'fail' });
    rig.start();
    await rig.run(10 * second);
    rig.world.loading = 'ok';
    await rig.run(minute);
    expect(rig.shown.at(-1)).toBe('new renderer at 37');
    expect(rig.kinds().at(-1)).toBe('page-back');
  });

  it('takes a load that never ends for a failure', async () => {
    const rig = kioskRig({ loading: 'hang' });
    rig.start();
    await rig.run(30 * second);
    expect(rig.steps()).toEqual(['reload for unloadable at 20']);
  });

  it('shows the last resort again where even that one’s process dies', async () => {
    const rig = kioskRig({ reachable: false });
    rig.start();
    await rig.run(20 * second);
    const before = rig.shown.length;
    rig.keeper.listener.onRendererGone();
    await rig.run(6 * second);
    expect(rig.shown.slice(before)).toEqual(['last resort at 25']);
  });

  it('forgives after a quiet while', async () => {
    const rig = kioskRig();
    rig.start();
    await rig.run(minute);
    rig.keeper.listener.onRendererGone();
    await rig.run(settled + minute);
    rig.keeper.listener.onRendererGone();
    await rig.run(minute);
    expect(rig.steps().map((line) => line.split(' ')[0])).toEqual(['reload', 'reload']);
  });

  it('is drawn without the graphics chip after its process died three times', async () => {
    const rig = kioskRig();
    rig.start();
    await rig.run(minute);
    for (let death = 0; death < 3; death++) {
      rig.keeper.listener.onGpuGone();
      await rig.run(30 * second);
    }
    expect(rig.shown).toEqual(['home at 0', 'relaunch with software at 120']);
    expect(rig.steps()).toEqual(['relaunch-without-gpu for gpu at 120']);
    expect(rig.kinds().filter((kind) => kind === 'gpu-gone')).toHaveLength(3);
    rig.keeper.listener.onGpuGone();
    await rig.run(minute);
    expect(rig.shown).toHaveLength(2);
    expect(rig.statuses.at(-1)).toMatchObject({ graphics: 'software' });
  });

  it('bears a death of the drawing process now and then', async () => {
    const rig = kioskRig();
    rig.start();
    for (let day = 0; day < 5; day++) {
      await rig.run(11 * minute);
      rig.keeper.listener.onGpuGone();
    }
    await rig.run(minute);
    expect(rig.shown).toEqual(['home at 0']);
  });

  it('has no rung without the graphics chip where it runs without one', async () => {
    const rig = kioskRig({ loading: 'fail' }, { graphics: 'software' });
    rig.start();
    await rig.run(minute);
    expect(rig.steps().map((line) => line.split(' ')[0])).toEqual([
      'reload',
      'new-renderer',
      'last-resort',
      'last-resort',
    ]);
  });

  it('is started again when the whole browser is gone', async () => {
    const rig = kioskRig();
    rig.start();
    await rig.run(minute);
    rig.keeper.listener.onBrowserGone();
    await rig.run(minute);
    expect(rig.shown).toEqual(['home at 0', 'home at 60']);
    expect(rig.kinds()).toContain('browser-gone');
  });

  it('is left alone while the display is unplugged, and filled and loaded anew when it is back', async () => {
    const rig = kioskRig({ displays: 1 });
    rig.start();
    await rig.run(minute);
    rig.world.displays = 0;
    await rig.run(6 * second);
    // What is on no panel is drawn by nobody.
    rig.world.scripts = false;
    rig.world.pixels = 'frozen';
    await rig.run(60 * minute);
    expect(rig.shown).toEqual(['home at 0']);
    rig.world.displays = 1;
    rig.world.scripts = true;
    rig.world.pixels = 'drawn';
    await rig.run(minute);
    expect(rig.shown.slice(1).map((line) => line.replace(/ at .*/, ''))).toEqual([
      'fills the screen',
      'home',
    ]);
    expect(rig.kinds().filter((kind) => kind.startsWith('display'))).toEqual([
      'display-lost',
      'display-back',
    ]);
    expect(rig.steps()).toEqual([]);
  });

  it('does nothing more once stopped', async () => {
    const rig = kioskRig({ reachable: false });
    rig.start();
    await rig.run(second);
    rig.keeper.stop();
    rig.keeper.listener.onRendererGone();
    await rig.run(10 * minute);
    expect(rig.shown).toHaveLength(2);
  });
});

describe('What is drawn', () => {
  it('wanders by 8 pixels in all, a pixel a minute, and comes everywhere', async () => {
    const rig = kioskRig();
    rig.start();
    await rig.run(250 * minute);
    const shifts = rig.orders.flatMap((order) => (order.kind === 'shift' ? [order] : []));
    expect(shifts[0]).toMatchObject({ x: 0, y: 0 });
    for (const axis of ['x', 'y'] as const) {
      const places = shifts.map((shift) => shift[axis]);
      expect(Math.max(...places) - Math.min(...places)).toBeLessThanOrEqual(8);
      expect(Math.max(...places) - Math.min(...places)).toBeGreaterThanOrEqual(7);
      places.slice(1).forEach((place, index) => {
        expect(Math.abs(place - (places[index] ?? 0))).toBeLessThanOrEqual(1);
      });
    }
    // Each step moves both ways, as on the black squares of a chess-board: all of them are visited.
    const places = new Set(shifts.map(({ x, y }) => `${x} ${y}`));
    expect(places.size).toBe((9 * 8) / 2);
  });

  it('is where it was after the page was loaded anew', async () => {
    const rig = kioskRig();
    rig.start();
    await rig.run(3 * minute + 5 * second);
    const before = rig.orders.findLast((order) => order.kind === 'shift');
    rig.keeper.listener.onRendererGone();
    await rig.run(2 * second);
    expect(rig.orders.findLast((order) => order.kind === 'shift')).toEqual(before);
  });
});
