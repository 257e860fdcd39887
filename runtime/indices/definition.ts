import type { Words } from '../../config/catalogue/languages.js';
import type { Range } from '../../config/catalogue/properties.js';
import type { UnitId } from '../../config/catalogue/units.js';

/** How a standard shortens a number before it looks it up: `{ by: 'truncation', digits: 1 }` makes 9.05 a 9.0. */
export interface Precision {
  by: 'rounding' | 'truncation';
  /** After the point. */
  digits: number;
}

/** One number that an index is computed from. */
export interface NumberInput {
  kind: 'number';
  /** Undefined for a count, such as a month. */
  unit: UnitId | undefined;
  /** Undefined where the number is taken as it is. */
  precision?: Precision;
  /** Outside it the index is not defined; the greatest holds for the shortened number. */
  range: Range;
  /** True where the index can do without. */
  optional?: true;
  /** Where grades go by this number: the greatest of each, by its id. A grade without an entry has no end of its own. */
  bands?: Bands;
  about: string;
}

export type Bands = Readonly<Record<string, number>>;

/** Hourly means, the newest first; undefined where an hour has none. */
export interface HoursInput {
  kind: 'hours';
  unit: UnitId;
  precision?: Precision;
  range: Range;
  /** How many hours back it looks. */
  hours: number;
  about: string;
}

export interface ChoiceInput {
  kind: 'choice';
  of: readonly string[];
  about: string;
}

export type Input = NumberInput | HoursInput | ChoiceInput;
export type Inputs = Readonly<Record<string, Input>>;

type ValueOf<I extends Input> = I extends HoursInput
  ? readonly (number | undefined)[]
  : I extends { of: readonly (infer Choice)[] }
    ? Choice
    : I extends { optional: true }
      ? number | undefined
      : number;

export type ValuesOf<I extends Inputs> = { readonly [Name in keyof I]: ValueOf<I[Name]> };

/** A band of an index, from what it begins with up to where the next begins. */
export interface Grade {
  /** Unique within its scale, such as `bad`. */
  id: string;
  /**
   * Least value of the band, as the standard rounds it. Undefined where it differs by pollutant: then the index says
   * itself which band it is.
   */
  from?: number;
}

/** Why an index has no value. It is never guessed and never extrapolated. */
export interface Absence {
  code: 'input-missing' | 'input-out-of-range' | 'too-few-hours' | 'not-applicable';
  /** The input at fault, where it is one. */
  input?: string;
  /** A sentence: what is missing, and what was expected. */
  reason: string;
}

export type IndexResult = { value: number; grade?: string } | { absent: Absence };

/** A derived value: what it is made of, how, and by which standard. */
export interface IndexDefinition<I extends Inputs = Inputs> {
  /** Such as `kma-feels-like`. */
  id: string;
  title: Words;
  /** Undefined where the value is a mere number. */
  unit: UnitId | undefined;
  inputs: I;
  /** Bands, rising; undefined where the standard has none. */
  grades?: readonly Grade[];
  /** The values it can have; undefined where the standard has no bounds. */
  range?: Range;
  standard: string;
  /** Where the formula or table was published. */
  source: string;
  /** Only called with inputs that are there and within their ranges. */
  compute(values: ValuesOf<I>): IndexResult;
}

/** Gives a definition its type; the compiler holds `compute` to the inputs. */
export function defineIndex<const I extends Inputs>(definition: IndexDefinition<I>): IndexDefinition<I> {
  return definition;
}
