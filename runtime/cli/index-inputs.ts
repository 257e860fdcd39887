import { units } from '../../config/catalogue/units.js';
import type { IndexDefinition, Input } from '../indices/definition.js';
import { parseNumber, parseSeries, readKeyValues } from './key-values.js';

export type Inputs = { values: Record<string, unknown> } | { wrong: string };

/**
 * Reads words such as `pm2_5=35.9` and `values=13,16,,21` as the inputs of an index. What has nothing after its `=` is
 * missing; whether that matters, and whether a number is within its range, is for the index to say.
 *
 * @returns the values by their keys, or what is wrong with a word
 */
export function readInputs({ id, inputs }: IndexDefinition, words: readonly string[]): Inputs {
  const read = readKeyValues(words, { taker: id, takes: writeKeys(inputs), keys: Object.keys(inputs) });
  if ('wrong' in read) return read;
  const values: Record<string, unknown> = {};
  for (const [key, text] of read.texts) {
    const input = inputs[key];
    if (!input) continue;
    const value = readValue(input, text);
    if (value === unreadable) return { wrong: `${key} is "${text}"; expected ${expectation(input)}` };
    values[key] = value;
  }
  return { values };
}

/** The keys of an index, each with what it takes; in brackets what it can do without. */
export function writeKeys(inputs: IndexDefinition['inputs']): string {
  return Object.entries(inputs)
    .map(([key, input]) => {
      const word = `${key}=${shapeOf(input)}`;
      return input.kind === 'number' && input.optional ? `[${word}]` : word;
    })
    .join(' ');
}

const unreadable = Symbol('unreadable');

function readValue(input: Input, text: string): unknown {
  if (text === '') return input.kind === 'hours' ? [] : undefined;
  switch (input.kind) {
    case 'number':
      return parseNumber(text) ?? unreadable;
    case 'hours':
      return parseSeries(text) ?? unreadable;
    case 'choice':
      return input.of.includes(text) ? text : unreadable;
  }
}

function expectation(input: Input): string {
  switch (input.kind) {
    case 'number':
      return 'a number, such as 12.5';
    case 'hours':
      return 'numbers, the newest first, empty where an hour is missing, such as 13,16,,21';
    case 'choice':
      return `one of ${input.of.join(', ')}`;
  }
}

function shapeOf(input: Input): string {
  switch (input.kind) {
    case 'number':
      return symbolOf(input.unit) || 'NUMBER';
    case 'hours':
      return `${symbolOf(input.unit)},…`;
    case 'choice':
      return input.of.join('|');
  }
}

function symbolOf(unit: keyof typeof units | undefined): string {
  return unit === undefined ? '' : units[unit].symbol;
}
