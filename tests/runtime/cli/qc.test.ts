import { describe, expect, it } from 'vitest';
import { ushelter } from '../../rigs/ushelter.js';

describe.concurrent('ushelter qc', () => {
  it('answers with a line of JSON, whatever the flags say', async () => {
    const words = 'qc spike values=10,12,999.99,13,15,40,9,9 suspect=25 fail=50'.split(' ');
    const { code, stdout, stderr } = await ushelter(words);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe('{"test":"spike","flags":[2,4,4,4,1,3,1,2]}\n');
  });

  it('takes values that begin with a minus sign', async () => {
    const words = 'qc gross-range values=-10,-50,5 fail_min=-40 fail_max=60'.split(' ');
    expect((await ushelter(words)).stdout).toBe('{"test":"gross-range","flags":[1,4,1]}\n');
  });

  it.each([
    [['qc', 'spikes', 'values=1', 'suspect=1'], 'error: there is no test "spikes" (did you mean "spike"?)\n'],
    [
      ['qc', 'spike', 'values=1', 'suspects=1'],
      'error: spike takes no "suspects"; it takes values= [suspect=] [fail=]\n',
    ],
  ])('ends with exit code 2 and says what was meant: %j', async (words, complaint) => {
    const { code, stdout, stderr } = await ushelter(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(complaint);
  });

  it('tells of every test and its limits in its help', async () => {
    const { stdout } = await ushelter(['qc', '--help']);
    for (const word of ['gross-range', 'spike', 'rate-of-change', 'flat-line', 'suspect_for', 'Exit codes']) {
      expect(stdout).toContain(word);
    }
  });
});
