import { type Quality, quality } from '../../config/catalogue/quality.js';

/** From the least to the most telling, after IOOS QARTOD. */
const priority: readonly Quality[] = [
  quality.missing,
  quality.notEvaluated,
  quality.pass,
  quality.suspect,
  quality.fail,
];

/** The one flag that speaks for the results of several tests; `notEvaluated` where there was no test. */
export function rollUp(flags: readonly Quality[]): Quality {
  return flags.reduce<Quality>(
    (worst, flag) => (priority.indexOf(flag) > priority.indexOf(worst) ? flag : worst),
    flags[0] ?? quality.notEvaluated,
  );
}
