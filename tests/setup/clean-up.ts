import { afterAll, afterEach } from 'vitest';
import { cleanUpAfter } from '../rigs/clean-up.js';

// Registered before the hooks of a file, and so called after them.
afterEach(() => cleanUpAfter('test'));
afterAll(() => cleanUpAfter('file'));
