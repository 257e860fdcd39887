import { accessibility } from './accessibility.js';
import { cutTexts } from './cut.js';
import type { CheckId, Finding } from './findings.js';
import { keypad } from './keypad.js';
import { letters } from './letters.js';
import type { Measure } from './measure.js';
import { overlaps } from './overlaps.js';
import { pagesTurned, settled } from './pages.js';
import { scrolling } from './scrolling.js';
import { lookAround, type Seen } from './seen.js';
import { unspoken } from './spoken.js';
import { targets } from './targets.js';
import { holdTime } from './time.js';
import { arrive } from './way.js';

type Check = (seen: Seen) => readonly string[] | Promise<readonly string[]>;
type Checks = Readonly<Partial<Record<CheckId, Check>>>;

const onEveryPage: Checks = { cut: cutTexts, overlaps, scrolling, targets, letters, unspoken };
const once: Checks = { keypad, accessibility };

/** Looks at all pages of what is open, and leaves the first of them open. @returns each finding once */
async function look(measure: Measure): Promise<Finding[]> {
  await settled();
  const found = await findingsOf(once, lookAround(measure));
  for await (const _ of pagesTurned()) found.push(...(await findingsOf(onEveryPage, lookAround(measure))));
  return [...new Map(found.map((finding) => [JSON.stringify(finding), finding])).values()];
}

async function findingsOf(checks: Checks, seen: Seen): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const [check, find] of Object.entries(checks)) {
    const problems = await find(seen);
    found.push(...problems.map((problem) => ({ check: check as CheckId, problem })));
  }
  return found;
}

/** Looks at what stands there now, and touches nothing. */
function glance(measure: Measure): Promise<Finding[]> {
  return findingsOf(onEveryPage, lookAround(measure));
}

Object.assign(globalThis, { matrix: { holdTime, arrive, look, glance } });
