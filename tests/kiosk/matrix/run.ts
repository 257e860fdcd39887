import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scaleInReadme, takePictures } from './pictures.js';
import { writeReport } from './report.js';
import { openStage, type Stage } from './stage.js';
import { allStates, nameOf, type State } from './states.js';
import { tour } from './tour.js';

const usage = `npm run screens [-- WORD …]   looks at every state of the page, or at those that all of the words fit:
                              screens (board, air …), panels (portrait, phone …), languages, modes (plain, large …)
npm run screens -- --readme   takes the pictures of the README anew
`;

/**
 * @param root of the project
 * @returns the exit code
 */
export async function run(root: string, args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    process.stdout.write(usage);
    return 0;
  }
  const page = join(root, 'dist/kiosk/ui');
  if (!args.includes('--readme'))
    return lookAtAll(() => openStage(root, page), join(root, 'artifacts/screens'), statesThatFit(args));
  const stage = await openStage(root, page, scaleInReadme);
  try {
    return await takePictures(stage, join(root, 'kiosk/pictures'));
  } finally {
    await stage.close();
  }
}

function statesThatFit(words: readonly string[]): State[] {
  return allStates().filter((state) => words.every((word) => Object.values(state).includes(word)));
}

/** Writes a picture of each state below a folder, and what is wrong with them. */
async function lookAtAll(
  open: () => Promise<Stage>,
  folder: string,
  states: readonly State[],
): Promise<number> {
  if (states.length === 0) {
    process.stderr.write(`no state of the page fits that\n\n${usage}`);
    return 2;
  }
  await rm(folder, { recursive: true, force: true });
  let count = 0;
  const failures = await tour(open, states, async (stage, state) => {
    await writePicture(stage, folder, state);
    count += 1;
    if (count % 50 === 0) process.stderr.write(`${count} of ${states.length}\n`);
  });
  const failed = new Set(failures.map(({ state }) => nameOf(state))).size;
  const summary = `${states.length} states were looked at, ${failed} of them have something wrong.\n`;
  const report = failures.length === 0 ? summary : `${writeReport(failures)}\n\n${summary}`;
  await writeFile(join(folder, 'report.txt'), report);
  process.stdout.write(`${report}Pictures: ${folder}\n`);
  return failed === 0 ? 0 : 1;
}

async function writePicture(stage: Stage, folder: string, state: State): Promise<void> {
  const path = join(folder, state.panel, state.language);
  await mkdir(path, { recursive: true });
  await writeFile(join(path, `${nameOf(state)}.jpg`), await stage.picture());
}
