import type { Range } from '../../config/catalogue/properties.js';
import { units } from '../../config/catalogue/units.js';
import type {
  Absence,
  Grade,
  HoursInput,
  IndexDefinition,
  IndexResult,
  Input,
  NumberInput,
  ValuesOf,
} from './definition.js';
import { shorten } from './rounding.js';

type Checked = { value: unknown } | { absent: Absence };

/**
 * The value of an index and its grade, or why there is none. Whatever is given is checked against the definition
 * first; keys that the definition does not know are passed over.
 */
export function evaluate(definition: IndexDefinition, given: Readonly<Record<string, unknown>>): IndexResult {
  const values: Record<string, unknown> = {};
  for (const [name, input] of Object.entries(definition.inputs)) {
    const checked = check(name, input, Object.hasOwn(given, name) ? given[name] : undefined);
    if ('absent' in checked) return checked;
    values[name] = checked.value;
  }
  return finish(definition, definition.compute(values as ValuesOf<typeof definition.inputs>));
}

function finish({ grades, range }: IndexDefinition, result: IndexResult): IndexResult {
  if ('absent' in result) return result;
  if (!Number.isFinite(result.value) || (range && !within(result.value, range))) {
    const reason = `The result, ${result.value}, lies outside what the standard defines.`;
    return { absent: { code: 'not-applicable', reason } };
  }
  const grade = result.grade ?? gradeOf(result.value, grades ?? []);
  return { value: result.value, ...(grade !== undefined && { grade }) };
}

/** The band of a value; undefined below the first, and where the bands have no bounds of their own. */
export function gradeOf(value: number, grades: readonly Grade[]): string | undefined {
  return grades.findLast(({ from }) => from !== undefined && value >= from)?.id;
}

function check(name: string, input: Input, given: unknown): Checked {
  switch (input.kind) {
    case 'number':
      return checkNumber(name, input, given);
    case 'hours':
      return checkHours(name, input, given);
    case 'choice':
      if (isMissing(given)) return missing(name, `one of ${input.of.join(', ')}`);
      if (typeof given === 'string' && input.of.includes(given)) return { value: given };
      return outOfRange(name, `${name} is ${told(given)}; expected one of ${input.of.join(', ')}.`);
  }
}

function checkNumber(name: string, input: NumberInput, given: unknown): Checked {
  const expected = rangeWithUnit(input);
  if (isMissing(given)) return input.optional ? { value: undefined } : missing(name, expected);
  const value = usable(given, input);
  return value === undefined
    ? outOfRange(name, `${name} is ${told(given)}; expected ${expected}.`)
    : { value };
}

function checkHours(name: string, input: HoursInput, given: unknown): Checked {
  const expected = rangeWithUnit(input);
  if (isMissing(given)) {
    const reason = `There are no ${name}; expected hourly means, the newest first, each ${expected}.`;
    return { absent: { code: 'input-missing', input: name, reason } };
  }
  if (!Array.isArray(given)) return outOfRange(name, `${name} is no list of hourly means, the newest first.`);
  const hours: (number | undefined)[] = [];
  for (const [age, mean] of given.slice(0, input.hours).entries()) {
    const value = isMissing(mean) ? undefined : usable(mean, input);
    if (value === undefined && !isMissing(mean)) {
      return outOfRange(name, `${name}, ${age} h ago, is ${told(mean)}; expected ${expected}.`);
    }
    hours.push(value);
  }
  return { value: hours };
}

/**
 * The number as the standard shortens it; undefined where it is none or outside the range. What is below the least
 * is not saved by shortening it: a concentration of −0.4 is none.
 */
function usable(given: unknown, { precision, range }: NumberInput | HoursInput): number | undefined {
  if (typeof given !== 'number' || !Number.isFinite(given) || given < range[0]) return undefined;
  const value = precision ? shorten(given, precision) : given;
  return within(value, range) ? value : undefined;
}

function isMissing(given: unknown): given is undefined | null {
  return given === undefined || given === null;
}

function within(value: number, [least, greatest]: Range): boolean {
  return value >= least && value <= greatest;
}

function missing(input: string, expected: string): Checked {
  return { absent: { code: 'input-missing', input, reason: `There is no ${input}; expected ${expected}.` } };
}

function outOfRange(input: string, reason: string): Checked {
  return { absent: { code: 'input-out-of-range', input, reason } };
}

function rangeWithUnit({ unit, range: [least, greatest] }: NumberInput | HoursInput): string {
  const symbol = unit === undefined ? '' : units[unit].symbol;
  return `${least} to ${greatest}${symbol && ` ${symbol}`}`;
}

/** What was given, in so few words that a message can hold it. */
function told(given: unknown): string {
  if (typeof given === 'number') return String(given);
  return typeof given === 'string' ? JSON.stringify(given.slice(0, 40)) : `a ${typeof given}`;
}
