import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { ShelterError } from '../../config/errors.js';
import { systemClock } from '../../drivers/bindings/system-clock.js';
import { type Disk, machineDisk } from '../../runtime/disk.js';
import { type Kept, keptValue } from '../../runtime/kept.js';
import { virtualClock } from '../../simulators/virtual-clock.js';
import { failingDisk } from '../rigs/failing-disk.js';
import { scratchFolder } from '../rigs/scratch.js';

const schema = z.object({ version: z.int() });
type Value = z.output<typeof schema>;

function keep(disk: Disk, file = '/state/twin.json', onLost: (error: ShelterError) => void = () => {}) {
  return keptValue<Value>({
    file,
    schema,
    initial: { version: 0 },
    disk,
    clock: systemClock,
    code: 'DOWNLINK_UNKEPT',
    onLost,
  });
}

async function putAll(kept: Kept<Value>, versions: readonly number[]): Promise<number> {
  let kepts = 0;
  for (const version of versions) {
    await kept.put({ version });
    kepts = version;
  }
  return kepts;
}

describe('a value that is kept', () => {
  it('is there after any power cut: the last that was promised, or the one under way', async () => {
    const rehearsal = failingDisk();
    rehearsal.failAt(Number.POSITIVE_INFINITY);
    await putAll(keep(rehearsal), [1, 2, 3]);
    const steps = rehearsal.operations();
    expect(steps).toBeGreaterThan(12);

    let states = 0;
    for (let step = 0; step <= steps; step++) {
      const disk = failingDisk();
      disk.failAt(step);
      let promised = 0;
      const kept = keep(disk);
      for (const version of [1, 2, 3]) {
        await kept.put({ version }).then(
          () => (promised = version),
          () => {},
        );
      }
      for (const state of disk.afterPowerCut()) {
        states += 1;
        disk.restore(state);
        const lost = vi.fn();
        const { version } = keep(disk, undefined, lost).value();
        if (promised > 0) expect(lost).not.toHaveBeenCalled();
        expect([promised, promised + 1]).toContain(version);
      }
    }
    expect(states).toBeGreaterThan(50);
  });

  it('can be put again after any power cut, and is then there', async () => {
    for (let step = 0; step <= 20; step++) {
      const disk = failingDisk();
      disk.failAt(step);
      const kept = keep(disk);
      await putAll(kept, [1, 2, 3]).catch(() => {});
      for (const state of disk.afterPowerCut()) {
        disk.restore(state);
        await keep(disk).put({ version: 9 });
        expect(keep(disk).value()).toEqual({ version: 9 });
      }
    }
  });

  it('is written anew where the disk failed half-way and then works again', async () => {
    for (let step = 0; step < 6; step++) {
      const disk = failingDisk();
      const kept = keep(disk);
      await kept.put({ version: 1 });
      disk.failAt(step);
      await expect(kept.put({ version: 2 })).rejects.toMatchObject({ code: 'DOWNLINK_UNKEPT' });
      expect(kept.value()).toEqual({ version: 2 });
      disk.failAt(Number.POSITIVE_INFINITY);
      await kept.flush();
      expect(keep(disk).value()).toEqual({ version: 2 });
    }
  });

  it('falls back to the copy before where the card gives back other bytes', async () => {
    const disk = failingDisk();
    await putAll(keep(disk), [1, 2]);
    disk.damage('/state/twin.json');
    expect(keep(disk).value()).toEqual({ version: 1 });
    await keep(disk).put({ version: 3 });
    expect(keep(disk).value()).toEqual({ version: 3 });
    disk.damage('/state/twin.json');
    expect(keep(disk).value()).toEqual({ version: 1 });
  });

  it('says so where no copy is whole', async () => {
    const disk = failingDisk();
    await putAll(keep(disk), [1, 2]);
    disk.damage('/state/twin.json');
    disk.damage('/state/twin.json.previous');
    const lost = vi.fn();
    expect(keep(disk, undefined, lost).value()).toEqual({ version: 0 });
    expect(lost).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'DOWNLINK_UNKEPT' }));
  });

  it('is on a real disk as on the imagined one', async () => {
    const file = join(scratchFolder(), 'state', 'twin.json');
    await putAll(keep(machineDisk, file), [1, 2, 3]);
    expect(keep(machineDisk, file).value()).toEqual({ version: 3 });
    writeFileSync(file, readFileSync(file).subarray(0, 20));
    expect(keep(machineDisk, file).value()).toEqual({ version: 2 });
  });

  it('survives any bytes in its place', () => {
    const file = join(scratchFolder(), 'twin.json');
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        writeFileSync(file, bytes);
        const lost = vi.fn();
        expect(keep(machineDisk, file, lost).value()).toEqual({ version: 0 });
        expect(lost).toHaveBeenCalledOnce();
      }),
      { numRuns: 50 },
    );
  });

  it('waits for others to share the write where it may', async () => {
    const disk = failingDisk();
    const clock = virtualClock();
    const kept = keptValue<Value>({
      file: '/state/content.json',
      schema,
      initial: { version: 0 },
      disk,
      clock,
      code: 'DOWNLINK_UNKEPT',
      onLost: () => {},
    });
    for (const version of [1, 2, 3]) {
      await kept.put({ version }, 60_000);
      await clock.advance(10_000);
    }
    expect(disk.operations()).toBe(0);
    await clock.advance(30_000);
    const one = disk.operations();
    expect(one).toBeGreaterThan(0);
    await clock.advance(600_000);
    expect(disk.operations()).toBe(one);
    expect(kept.value()).toEqual({ version: 3 });
  });
});
