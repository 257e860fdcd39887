/** Something that is measured, never asserted. */
export interface Bench {
  /** What `npm run bench NAME` calls it. */
  name: string;
  /** What is measured, and how, in a line or two. */
  about: string;
  /** @param root folder of the project, built */
  measure(root: string): Promise<readonly Figure[]>;
}

/** One measured quantity, beside what it can be compared to. */
export interface Figure {
  what: string;
  value: number;
  unit: string;
  /** Measured in the same run and in the same unit. */
  reference?: { what: string; value: number };
  /** What we strive for, such as `< 2 s`. */
  aim?: string;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number) => sorted[Math.floor(index)] ?? Number.NaN;
  return (at((sorted.length - 1) / 2) + at(sorted.length / 2)) / 2;
}
