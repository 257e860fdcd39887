/** What one part of the rig has found. */
export interface Section {
  title: string;
  /** What was done, in a line or two. */
  about: string;
  facts: readonly Fact[];
  /** Whatever else was not as it should be. */
  complaints: readonly string[];
}

/** One thing that was counted or measured. */
export interface Fact {
  what: string;
  found: string;
  /** What it has to be; absent where it only tells. */
  aim?: string;
  /** Whether it is. */
  met?: boolean;
  /** It depends on the machine and on what else that does. */
  measured?: true;
}

export function isMet({ facts, complaints }: Section): boolean {
  return complaints.length === 0 && facts.every(({ met }) => met !== false);
}

export function equal(what: string, found: number, expected: number): Fact {
  return { what, found: whole(found), aim: whole(expected), met: found === expected };
}

export function none(what: string, found: number): Fact {
  return equal(what, found, 0);
}

/** The same for things that are worth being shown. */
export function noneOf(what: string, found: readonly unknown[]): Fact {
  const examples = found.slice(0, 3).map((each) => JSON.stringify(each));
  const fact = none(what, found.length);
  return found.length === 0 ? fact : { ...fact, found: `${fact.found}: ${examples.join(', ')} …` };
}

export function atLeast(what: string, found: number, least: number): Fact {
  return { what, found: whole(found), aim: `≥ ${whole(least)}`, met: found >= least };
}

/** Something measured. */
export function below(what: string, found: number, limit: number, unit: string): Fact {
  const [text, aim] = [`${precise(found)} ${unit}`, `< ${precise(limit)} ${unit}`];
  return { what, found: text, aim, met: found < limit, measured: true };
}

export function tells(what: string, found: string | number): Fact {
  return { what, found: typeof found === 'number' ? whole(found) : found };
}

export function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}

export function precise(value: number): string {
  return value >= 100 ? whole(value) : String(Number(value.toPrecision(3)));
}
