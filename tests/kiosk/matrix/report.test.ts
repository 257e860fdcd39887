import { expect, it } from 'vitest';
import { type Failure, writeReport } from './report.js';

it('tells each thing that is wrong once, the most frequent first, with the states that have it', () => {
  const state = { panel: 'phone', situation: 'air', language: 'ko', mode: 'plain' } as const;
  const near = (pixels: string, language: 'ko' | 'en'): Failure => ({
    check: 'targets',
    problem: `only ${pixels} px between two`,
    state: { ...state, language },
  });
  const cut: Failure = { check: 'cut', problem: 'is cut: p "one"', state };
  expect(writeReport([cut, near('3.1', 'ko'), near('4.0', 'en')]).split('\n')).toEqual([
    'states  check    screen  for example   problem',
    '2       targets  air     air-phone-ko  only 3.1 px between two',
    '1       cut      air     air-phone-ko  is cut: p "one"',
  ]);
});
