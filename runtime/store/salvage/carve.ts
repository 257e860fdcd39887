import { readTreePage, type TreePage } from './btree.js';
import type { Pages } from './pages.js';
import type { Field } from './record.js';
import type { Shape } from './shapes.js';

/** The rows of one image of a page. */
export interface CarvedPage {
  page: number;
  table: string;
  rows: Field[][];
  /** False where the page is damaged: what could be read of it may be wrong too. */
  sound: boolean;
}

/** Finds the rows in a file whose trees may be broken: page by page, whether its tree still leads there or not. */
export interface Carver {
  /** The pages that may hold rows. */
  pages(): Iterable<number>;
  /** The rows of a page. Of the one row that names the database, all images that there are. */
  at(page: number): CarvedPage[];
  /** What could not be read although it should have rows, among all pages that were asked for. */
  unreadable(): { pages: number; tables: ReadonlySet<string> };
}

export function carver(pages: Pages, shapes: readonly Shape[]): Carver {
  const { owners, rootless } = ownersOf(pages, shapes);
  const free = freePages(pages);
  const unreadable = new Map<number, Shape>();

  function carve(page: number, image: Uint8Array): CarvedPage | undefined {
    const owner = owners.get(page);
    const tree = readTreePage(image, { isFirst: false, overflow: pages.current });
    if (!tree && owner?.shape) unreadable.set(page, owner.shape);
    if (!tree || tree.kind === 'table-interior') return undefined;
    const isOwned = owner?.shape && fitsAll(owner.shape, tree);
    const shape = isOwned ? owner.shape : (shapeOf(tree, shapes) ?? owner?.shape);
    if (!shape) return undefined;
    const rows = tree.cells.map(shape.rowOf);
    const fitting = rows.filter((row) => row !== undefined);
    const isWhole = tree.sound && fitting.length === rows.length && kindOf(tree) === shape.kind;
    const { after, upTo } = isOwned ? owner : anyRowid;
    const isInPlace = tree.cells.every(
      ({ rowid }) => kindOf(tree) === 'index' || (rowid > after && rowid <= upTo),
    );
    return { page, table: shape.table, rows: fitting, sound: isWhole && isInPlace };
  }

  return {
    *pages() {
      for (let page = 2; page <= pages.count; page++) {
        const owner = owners.get(page);
        const isUseless = owner ? owner.shape === null : free.has(page);
        if (!isUseless) yield page;
      }
    },
    at(page) {
      const found = pages
        .images(page)
        .map((image) => carve(page, image))
        .filter((carved) => carved !== undefined);
      return found.some(({ table }) => table === 'meta') ? found : newestOf(found);
    },
    unreadable: () => ({
      pages: unreadable.size,
      tables: new Set([...rootless, ...[...unreadable.values()].map(({ table }) => table)]),
    }),
  };
}

/**
 * What the log has is newer than what the file has, but where the log was cut: then the file may have got rows from it
 * that the log itself has lost.
 */
function newestOf([inLog, inFile]: readonly CarvedPage[]): CarvedPage[] {
  if (!inLog || !inFile) return inLog ? [inLog] : [];
  return [isAhead(inFile, inLog) ? inFile : inLog];
}

/** Whether one image of a page has rows that were added after all of the other's. */
function isAhead(one: CarvedPage, other: CarvedPage): boolean {
  const isLog = one.table === other.table && (one.table === 'readings' || one.table === 'events');
  return isLog && one.sound && Number(one.rows.at(-1)?.[0]) > Number(other.rows.at(-1)?.[0]);
}

function kindOf({ kind }: TreePage): Shape['kind'] {
  return kind.startsWith('table') ? 'table' : 'index';
}

function fitsAll(shape: Shape, tree: TreePage): boolean {
  return shape.kind === kindOf(tree) && tree.cells.every((cell) => shape.rowOf(cell));
}

/** What a page must be that no tree leads to; undefined where it may be several things. */
export function shapeOf(tree: TreePage, shapes: readonly Shape[]): Shape | undefined {
  if (tree.cells.length === 0) return undefined;
  const fitting = shapes.filter((shape) => fitsAll(shape, tree));
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** What a tree says of a page of its own. */
interface Owner {
  /** Null where the tree has no whole rows. */
  shape: Shape | null;
  /** Between which rowids its own must lie: after the first, and up to the second. */
  after: number;
  upTo: number;
}

type Owners = Map<number, Owner>;

const anyRowid = { after: Number.NEGATIVE_INFINITY, upTo: Number.POSITIVE_INFINITY };

/** The owners, as far as the trees still lead, and the tables that no tree is known of. */
function ownersOf(pages: Pages, shapes: readonly Shape[]): { owners: Owners; rootless: string[] } {
  const owners: Owners = new Map([[1, { shape: null, ...anyRowid }]]);
  const roots: { name: string; root: number }[] = [];
  const overflow = pages.current;

  function walk(root: number, visit: (place: Place, tree: TreePage | undefined) => void): void {
    const seen = new Set<number>();
    const open: Place[] = [{ page: root, ...anyRowid }];
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      const { page, after, upTo } = place;
      const image = seen.has(page) || page < 1 || page > pages.count ? undefined : pages.current(page);
      seen.add(page);
      if (!image) continue;
      const tree = readTreePage(image, { isFirst: page === 1, overflow });
      visit(place, tree);
      let before = after;
      const below = (tree?.children ?? []).map((child) => {
        const next = { page: child.page, after: before, upTo: Math.min(child.upTo, upTo) };
        before = child.upTo;
        return next;
      });
      open.push(...below.reverse());
    }
  }

  walk(1, (_, tree) => {
    for (const { fields } of tree?.cells ?? []) {
      const [, name, , root] = fields;
      if (typeof name === 'string' && typeof root === 'number') roots.push({ name, root });
    }
  });
  for (const { name, root } of roots) {
    const shape = shapes.find(({ tree }) => tree === name) ?? null;
    const isTable = shape?.kind === 'table';
    walk(root, ({ page, after, upTo }, tree) => {
      const isLikely = !tree || (kindOf(tree) === 'table') === isTable;
      if (!owners.has(page) && isLikely) owners.set(page, { shape, after, upTo });
    });
  }
  const known = new Set(roots.map(({ name }) => name));
  return { owners, rootless: shapes.map(({ table }) => table).filter((table) => !known.has(table)) };
}

interface Place {
  page: number;
  after: number;
  upTo: number;
}

/** Pages that were given back, whose rows were deleted. */
function freePages(pages: Pages): Set<number> {
  const free = new Set<number>();
  const head = pages.current(1);
  let trunk = head ? uint32(head, 32) : 0;
  while (trunk > 0 && trunk <= pages.count && !free.has(trunk)) {
    free.add(trunk);
    const image = pages.current(trunk);
    if (!image) break;
    const count = Math.min(uint32(image, 4), image.length / 4 - 2);
    for (let index = 0; index < count; index++) free.add(uint32(image, 8 + 4 * index));
    trunk = uint32(image, 0);
  }
  return free;
}

function uint32(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0);
}
