import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Disk } from '../../../runtime/disk.js';
import { keptValue } from '../../../runtime/kept.js';
import {
  createMaintenanceDesk,
  type MaintenanceDesk,
  sessionLasts,
} from '../../../runtime/maintenance/desk.js';
import { hashPin } from '../../../runtime/maintenance/pin.js';
import { countTries, keptTriesSchema, waitAfter } from '../../../runtime/maintenance/tries.js';
import type { ShelterEvent } from '../../../runtime/reading.js';
import { type VirtualClock, virtualClock } from '../../../simulators/virtual-clock.js';
import { type FailingDisk, failingDisk } from '../../rigs/failing-disk.js';
import { scratchFolder } from '../../rigs/scratch.js';
import { recordedLog } from '../api/rig.js';

const right = '314159';
const wrong = '000000';

let hash: string;
beforeAll(async () => {
  hash = await hashPin(right);
});

async function pinFile(text = `${hash}\n`): Promise<string> {
  const file = join(scratchFolder(), 'maintenance.pin');
  await writeFile(file, text);
  return file;
}

interface Opened {
  desk: MaintenanceDesk;
  events: ShelterEvent[];
  clock: VirtualClock;
  log: ReturnType<typeof recordedLog>;
}

/** A desk as it is after a start, with what the disk kept. */
function openDesk(file: string | undefined, disk: Disk = failingDisk()): Opened {
  const clock = virtualClock();
  const events: ShelterEvent[] = [];
  const log = recordedLog();
  const kept = keptValue({
    file: '/state/maintenance.json',
    schema: keptTriesSchema,
    initial: { failures: 0 },
    disk,
    clock,
    code: 'MAINTENANCE_UNUSABLE',
    onLost: () => {},
  });
  const tries = countTries(kept, clock);
  const onEvent = (event: ShelterEvent) => void events.push(event);
  return { desk: createMaintenanceDesk({ pinFile: file, tries, clock, log, onEvent }), events, clock, log };
}

function failure(login: Promise<unknown>) {
  return login.then(
    () => 'it was let in',
    (error) => error,
  );
}

describe('a login', () => {
  it('with the PIN begins a session, which a touch prolongs and which ends by itself', async () => {
    const { desk, events, clock } = openDesk(await pinFile());
    const { token, lasts } = await desk.login(right);
    expect(lasts).toBe(sessionLasts);
    await clock.advance(200_000);
    expect(desk.check(token)).toBe(100_000);
    expect(desk.stay(token)).toBe(sessionLasts);
    await clock.advance(299_999);
    expect(desk.check(token)).toBe(1);
    await clock.advance(1);
    expect(() => desk.check(token)).toThrow(/over/);
    expect(events.map(({ kind, detail }) => [kind, detail])).toEqual([
      ['maintenance.login', {}],
      ['maintenance.logout', { reason: 'time' }],
    ]);
  });

  it('ends the session there was, and a logout ends its own', async () => {
    const { desk, events } = openDesk(await pinFile());
    const first = await desk.login(right);
    const second = await desk.login(right);
    expect(second.token).not.toBe(first.token);
    expect(() => desk.check(first.token)).toThrow();
    desk.logout(second.token);
    expect(() => desk.check(second.token)).toThrow();
    expect(events.map(({ detail }) => detail.reason)).toEqual([undefined, 'replaced', undefined, 'left']);
  });

  it('with a wrong PIN is refused and on record, and nowhere is told what was typed', async () => {
    const { desk, events, log } = openDesk(await pinFile());
    const error = await failure(desk.login('987654'));
    expect(error).toMatchObject({ code: 'MAINTENANCE_REFUSED' });
    expect(events).toEqual([
      expect.objectContaining({ kind: 'maintenance.refused', detail: { failures: 1, lockedFor: 0 } }),
    ]);
    const said = JSON.stringify([events, log.lines, error.message, error.hint]);
    expect(said).not.toContain('987654');
    expect(said).not.toContain(hash);
  });

  it('is refused where there is no PIN, and where its file is none', async () => {
    expect(await failure(openDesk(undefined).desk.login(right))).toMatchObject({ code: 'MAINTENANCE_OFF' });
    const unusable = { code: 'MAINTENANCE_UNUSABLE' };
    expect(await failure(openDesk('/nowhere/pin').desk.login(right))).toMatchObject(unusable);
    expect(await failure(openDesk(await pinFile(right)).desk.login(right))).toMatchObject(unusable);
  });

  it('looks at one PIN at a time', async () => {
    const { desk } = openDesk(await pinFile());
    const [first, second] = await Promise.all([failure(desk.login(wrong)), failure(desk.login(wrong))]);
    expect([first.code, second.code].sort()).toEqual(['API_BUSY', 'MAINTENANCE_REFUSED']);
  });
});

describe('too many wrong PINs', () => {
  async function lockOut(opened: Opened): Promise<void> {
    for (let n = 1; n < 5; n++) await failure(opened.desk.login(wrong));
    expect(await failure(opened.desk.login(wrong))).toMatchObject({
      code: 'MAINTENANCE_LOCKED',
      retryAfter: 60_000,
    });
  }

  it('lock everybody out, for longer and longer', async () => {
    const opened = openDesk(await pinFile());
    const { desk, clock, events } = opened;
    await lockOut(opened);
    expect(await failure(desk.login(right))).toMatchObject({ code: 'MAINTENANCE_LOCKED' });
    expect(events).toHaveLength(5);

    await clock.advance(60_000);
    expect(await failure(desk.login(wrong))).toMatchObject({ retryAfter: 120_000 });
    await clock.advance(119_999);
    expect(await failure(desk.login(right))).toMatchObject({ code: 'MAINTENANCE_LOCKED', retryAfter: 1 });
    await clock.advance(1);
    expect((await desk.login(right)).lasts).toBe(sessionLasts);
    expect(await failure(desk.login(wrong))).toMatchObject({ code: 'MAINTENANCE_REFUSED' });
  });

  it('are remembered over a restart, and the wait begins anew', async () => {
    const disk = failingDisk();
    const file = await pinFile();
    await lockOut(openDesk(file, disk));
    const again = openDesk(file, disk);
    expect(await failure(again.desk.login(right))).toMatchObject({
      code: 'MAINTENANCE_LOCKED',
      retryAfter: 60_000,
    });
    await again.clock.advance(60_000);
    expect((await again.desk.login(right)).lasts).toBe(sessionLasts);
  });

  it('count even where the power is cut while a PIN is looked at', async () => {
    const file = await pinFile();
    let disk: FailingDisk = failingDisk();
    for (let n = 0; n < 5; n++) {
      const { desk } = openDesk(file, disk);
      await failure(desk.login(wrong));
      const worst = disk.afterPowerCut().at(-1);
      if (!worst) throw new Error('there is no card');
      disk = failingDisk();
      disk.restore(worst);
    }
    expect(await failure(openDesk(file, disk).desk.login(right))).toMatchObject({
      code: 'MAINTENANCE_LOCKED',
    });
  });

  it('count on where the card refuses to keep them, and the log says so', async () => {
    const disk = failingDisk();
    disk.failAt(0);
    const opened = openDesk(await pinFile(), disk);
    await lockOut(opened);
    expect(opened.log.lines.map(({ fields }) => fields.code)).toContain('MAINTENANCE_UNUSABLE');
  });

  it('wait an hour at most', () => {
    expect([4, 5, 6, 7, 10, 11, 1_000_000].map(waitAfter)).toEqual([
      0, 60_000, 120_000, 240_000, 1_920_000, 3_600_000, 3_600_000,
    ]);
  });
});
