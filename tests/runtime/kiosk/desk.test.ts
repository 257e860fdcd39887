import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { KioskStatus } from '../../../runtime/api/kiosk.js';
import { machineDisk } from '../../../runtime/disk.js';
import { kioskFile, newToken, writeAccess } from '../../../runtime/kiosk/access.js';
import { createKioskDesk } from '../../../runtime/kiosk/desk.js';
import { parseSite } from '../../../runtime/load-site.js';
import type { ShelterEvent } from '../../../runtime/reading.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';
import { scratchFolder } from '../../rigs/scratch.js';

const status: KioskStatus = {
  browser: 'electron',
  shows: 'page',
  graphics: 'gpu',
  dark: false,
  brightness: 90,
  memory: 150_000_000,
  untouched: 12,
};

function siteWith(kiosk: string) {
  return parseSite(`
id: a
name: { en: Stop }
place: { latitude: 37.5, longitude: 127 }
timeZone: Asia/Seoul
languages: [en]
kiosk: ${kiosk}
`);
}

function deskRig(kiosk = '{ silentAfter: 90 s }') {
  const clock = virtualClock();
  const events: ShelterEvent[] = [];
  let site = siteWith(kiosk);
  const desk = createKioskDesk({
    site: () => site,
    isSynchronised: () => true,
    clock,
    onEvent: (event) => events.push(event),
  });
  desk.start();
  return {
    ...{ clock, events, desk },
    kinds: () => events.map(({ kind }) => kind),
    change: (next: string) => {
      site = siteWith(next);
    },
  };
}

describe('A report', () => {
  it('is an event, of the time when it happened', async () => {
    const { clock, events, desk } = deskRig();
    await clock.advance(60_000);
    desk.report({ kind: 'step', detail: { step: 'reload', trouble: 'gone' }, ago: 20 });
    expect(events).toEqual([
      {
        kind: 'kiosk.step',
        source: 'kiosk',
        time: clock.now() - 20_000,
        monotonic: 40_000,
        detail: { step: 'reload', trouble: 'gone' },
      },
    ]);
  });

  it('of a step is counted', () => {
    const { desk } = deskRig();
    for (const step of ['reload', 'reload', 'last-resort', 'nonsense']) {
      desk.report({ kind: 'step', detail: { step }, ago: 0 });
    }
    desk.report({ kind: 'gpu-gone', detail: { step: 'reload' }, ago: 0 });
    expect(desk.now().steps).toEqual({
      reload: 2,
      'new-renderer': 0,
      'relaunch-without-gpu': 0,
      'last-resort': 1,
    });
  });

  it('too many are refused, so that a kiosk that loops fills no card', async () => {
    const { clock, desk, events } = deskRig();
    const report = () => desk.report({ kind: 'gpu-gone', detail: {}, ago: 0 });
    for (let count = 0; count < 60; count++) report();
    expect(report).toThrow(expect.objectContaining({ code: 'API_LIMITED' }));
    expect(events).toHaveLength(60);
    await clock.advance(60_000);
    expect(report).not.toThrow();
  });
});

describe('A kiosk', () => {
  it('that is never heard is missed, where the site has one, and told upstream', async () => {
    const { clock, desk, events } = deskRig();
    await clock.advance(89_999);
    expect(desk.now()).toMatchObject({ expected: true, heardAgo: undefined, problem: undefined });
    await clock.advance(1);
    expect(desk.now().problem).toMatchObject({ code: 'KIOSK_SILENT' });
    expect(events).toMatchObject([{ kind: 'kiosk.silent', detail: { silentFor: 90 } }]);
    await clock.advance(3_600_000);
    expect(events).toHaveLength(1);
  });

  it('that falls silent is missed, and welcome when it is heard again', async () => {
    const { clock, desk, kinds, events } = deskRig();
    void desk.ask(status, 0);
    await clock.advance(60_000);
    void desk.ask(status, 0);
    await clock.advance(60_000);
    expect(kinds()).toEqual([]);
    await clock.advance(60_000);
    void desk.ask(status, 0);
    expect(kinds()).toEqual(['kiosk.silent', 'kiosk.heard']);
    expect(events.at(-1)?.detail).toEqual({ silentFor: 120 });
    expect(desk.now()).toMatchObject({ heardAgo: 0, status, problem: undefined });
  });

  it('that the site does not name is not missed', async () => {
    const { clock, desk, kinds } = deskRig('{}');
    await clock.advance(86_400_000);
    expect(kinds()).toEqual([]);
    expect(desk.now()).toMatchObject({ expected: false, problem: undefined });
  });

  it('is told how the site wants its screen', async () => {
    const { desk, change } = deskRig(
      '{ quietHours: "02:00-03:30", withoutService: ["00:30-04:30"], brightness: { least: 10 }, memory: { soft: 200 MB } }',
    );
    const { settings } = await desk.ask(status, 0);
    expect(settings).toEqual({
      synchronised: true,
      place: { latitude: 37.5, longitude: 127 },
      timeZone: 'Asia/Seoul',
      quietHours: { from: 120, to: 210 },
      withoutService: [{ from: 30, to: 270 }],
      darkAfter: 300_000,
      brightness: { least: 10, most: 100 },
      memory: { soft: 200_000_000, hard: 600_000_000 },
      touchDeadAfter: 86_400_000,
    });
    change('{ darkAfter: 1 min }');
    expect((await desk.ask(status, 0)).settings).toMatchObject({ darkAfter: 60_000, withoutService: [] });
  });
});

describe('An order', () => {
  it('ends the wait of the kiosk at once, is given once, and settles with its answer', async () => {
    const { clock, desk, events } = deskRig();
    const turn = desk.ask(status, 20_000);
    await clock.advance(5_000);
    const picture = desk.screenshot();
    const { orders } = await turn;
    expect(orders).toMatchObject([{ kind: 'screenshot', mostBytes: 100_000 }]);
    expect((await desk.ask(status, 0)).orders).toEqual([]);
    desk.answer({ id: orders[0]?.id ?? '', jpeg: Buffer.from('JPEG').toString('base64') });
    expect((await picture).toString()).toBe('JPEG');
    expect(events).toMatchObject([{ kind: 'kiosk.screenshot', detail: { bytes: 4 } }]);
  });

  it('waits for a kiosk that comes soon', async () => {
    const { clock, desk } = deskRig();
    const done = desk.order({ kind: 'reload' });
    await clock.advance(3_000);
    const { orders } = await desk.ask(status, 20_000);
    desk.answer({ id: orders[0]?.id ?? '' });
    expect(await done).toMatchObject({ id: orders[0]?.id });
  });

  it.each([
    ['nobody is there', undefined, /within 20 s/],
    ['it cannot be done', { problem: 'the page is not there' }, /the page is not there/],
    ['there is no picture in the answer', {}, /no picture/],
  ])('fails where %s', async (_, answer, why) => {
    const { clock, desk } = deskRig();
    const failing = expect(desk.screenshot()).rejects.toThrow(why);
    if (answer) {
      const { orders } = await desk.ask(status, 0);
      desk.answer({ id: orders[0]?.id ?? '', ...answer });
    }
    await clock.advance(20_000);
    await failing;
  });

  it('is refused where too many wait', async () => {
    const { clock, desk } = deskRig();
    const all = Promise.allSettled(Array.from({ length: 9 }, () => desk.order({ kind: 'reload' })));
    await clock.advance(20_000);
    expect((await all).map(({ status }) => status)).toEqual(Array(9).fill('rejected'));
  });

  it('is over when the program ends, and so is the wait of the kiosk', async () => {
    const { desk } = deskRig();
    const turn = desk.ask(status, 20_000);
    const failing = expect(desk.order({ kind: 'reload' })).rejects.toThrow(/program ends/);
    await turn;
    desk.stop();
    await failing;
    const last = desk.ask(status, 20_000);
    desk.stop();
    expect((await last).orders).toEqual([]);
  });
});

describe('The file for the kiosk', () => {
  it('is for the eyes of its owner alone, and made anew with each start', async () => {
    const file = join(scratchFolder(), 'data', kioskFile);
    const first = { url: 'http://127.0.0.1:8080', token: newToken() };
    await writeAccess(machineDisk, file, first);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(first);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const second = { ...first, token: newToken() };
    await writeAccess(machineDisk, file, second);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(second);
    expect(second.token).not.toBe(first.token);
  });

  it('that cannot be written is an error with a hint', async () => {
    const folder = scratchFolder();
    writeFileSync(join(folder, 'data'), 'no folder');
    const writing = writeAccess(machineDisk, join(folder, 'data', kioskFile), { url: '', token: '' });
    await expect(writing).rejects.toMatchObject({ code: 'KIOSK_UNREACHABLE' });
  });
});
