import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Runs scripts of ours under `with-gpio`, the stand-in for /sys/class/gpio that lies beside the checkout. */

const withGpio = fileURLToPath(new URL('../../../shared/gpio-rig/with-gpio', import.meta.url));
const bundles = fileURLToPath(new URL('../../node_modules/.cache/gpio-rig', import.meta.url));

/** What this machine lacks for the rig; empty where it can run. */
export function lackingForGpioRig(): string[] {
  const needs: [what: string, met: boolean][] = [
    ['the rig ../shared/gpio-rig/with-gpio', existsSync(withGpio)],
    ['root', process.getuid?.() === 0],
    ['/dev/fuse', existsSync('/dev/fuse')],
    ['gcc', runs('gcc', '--version')],
    ['Debian’s fuse3', runs('fusermount3', '--version')],
    ['Debian’s libfuse3-dev and pkg-config', runs('pkg-config', '--exists', 'fuse3')],
    ['mount namespaces', runs('unshare', '--mount', 'true')],
  ];
  return needs.filter(([, met]) => !met).map(([what]) => what);
}

/** The chip that the rig plays. */
export interface RiggedChip {
  base: number;
  label: string;
  ngpio: number;
}

/** How long a script may take, in ms. */
const patience = 15_000;

/**
 * Runs a script of ours where /sys/class/gpio shows the chip.
 *
 * @returns the JSON it prints
 * @throws Error with what it said, where it prints none or does not end
 */
export async function runUnderGpio(script: URL, chip: RiggedChip, ...args: string[]): Promise<unknown> {
  const program = await bundled(script);
  const { said, complaints } = await outputOf([withGpio, process.execPath, program, ...args], {
    ...process.env,
    GPIO_BASE: String(chip.base),
    GPIO_LABEL: chip.label,
    GPIO_NGPIO: String(chip.ngpio),
  });
  try {
    return JSON.parse(said);
  } catch {
    throw new Error(
      `${script.pathname} printed no report but ${JSON.stringify(said)}; it complained: ${complaints}`,
    );
  }
}

const programs = new Map<string, Promise<string>>();

/** The script as JavaScript, bundled once. */
function bundled(script: URL): Promise<string> {
  const known = programs.get(script.href);
  if (known) return known;
  const program = bundle(fileURLToPath(script));
  programs.set(script.href, program);
  return program;
}

async function bundle(entry: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    build: { ssr: entry, outDir: bundles, minify: false, emptyOutDir: false },
  });
  return `${bundles}/${basename(entry, '.ts')}.js`;
}

/** Runs a command to its end, and ends it with all it has started where that takes too long. */
function outputOf([command = '', ...args]: string[], env: NodeJS.ProcessEnv) {
  return new Promise<{ said: string; complaints: string }>((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const { pid } = child;
    let said = '';
    let complaints = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
    });
    child.stderr.on('data', (chunk) => {
      complaints += chunk;
    });
    const deadline = setTimeout(() => {
      said = '';
      complaints += `\nIt did not end within ${patience} ms.`;
      if (pid !== undefined) process.kill(-pid, 'SIGTERM');
    }, patience);
    child.on('error', reject);
    child.on('close', () => {
      clearTimeout(deadline);
      resolve({ said, complaints });
    });
  });
}

function runs(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}
