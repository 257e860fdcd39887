/** What tells a row from all others for ever. */
export interface RowName {
  device: string;
  epoch: string;
  log: string;
  seq: number;
}

/** A row as one end knows it. */
export interface Row extends RowName {
  /** What it says, the same text at both ends; two different rows of a device never say the same. */
  content: string;
}

/** A run of names, both ends included. */
export interface Stretch extends Omit<RowName, 'seq'> {
  first: number;
  last: number;
}

/** What a ledger says became of rows. `released`: upstream had them. `skipped`: no row ever had these names. */
export type Explanation = 'thinned' | 'dropped' | 'damaged' | 'skipped' | 'released';

/** Keeps what each end of a line saw, and tells what is wrong between the two. */
export interface Reconciler {
  /** The sender was told that these rows are on its card for good. */
  promised(stretch: Stretch): void;
  /** The row was found on the sender's card. May be said again; it must stay the same. */
  committed(row: Row): void;
  /** The row has arrived. @param delay since it was taken, in ms */
  received(row: Row, delay: number): void;
  explained(stretch: Stretch, why: Explanation): void;
  reconcile(): Reconciliation;
}

export interface Reconciliation {
  /** Rows that were promised or found. */
  committed: number;
  /** Rows that arrived, each time counted. */
  deliveries: number;
  /** Committed, and neither arrived nor thinned, dropped or damaged. */
  lost: RowName[];
  duplicated: {
    /** Deliveries of a name that had arrived before. */
    before: number;
    /** Rows that arrived under a second name, which takes away no such duplicate. */
    after: RowName[];
  };
  /** Names that stand for different things at different times or ends. */
  contradicted: RowName[];
  /** Arrived, but never committed. */
  invented: RowName[];
  /** Names that no row has, before the greatest that one has. */
  gaps: {
    /** How many are explained, by what the ledger says of them. */
    explained: Partial<Record<Explanation, number>>;
    unexplained: Stretch[];
  };
  /** Of the first delivery of each row, in ms since it was taken. */
  delay: { median: number; worst: number; late: number };
}

/** What the ledger may say of a row that was committed, and upstream never gets. */
const excuses: readonly Explanation[] = ['thinned', 'dropped', 'damaged'];

/** Later than this, in ms, counts as late. */
export const lateness = 10_000;

/** All that is known of one name. */
interface Known {
  name: RowName;
  content: string | undefined;
  committed: boolean;
  deliveries: number;
  contradicted: boolean;
}

export function createReconciler(): Reconciler {
  const rows = new Map<string, Known>();
  /** Of each device, what has arrived. */
  const arrived = new Set<string>();
  const second: RowName[] = [];
  const delays: number[] = [];
  const explanations: (Stretch & { why: Explanation })[] = [];

  function know({ device, epoch, log, seq }: RowName): Known {
    const key = JSON.stringify([device, epoch, log, seq]);
    const known = rows.get(key);
    if (known) return known;
    const name = { device, epoch, log, seq };
    const added = { name, content: undefined, committed: false, deliveries: 0, contradicted: false };
    rows.set(key, added);
    return added;
  }

  function learn(known: Known, content: string): void {
    known.contradicted ||= known.content !== undefined && known.content !== content;
    known.content ??= content;
  }

  const isExcused = ({ seq, ...log }: RowName) =>
    explanations.some(
      ({ first, last, why, ...of }) =>
        excuses.includes(why) && isSame(of, log) && first <= seq && seq <= last,
    );

  return {
    promised({ first, last, ...log }) {
      for (let seq = first; seq <= last; seq++) know({ ...log, seq }).committed = true;
    },
    committed({ content, ...name }) {
      const known = know(name);
      known.committed = true;
      learn(known, content);
    },
    received({ content, ...name }, delay) {
      const known = know(name);
      learn(known, content);
      if (known.deliveries++ > 0) return;
      delays.push(delay);
      const meaning = JSON.stringify([name.device, content]);
      if (arrived.has(meaning)) second.push(known.name);
      else arrived.add(meaning);
    },
    explained: (stretch, why) => void explanations.push({ ...stretch, why }),
    reconcile() {
      const all = [...rows.values()];
      const deliveries = all.reduce((sum, known) => sum + known.deliveries, 0);
      const namesOf = (is: (known: Known) => boolean) => all.filter(is).map(({ name }) => name);
      const missing = namesOf((known) => known.committed && known.deliveries === 0);
      return {
        committed: all.filter(({ committed }) => committed).length,
        deliveries,
        lost: missing.filter((name) => !isExcused(name)),
        duplicated: { before: deliveries - delays.length, after: [...second] },
        contradicted: namesOf(({ contradicted }) => contradicted),
        invented: namesOf((known) => known.deliveries > 0 && !known.committed),
        gaps: explainGaps(
          all.map(({ name }) => name),
          explanations,
        ),
        delay: describe(delays),
      };
    },
  };
}

/** Whether nothing was lost, nothing came twice that its name does not take away, and every gap is explained. */
export function holds({ lost, duplicated, contradicted, invented, gaps }: Reconciliation): boolean {
  return [lost, duplicated.after, contradicted, invented, gaps.unexplained].every(
    ({ length }) => length === 0,
  );
}

function explainGaps(
  names: readonly RowName[],
  explanations: readonly (Stretch & { why: Explanation })[],
): Reconciliation['gaps'] {
  const explained: Reconciliation['gaps']['explained'] = {};
  const unexplained: Stretch[] = [];
  for (const gap of gapsBetween(names)) {
    let rest = [gap];
    for (const explanation of explanations) {
      if (explanation.why === 'released' || !isSame(explanation, gap)) continue;
      const left = rest.flatMap((stretch) => without(stretch, explanation));
      const many = sizeOf(rest) - sizeOf(left);
      if (many > 0) explained[explanation.why] = (explained[explanation.why] ?? 0) + many;
      rest = left;
    }
    unexplained.push(...rest);
  }
  return { explained, unexplained };
}

/** The stretches from 1 on that no name lies in, of each log. */
function gapsBetween(names: readonly RowName[]): Stretch[] {
  const sorted = names.toSorted((a, b) => compare(a, b) || a.seq - b.seq);
  return sorted.flatMap((name, index) => {
    const { seq, ...log } = name;
    const before = sorted[index - 1];
    const first = before && isSame(before, name) ? before.seq + 1 : 1;
    return first < seq ? [{ ...log, first, last: seq - 1 }] : [];
  });
}

/** What is left of a stretch without another one. */
function without(stretch: Stretch, taken: Stretch): Stretch[] {
  const before = { ...stretch, last: Math.min(stretch.last, taken.first - 1) };
  const after = { ...stretch, first: Math.max(stretch.first, taken.last + 1) };
  if (taken.last < stretch.first || taken.first > stretch.last) return [stretch];
  return [before, after].filter(({ first, last }) => first <= last);
}

function sizeOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { first, last }) => sum + last - first + 1, 0);
}

type LogName = Omit<RowName, 'seq'>;

function compare(a: LogName, b: LogName): number {
  return order(a.device, b.device) || order(a.epoch, b.epoch) || order(a.log, b.log);
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function isSame(a: LogName, b: LogName): boolean {
  return compare(a, b) === 0;
}

function describe(delays: readonly number[]): Reconciliation['delay'] {
  const sorted = delays.toSorted((a, b) => a - b);
  return {
    median: sorted[Math.floor(sorted.length / 2)] ?? 0,
    worst: sorted.at(-1) ?? 0,
    late: delays.filter((delay) => delay > lateness).length,
  };
}
