/** One value of each dimension. */
export type Row<Dimensions extends Record<string, readonly string[]>> = {
  [Name in keyof Dimensions]: Dimensions[Name][number];
};

/**
 * Few rows that hold every pair of values there can be, of each two dimensions.
 *
 * @param canBe whether there is such a row
 */
export function coverPairs<const Dimensions extends Record<string, readonly string[]>>(
  dimensions: Dimensions,
  canBe: (row: Row<Dimensions>) => boolean,
): Row<Dimensions>[] {
  const rows = allRows(dimensions).filter(canBe);
  const pairs = rows.map(pairsOf);
  const open = new Set(pairs.flat());
  const chosen: Row<Dimensions>[] = [];
  while (open.size > 0) {
    let best = { index: -1, count: 0 };
    for (const [index, each] of pairs.entries()) {
      const count = each.reduce((sum, pair) => sum + Number(open.has(pair)), 0);
      if (count > best.count) best = { index, count };
    }
    const row = rows[best.index];
    if (!row) break;
    chosen.push(row);
    for (const pair of pairsOf(row)) open.delete(pair);
  }
  return chosen;
}

export function allRows<const Dimensions extends Record<string, readonly string[]>>(
  dimensions: Dimensions,
): Row<Dimensions>[] {
  const rows = Object.entries(dimensions).reduce<Record<string, string>[]>(
    (made, [name, values]) => made.flatMap((row) => values.map((value) => ({ ...row, [name]: value }))),
    [{}],
  );
  return rows as Row<Dimensions>[];
}

/** Each two values of a row, named. */
export function pairsOf(row: Readonly<Record<string, string>>): string[] {
  const named = Object.entries(row).map(([name, value]) => `${name}=${value}`);
  return named.flatMap((one, index) => named.slice(index + 1).map((other) => `${one} ${other}`));
}
