import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isPin, parsePin } from '../../../runtime/maintenance/pin.js';
import { scratchFolder } from '../../rigs/scratch.js';
import { ushelter } from '../../rigs/ushelter.js';

describe.concurrent('ushelter pin', () => {
  it('makes of the first line of standard input what that PIN is checked by', async () => {
    const { code, stdout, stderr } = await ushelter(['pin'], { input: '314159\nmore\n' });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).not.toContain('314159');
    const kept = parsePin(stdout.trim());
    if (!kept) throw new Error(`it cannot be read: ${stdout}`);
    expect(await isPin('314159', kept)).toBe(true);
  });

  it('writes it to a file that nobody else may read', async () => {
    const file = join(scratchFolder(), 'maintenance.pin');
    const { code, stdout } = await ushelter(['pin', '--write', file], { input: '271828' });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(parsePin(readFileSync(file, 'utf8').trim())).toBeDefined();
  });

  it.each(['', '12345', '1234567890123', 'abcdef', '12 34 56'])(
    'refuses %j and says what a PIN is',
    async (input) => {
      const { code, stdout, stderr } = await ushelter(['pin'], { input });
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/^A PIN has 6 to 12 digits\.\nPIN_INVALID: /);
    },
  );
});
