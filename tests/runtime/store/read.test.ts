import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../../runtime/store/store.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';
import { eventAt, readingAt } from '../../suites/store-suite.js';
import { temporaryFolder } from './folder.js';

it('the rows of a span can be read, settled or not, and nobody’s cursor is moved by that', async () => {
  const clock = virtualClock();
  const file = join(temporaryFolder(), 'readings.db');
  const store = await openStore({ file, device: 'a', commitInterval: 1_000, clock });
  onTestFinished(() => store.close());
  store.append([1, 2, 3, 4, 5].map((value) => readingAt(clock.now() + value, value)));
  await store.record(eventAt(clock.now()));
  await store.lease('city', 'readings', 5);
  await store.settle('city', 'readings', { first: 1, last: 3 });

  const seqs = async (first: number, last: number, most = 100) =>
    (await store.read('readings', { first, last }, most)).map(({ seq }) => seq);
  expect(await seqs(2, 4)).toEqual([2, 3, 4]);
  expect(await seqs(1, 99, 2)).toEqual([1, 2]);
  expect(await seqs(6, 99)).toEqual([]);
  expect(await store.read('events', { first: 1, last: 1 }, 5)).toMatchObject([{ kind: 'button.pressed' }]);
  const { rows } = await store.lease('city', 'readings', 5);
  expect(rows.map(({ seq }) => seq)).toEqual([4, 5]);
  expect(Object.keys((await store.status()).waiting)).toEqual(['city']);
});
