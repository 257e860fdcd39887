import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { qcTests, runQc } from '../../../runtime/cli/qc-tests.js';

function run(words: string) {
  const [name, ...rest] = words.split(' ');
  const test = qcTests.find(({ definition }) => definition.id === name);
  if (!test) throw new Error(`no test ${name}`);
  return runQc(test, rest);
}

describe('ushelter qc flags', () => {
  it.each([
    [
      'gross-range values=5,10,15,20,40,45,51,,30 fail_min=10 fail_max=50 suspect_min=20 suspect_max=40',
      [4, 3, 3, 1, 1, 3, 4, 9, 1],
    ],
    ['gross-range values=-1,0,100,101 fail_min=0 fail_max=100', [4, 1, 1, 4]],
    ['spike values=10,12,999.99,13,15,40,9,9 suspect=25 fail=50', [2, 4, 4, 4, 1, 3, 1, 2]],
    ['spike values=10,10,,10,10,10 suspect=1', [2, 2, 9, 2, 1, 2]],
    ['rate-of-change values=20,20.5,,35,35.1,40 per_second=0.05 interval=60', [1, 1, 9, 1, 1, 3]],
    [
      'flat-line values=5,5,5,5,5,5,9 interval=1 tolerance=0.1 suspect_for=3 fail_for=5',
      [1, 1, 1, 3, 3, 4, 1],
    ],
    ['flat-line values=5,5,5,5 interval=1 suspect_for=1 fail_for=2', [1, 3, 4, 4]],
    ['spike values= suspect=1', [9]],
  ])('%s', (words, flags) => {
    expect(run(words)).toEqual({ flags });
  });
});

describe('ushelter qc refuses what it cannot run, and says what was expected', () => {
  it.each([
    ['spike suspect=3', 'values= is missing; spike takes values= [suspect=] [fail=]'],
    ['spike values=1,2,3', 'neither suspect nor fail is given'],
    ['spike values=1,2,3 suspect=5 fail=3', 'suspect is above fail'],
    ['flat-line values=1 interval=60 suspect_for=240 fail_for=120', 'suspect_for is longer than fail_for'],
    [
      'spike values=1,x suspect=3',
      'values is "1,x"; expected numbers, empty where one is missing, such as 20,20.1,,19.9',
    ],
    ['spike values=1 suspect=', 'suspect is ""; expected a number, such as 12.5'],
    ['spike values=1 suspekt=3', 'spike takes no "suspekt"; it takes values= [suspect=] [fail=]'],
    [
      'rate-of-change values=1 per_second=1',
      'interval= is missing; rate-of-change takes values= per_second= interval=',
    ],
    ['rate-of-change values=1 per_second=1 interval=0', 'interval is not above 0'],
    ['gross-range values=1 fail_min=5 fail_max=1', 'fail_min is above fail_max'],
    [
      'gross-range values=1 fail_min=0 fail_max=10 suspect_min=-1',
      'the suspect span does not lie within the fail span',
    ],
    [
      'flat-line values=1 interval=60 suspect_for=30 fail_for=120',
      'suspect_for or fail_for is shorter than the interval, and one value is no line',
    ],
  ])('%s', (words, wrong) => {
    expect(run(words)).toEqual({ wrong });
  });

  it('whatever the words are', () => {
    const word = fc.oneof(
      fc.string(),
      fc
        .tuple(fc.constantFrom('values', 'suspect', 'fail', 'interval', 'fail_min'), fc.string())
        .map((pair) => pair.join('=')),
    );
    fc.assert(
      fc.property(fc.constantFrom(...qcTests), fc.array(word), (test, words) => {
        const outcome = runQc(test, words);
        if ('wrong' in outcome) expect(outcome.wrong).not.toBe('');
        else for (const flag of outcome.flags) expect([1, 2, 3, 4, 9]).toContain(flag);
      }),
    );
  });
});
