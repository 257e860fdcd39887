import { join } from 'node:path';
import { writeEconomy } from '../rigs/write-economy.js';
import type { Bench, Figure } from './bench.js';

const hours = 24;

/** What a card cannot write less than. In bytes. */
const block = 4_096;

/** What a commit costs the card. */
export const writes: Bench = {
  name: 'writes',
  about: `Ten streams every 10 s for ${hours} hours of virtual time, each commit settled by an uplink at once: what the database writes
to the disk of the checkout, by Linux's own account of the process (write_bytes of /proc/self/io), in pages of 4 KiB;
rollups, checkpoints, reservations and cursors included, and what Linux would write back by itself between commits
that are far apart. What the journal of the file system adds is in nobody's account.`,
  async measure(root) {
    const folder = join(root, 'node_modules/.cache');
    return [
      ...figuresOf(folder, { seconds: 10, aims: { commit: '≤ × 1.5' } }),
      ...figuresOf(folder, { seconds: 60, aims: { reading: '≤ 120 B' } }),
    ];
  },
};

interface Case {
  /** Between two commits. */
  seconds: number;
  aims: { commit?: string; reading?: string };
}

function figuresOf(folder: string, { seconds, aims }: Case): Figure[] {
  const { bytes, commits, readings } = writeEconomy({ folder, seconds, hours });
  if (bytes === 0) {
    console.error('  The checkout is on no disk: this is not measured.');
    return [];
  }
  const every = `a commit every ${seconds} s`;
  const floor = 'one block of 4 KiB';
  return [
    {
      what: `${every}, for a commit`,
      value: bytes / commits,
      unit: 'B',
      reference: { what: floor, value: block },
      ...(aims.commit && { aim: aims.commit }),
    },
    {
      what: `${every}, for a reading`,
      value: bytes / readings,
      unit: 'B',
      reference: { what: `its share of ${floor}`, value: (block * commits) / readings },
      ...(aims.reading && { aim: aims.reading }),
    },
  ];
}
