import { InvalidArgumentError } from 'commander';

/** Reads the whole number of an option, both bounds included; what is none is a usage error that names the option. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
  };
}

/** Of a TCP port; 0 stands for any that is free. */
export const portNumber = wholeNumber(0, 65_535);
