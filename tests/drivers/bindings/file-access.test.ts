import { describe, expect, it } from 'vitest';
import { awaitAccess } from '../../../drivers/bindings/file-access.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';

const files = ['/sys/class/gpio/gpio529/value', '/sys/class/gpio/gpio529/edge'];
const limit = 3_000;

/** A file system in which each file can be opened from a time on, and fails with `code` until then. */
function filesFrom(opensAt: (path: string) => number, code: string) {
  const clock = virtualClock();
  let tries = 0;
  const settled: string[] = [];
  const tryFile = async (path: string) => {
    tries++;
    if (clock.monotonic() < opensAt(path)) throw Object.assign(new Error(`${code}: ${path}`), { code });
  };
  const waiting = awaitAccess(files, { clock, limit, tryFile }).then(
    () => settled.push('accessible'),
    (error) => settled.push(error.code, error.message),
  );
  return { clock, settled, waiting, tries: () => tries };
}

describe('waiting for udev', () => {
  it('goes on at once where all files may be used', async () => {
    const { clock, settled, tries } = filesFrom(() => 0, 'EACCES');
    await clock.advance(0);
    expect(settled).toEqual(['accessible']);
    expect(tries()).toBe(files.length);
  });

  it('goes on soon after the last file was handed over', async () => {
    const { clock, settled, tries } = filesFrom((path) => (path.endsWith('edge') ? 400 : 90), 'EACCES');
    await clock.advance(399);
    expect(settled).toEqual([]);
    await clock.advance(26);
    expect(settled).toEqual(['accessible']);
    expect(tries()).toBeLessThan(30);
  });

  it('gives up after the limit and names the file that stayed closed', async () => {
    const { clock, settled } = filesFrom(
      (path) => (path.endsWith('edge') ? Number.POSITIVE_INFINITY : 0),
      'EACCES',
    );
    await clock.advance(limit - 1);
    expect(settled).toEqual([]);
    await clock.advance(26);
    expect(settled).toEqual([
      'PORT_DENIED',
      '/sys/class/gpio/gpio529/edge may not be read and written, 3000 ms after it was made.',
    ]);
  });

  it('tells a file that never appears from one that is closed', async () => {
    const { clock, settled } = filesFrom(() => Number.POSITIVE_INFINITY, 'ENOENT');
    await clock.advance(limit + 26);
    expect(settled[0]).toBe('PORT_FAILED');
  });
});
