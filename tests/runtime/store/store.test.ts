import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../../runtime/store/store.js';
import { storeSuite } from '../../suites/store-suite.js';

storeSuite('the database in its thread', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ushelter-store-'));
  return {
    open: (options) =>
      openStore({ file: join(folder, 'data', 'readings.db'), device: 'shelter-1', ...options }),
    clear: () => rm(folder, { recursive: true }),
  };
});
