import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Panel } from './dimensions.js';
import type { Stage } from './stage.js';
import type { State } from './states.js';

/** The pictures of the README, by their names. */
export const pictures = {
  board: { panel: 'portrait', situation: 'board', language: 'ko', mode: 'plain' },
  air: { panel: 'portrait', situation: 'air', language: 'ko', mode: 'plain' },
  route: { panel: 'portrait', situation: 'route', language: 'en', mode: 'plain' },
  help: { panel: 'portrait', situation: 'help', language: 'en', mode: 'plain' },
  'take-along': { panel: 'portrait', situation: 'take-along', language: 'en', mode: 'plain' },
  emergency: { panel: 'portrait', situation: 'emergency', language: 'ko', mode: 'plain' },
  large: { panel: 'portrait', situation: 'board', language: 'en', mode: 'large' },
  contrast: { panel: 'portrait', situation: 'board', language: 'en', mode: 'contrast' },
  low: { panel: 'portrait', situation: 'board', language: 'en', mode: 'low' },
  phone: { panel: 'phone', situation: 'board', language: 'en', mode: 'plain' },
  landscape: { panel: 'landscape', situation: 'board', language: 'en', mode: 'plain' },
  tv: { panel: 'tv', situation: 'board', language: 'ko', mode: 'plain' },
} as const satisfies Record<string, State>;

/** Panels are shown by half: a README is narrow. */
export function scaleInReadme({ view }: Panel): number {
  return view === 'hand' ? 1 : 0.5;
}

/** Writes each of them anew. @returns the exit code */
export async function takePictures(stage: Stage, folder: string): Promise<number> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const [name, state] of Object.entries(pictures)) {
    await stage.show(state);
    await writeFile(join(folder, `${name}.png`), await stage.view());
  }
  process.stdout.write(`${Object.keys(pictures).length} pictures: ${folder}\n`);
  return 0;
}
