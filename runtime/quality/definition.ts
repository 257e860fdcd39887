import type { TestId } from '../../config/catalogue/quality.js';

/** What a parameter of a test is measured in; `value` stands for the unit of the property. */
export type ParameterUnit = 'value' | 'value/h' | 'ms' | 'share';

/** What the reference page says of a test. One that sets no flag has a name of its own. */
export interface TestDefinition<Id extends string = TestId> {
  id: Id;
  title: { en: string; ko: string };
  /** What it doubts, and how far. */
  about: string;
  parameters: Readonly<Record<string, { unit: ParameterUnit; about: string }>>;
  /** Where the test was published, or what it rests on. */
  source: string;
}

/** A value of a stream at a time, in ms. Which clock the time is of does not matter, as long as it is one. */
export interface Point {
  time: number;
  value: number;
}

/** A series of values at equal intervals; undefined where one is missing. */
export type Series = readonly (number | undefined)[];
