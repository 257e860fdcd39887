import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AlertState,
  nextAlert,
  noAlert,
  pmAlertKr,
} from '../../../../runtime/indices/air/pm-alert-kr.js';
import { absenceOf, gradeFor } from './answers.js';

type Hours = (number | undefined)[];

/** The level after each of these hours, the oldest first. */
function levels(pollutant: 'pm10' | 'pm2_5', hours: Hours): string[] {
  let state: AlertState = noAlert;
  return hours.map((mean) => {
    state = nextAlert(pollutant, state, mean);
    return state.level;
  });
}

const none = 'none';
const advisory = 'advisory';
const warning = 'warning';

/** Clean Air Conservation Act, Enforcement Rule, Annex 7, as air.daegu.go.kr and gyeongnam.go.kr print it. */
describe('the Korean particulate alert', () => {
  it.each<['pm10' | 'pm2_5', string, Hours, string[]]>([
    ['pm10', 'at 150 for two hours is an advisory', [150, 150], [none, advisory]],
    ['pm10', 'below 150 is none', [149, 149, 150, 149, 150], [none, none, none, none, none]],
    [
      'pm10',
      'from 100 on keeps an advisory',
      [150, 150, 100, 149, 100],
      [none, advisory, advisory, advisory, advisory],
    ],
    ['pm10', 'below 100 lifts an advisory', [150, 150, 99], [none, advisory, none]],
    ['pm10', 'at 300 for two hours is a warning', [300, 300], [none, warning]],
    ['pm10', 'at 300 for one hour is not yet', [299, 300, 299, 300], [none, advisory, advisory, advisory]],
    ['pm10', 'from 150 on keeps a warning', [300, 300, 150], [none, warning, warning]],
    ['pm10', 'below 150 makes a warning an advisory', [300, 300, 149, 99], [none, warning, advisory, none]],
    ['pm2_5', 'at 75 for two hours is an advisory', [75, 75], [none, advisory]],
    ['pm2_5', 'below 75 is none', [74, 74, 75, 74], [none, none, none, none]],
    ['pm2_5', 'from 35 on keeps an advisory', [75, 75, 35], [none, advisory, advisory]],
    ['pm2_5', 'below 35 lifts an advisory', [75, 75, 34], [none, advisory, none]],
    ['pm2_5', 'at 150 for two hours is a warning', [75, 150, 150], [none, advisory, warning]],
    [
      'pm2_5',
      'below 75 makes a warning an advisory',
      [150, 150, 75, 74, 34],
      [none, warning, warning, advisory, none],
    ],
  ])('%s %s', (pollutant, _, hours, expected) => {
    expect(levels(pollutant, hours)).toEqual(expected);
  });

  it('makes a warning an advisory first, however clean the hour', () => {
    expect(levels('pm10', [300, 300, 10, 10])).toEqual([none, warning, advisory, none]);
  });

  it('is neither raised nor lifted by an hour without a mean', () => {
    expect(levels('pm10', [150, undefined, 150, 150])).toEqual([none, none, none, advisory]);
    expect(levels('pm10', [150, 150, undefined, undefined])).toEqual([none, advisory, advisory, advisory]);
  });

  it('is told from the past hours, the newest first, as whole numbers', () => {
    expect(gradeFor(pmAlertKr, { pollutant: 'pm10', values: [120, 149.5, 150, 20] })).toBe(advisory);
    expect(gradeFor(pmAlertKr, { pollutant: 'pm10', values: [120, 149.4, 150, 20] })).toBe(none);
    expect(gradeFor(pmAlertKr, { pollutant: 'pm2_5', values: [undefined, 80, 80] })).toBe(advisory);
  });

  it('is absent where neither of the last two hours has a mean', () => {
    expect(
      absenceOf(pmAlertKr, { pollutant: 'pm10', values: [undefined, undefined, 300, 300] }),
    ).toMatchObject({
      code: 'too-few-hours',
    });
    expect(absenceOf(pmAlertKr, { pollutant: 'pm10', values: [] })).toMatchObject({ code: 'too-few-hours' });
  });

  const hours = fc.array(fc.option(fc.integer({ min: 0, max: 400 }), { nil: undefined }), { maxLength: 72 });

  it('is never raised by a single hour', () => {
    fc.assert(
      fc.property(hours, (given) => {
        const alone = given.map((mean, hour) => (hour % 2 === 0 ? mean : Math.min(mean ?? 0, 74)));
        expect(levels('pm2_5', alone)).toEqual(alone.map(() => none));
      }),
    );
  });

  it('of dirtier hours is never lower', () => {
    const rank = [none, advisory, warning];
    fc.assert(
      fc.property(hours, fc.nat(200), (given, more) => {
        const dirtier = given.map((mean) => (mean === undefined ? undefined : mean + more));
        const worse = levels('pm10', dirtier);
        for (const [hour, level] of levels('pm10', given).entries()) {
          expect(rank.indexOf(worse[hour] ?? '')).toBeGreaterThanOrEqual(rank.indexOf(level));
        }
      }),
    );
  });
});
