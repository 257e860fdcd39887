import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createReconciler, type Explanation, holds, type Row } from '../../simulators/reconciler.js';

const log = { device: 'shelter-1', epoch: 'e1', log: 'readings' };

function row(seq: number, of: Partial<Row> = {}): Row {
  const { device, epoch, log: name } = { ...log, ...of };
  return { ...log, seq, content: `${device} ${epoch} ${name} ${seq}`, ...of };
}

const nameOf = ({ content, ...name }: Row) => name;

/** Three rows, committed and delivered. */
function threeDelivered() {
  const reconciler = createReconciler();
  for (const seq of [1, 2, 3]) {
    reconciler.committed(row(seq));
    reconciler.received(row(seq), 100);
  }
  return reconciler;
}

describe('a contract that holds', () => {
  it('has every committed row delivered', () => {
    const found = threeDelivered().reconcile();
    expect(found).toMatchObject({ committed: 3, deliveries: 3, lost: [], delay: { median: 100, late: 0 } });
    expect(holds(found)).toBe(true);
  });

  it('may deliver a row again under its own name', () => {
    const reconciler = threeDelivered();
    reconciler.received(row(2), 5_000);
    const found = reconciler.reconcile();
    expect(found.duplicated).toEqual({ before: 1, after: [] });
    expect(holds(found)).toBe(true);
  });

  it.each<Explanation>(['thinned', 'dropped', 'damaged'])('may miss a row that is on record as %s', (why) => {
    const reconciler = threeDelivered();
    reconciler.committed(row(4));
    reconciler.explained({ ...log, first: 4, last: 9 }, why);
    expect(holds(reconciler.reconcile())).toBe(true);
  });

  it('may have a gap that is on record, even in several pieces', () => {
    const reconciler = threeDelivered();
    reconciler.committed(row(10_000));
    reconciler.received(row(10_000), 0);
    reconciler.explained({ ...log, first: 4, last: 500 }, 'skipped');
    reconciler.explained({ ...log, first: 400, last: 9_999 }, 'skipped');
    const found = reconciler.reconcile();
    expect(found.gaps).toEqual({ explained: { skipped: 9_996 }, unexplained: [] });
    expect(holds(found)).toBe(true);
  });
});

describe('a contract that is broken', () => {
  it('lost a row that was found on the card', () => {
    const reconciler = threeDelivered();
    reconciler.committed(row(4));
    const found = reconciler.reconcile();
    expect(found.lost).toEqual([nameOf(row(4))]);
    expect(holds(found)).toBe(false);
  });

  it('lost a row that was promised, found nowhere', () => {
    const reconciler = threeDelivered();
    reconciler.promised({ ...log, first: 3, last: 4 });
    expect(reconciler.reconcile()).toMatchObject({ committed: 4, lost: [nameOf(row(4))] });
  });

  it.each<Explanation>(['skipped', 'released'])(
    'lost a committed row, even where it is on record as %s',
    (why) => {
      const reconciler = threeDelivered();
      reconciler.committed(row(4));
      reconciler.explained({ ...log, first: 4, last: 4 }, why);
      expect(holds(reconciler.reconcile())).toBe(false);
    },
  );

  it('lost a row that another device, epoch or log explains', () => {
    for (const other of [{ device: 'shelter-2' }, { epoch: 'e2' }, { log: 'events' }]) {
      const reconciler = threeDelivered();
      reconciler.committed(row(4));
      reconciler.explained({ ...log, ...other, first: 1, last: 9 }, 'dropped');
      expect(holds(reconciler.reconcile())).toBe(false);
    }
  });

  it('delivered a row under two names', () => {
    const reconciler = threeDelivered();
    reconciler.committed(row(4, { content: row(3).content }));
    reconciler.received(row(4, { content: row(3).content }), 0);
    const found = reconciler.reconcile();
    expect(found.duplicated.after).toEqual([nameOf(row(4))]);
    expect(holds(found)).toBe(false);
  });

  it('gave one name to two rows', () => {
    const reconciler = threeDelivered();
    reconciler.received(row(3, { content: 'something else' }), 0);
    const found = reconciler.reconcile();
    expect(found.contradicted).toEqual([nameOf(row(3))]);
    expect(holds(found)).toBe(false);
  });

  it('altered a committed row', () => {
    const reconciler = threeDelivered();
    reconciler.committed(row(3, { content: 'something else' }));
    expect(holds(reconciler.reconcile())).toBe(false);
  });

  it('delivered what was never committed', () => {
    const reconciler = threeDelivered();
    reconciler.received(row(4), 0);
    const found = reconciler.reconcile();
    expect(found.invented).toEqual([nameOf(row(4))]);
    expect(holds(found)).toBe(false);
  });

  it('has a gap that is not, or not wholly, on record', () => {
    const reconciler = threeDelivered();
    reconciler.committed(row(10));
    reconciler.received(row(10), 0);
    reconciler.explained({ ...log, first: 4, last: 6 }, 'skipped');
    reconciler.explained({ ...log, first: 8, last: 9 }, 'released');
    const found = reconciler.reconcile();
    expect(found.gaps.unexplained).toEqual([{ ...log, first: 7, last: 9 }]);
    expect(holds(found)).toBe(false);
  });
});

/** What happens to one row. */
interface Fate {
  committed: boolean;
  promised: boolean;
  deliveries: number;
  why: Explanation | undefined;
  /** Delivered with another content the last time. */
  altered: boolean;
}

const fate = fc.record<Fate>({
  committed: fc.boolean(),
  promised: fc.boolean(),
  deliveries: fc.nat(3),
  why: fc.constantFrom(undefined, 'thinned', 'dropped', 'damaged', 'skipped', 'released'),
  altered: fc.boolean(),
});

type Act = (reconciler: ReturnType<typeof createReconciler>) => void;

it('is not fooled by any mixture, whatever comes first', () => {
  const logs = fc.array(fc.array(fate, { maxLength: 30 }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(logs, fc.infiniteStream(fc.nat()), (fates, order) => {
      const all = fates.flatMap((of, device) =>
        of.map((each, index) => ({ ...each, row: row(index + 1, { device: `shelter-${device}` }) })),
      );
      const acts = all.flatMap(actsOf);
      const shuffled = acts
        .map((act) => ({ act, key: order.next().value ?? 0 }))
        .sort((a, b) => a.key - b.key)
        .map(({ act }) => act);
      const reconciler = createReconciler();
      for (const act of shuffled) act(reconciler);
      const found = reconciler.reconcile();

      const names = (is: (each: (typeof all)[number]) => boolean) =>
        new Set(all.filter(is).map((each) => JSON.stringify(nameOf(each.row))));
      const asSet = (found: readonly object[]) => new Set(found.map((name) => JSON.stringify(name)));
      const isExcused = ({ why }: Fate) => why === 'thinned' || why === 'dropped' || why === 'damaged';
      const isCommitted = ({ committed, promised }: Fate) => committed || promised;
      const sum = all.reduce((total, { deliveries }) => total + deliveries, 0);
      expect(asSet(found.lost)).toEqual(
        names((each) => isCommitted(each) && each.deliveries === 0 && !isExcused(each)),
      );
      expect(asSet(found.invented)).toEqual(names((each) => !isCommitted(each) && each.deliveries > 0));
      expect(asSet(found.contradicted)).toEqual(
        names(
          ({ altered, committed, deliveries }) => altered && deliveries > 0 && (committed || deliveries > 1),
        ),
      );
      expect(found.committed).toBe(all.filter(isCommitted).length);
      expect(found.deliveries).toBe(sum);
      expect(found.duplicated.before).toBe(sum - all.filter(({ deliveries }) => deliveries > 0).length);
      expect(found.duplicated.after).toEqual([]);
    }),
  );
});

it('adds up explained and unexplained gaps to the names that no row has', () => {
  const stretch = fc.record({ first: fc.integer({ min: 1, max: 60 }), size: fc.nat(10) });
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 60 })), fc.array(stretch), (seqs, stretches) => {
      const reconciler = createReconciler();
      for (const seq of seqs) reconciler.committed(row(seq));
      for (const { first, size } of stretches) {
        reconciler.explained({ ...log, first, last: first + size }, 'skipped');
      }
      const { explained, unexplained } = reconciler.reconcile().gaps;
      const gone = range(1, Math.max(0, ...seqs)).filter((seq) => !seqs.includes(seq));
      const isOnRecord = (seq: number) =>
        stretches.some(({ first, size }) => first <= seq && seq <= first + size);
      expect(explained.skipped ?? 0).toBe(gone.filter(isOnRecord).length);
      expect(unexplained.flatMap(({ first, last }) => range(first, last))).toEqual(
        gone.filter((seq) => !isOnRecord(seq)),
      );
    }),
  );
});

function actsOf({ row, committed, promised, deliveries, why, altered }: Fate & { row: Row }): Act[] {
  const { seq, content, ...of } = row;
  const stretch = { ...of, first: seq, last: seq };
  return [
    ...(committed ? [(to: Parameters<Act>[0]) => to.committed(row)] : []),
    ...(promised ? [(to: Parameters<Act>[0]) => to.promised(stretch)] : []),
    ...(why ? [(to: Parameters<Act>[0]) => to.explained(stretch, why)] : []),
    ...range(1, deliveries).map((time) => (to: Parameters<Act>[0]) => {
      const isOther = altered && time === deliveries;
      to.received(isOther ? { ...row, content: `${content} altered` } : row, time);
    }),
  ];
}

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}
