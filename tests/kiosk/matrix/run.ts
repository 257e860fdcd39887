import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scaleInReadme, takePictures } from './pictures.js';
import { type Failure, writeReport } from './report.js';
import { openStage, type Stage } from './stage.js';
import { allStates, nameOf, type State } from './states.js';

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
  const isForReadme = args.includes('--readme');
  const stage = isForReadme ? await openStage(root, page, scaleInReadme) : await openStage(root, page);
  try {
    if (isForReadme) return await takePictures(stage, join(root, 'kiosk/pictures'));
    return await lookAtAll(stage, join(root, 'artifacts/screens'), statesThatFit(args));
  } finally {
    await stage.close();
  }
}

function statesThatFit(words: readonly string[]): State[] {
  return allStates().filter((state) => words.every((word) => Object.values(state).includes(word)));
}

/** Writes a picture of each state below a folder, and what is wrong with them. */
async function lookAtAll(stage: Stage, folder: string, states: readonly State[]): Promise<number> {
  if (states.length === 0) {
    process.stderr.write(`no state of the page fits that\n\n${usage}`);
    return 2;
  }
  await rm(folder, { recursive: true, force: true });
  const failures: Failure[] = [];
  for (const [index, state] of states.entries()) {
    failures.push(...(await lookAt(stage, folder, state)));
    if ((index + 1) % 50 === 0) {
      process.stderr.write(`${index + 1} of ${states.length}, ${failures.length} things wrong\n`);
    }
  }
  const failed = new Set(failures.map(({ state }) => nameOf(state))).size;
  const summary = `${states.length} states were looked at, ${failed} of them have something wrong.\n`;
  const report = failures.length === 0 ? summary : `${writeReport(failures)}\n\n${summary}`;
  await writeFile(join(folder, 'report.txt'), report);
  process.stdout.write(`${report}Pictures: ${folder}\n`);
  return failed === 0 ? 0 : 1;
}

async function lookAt(stage: Stage, folder: string, state: State): Promise<Failure[]> {
  try {
    await stage.show(state);
  } catch (error) {
    return [{ check: 'reached', problem: String(error), state }];
  }
  const path = join(folder, state.panel, state.language);
  await mkdir(path, { recursive: true });
  await writeFile(join(path, `${nameOf(state)}.jpg`), await stage.picture());
  return (await stage.look()).map((finding) => ({ ...finding, state }));
}
