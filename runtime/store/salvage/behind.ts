import { statSync } from 'node:fs';
import { newestVersion } from '../migrations.js';
import { readTreePage } from './btree.js';
import { shapeOf } from './carve.js';
import { openPages } from './pages.js';
import { shapesOf } from './shapes.js';

/**
 * Whether the write-ahead log has lost transactions that are in the database file already, as when it was cut while it
 * was being written back. SQLite would put the older pages that are left in it over the newer ones in the file, and
 * may not even notice.
 */
export function isLogBehind(file: string): boolean {
  if (!statSync(`${file}-wal`, { throwIfNoEntry: false })?.size) return false;
  const shapes = shapesOf(newestVersion);
  const pages = openPages(file);
  try {
    return [...pages.logged()].some((page) => {
      const [inLog, inFile] = pages.images(page).map((image) => lastRow(image));
      return inLog && inFile && inLog.table === inFile.table && inFile.seq > inLog.seq;
    });
  } finally {
    pages.close();
  }

  /** The last row of a page of a log; undefined on any other page. */
  function lastRow(image: Uint8Array): { table: string; seq: number } | undefined {
    const tree = readTreePage(image, { isFirst: false, overflow: pages.current });
    const seq = tree?.cells.at(-1)?.rowid;
    if (!tree?.sound || seq === undefined) return undefined;
    const table = shapeOf(tree, shapes)?.table;
    return table === 'readings' || table === 'events' ? { table, seq } : undefined;
  }
}
