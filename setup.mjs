/**
 * Makes a checkout ready to run: installs from the lock file and builds, each only when something changed.
 * Plain JavaScript without dependencies, because it runs before anything is installed.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const sources = [
  'config',
  'drivers',
  'kiosk',
  'runtime',
  'simulators',
  'tsconfig.json',
  'tsconfig.build.json',
];

requireNode();
step(
  'node_modules/.installed',
  installState(),
  'Installing packages (the first time takes a few minutes) …',
  install,
);
step('dist/.built', buildState(), 'Building …', build);

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  stop(`u-shelter needs Node 20.19 or newer; this is ${process.versions.node}.`);
}

/** Runs the work unless the stamp says that it was done for this very state. */
function step(stamp, state, message, work) {
  const path = join(root, stamp);
  if (existsSync(path) && readFileSync(path, 'utf8') === state) return;
  console.error(message);
  work();
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, state);
}

function installState() {
  return digest(['package.json', 'package-lock.json'], `${process.versions.modules} ${process.arch}`);
}

function install() {
  provideBuildTools();
  // Not `npm ci`: it refuses a lock file that leaves out other platforms’ optional binaries.
  run('npm', ['install', '--no-save'], { ...process.env, ...headersBesideNode() });
}

function buildState() {
  return digest(sources, installState());
}

function build() {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  run('npx', ['tsc', '-p', 'tsconfig.build.json']);
  run('npx', ['vite', 'build', '--config', 'kiosk/ui/vite.config.ts', '--logLevel', 'warn']);
}

/** Native packages are compiled by node-gyp, which needs Python and make; Debian has them. */
function provideBuildTools() {
  const missing = [
    ['python3', 'python3'],
    ['make', 'make'],
  ].filter(([command]) => spawnSync(command, ['--version']).error);
  if (missing.length === 0) return;
  const packages = missing.map(([, name]) => name);
  const mayInstall = process.getuid?.() === 0 && !spawnSync('apt-get', ['--version']).error;
  if (!mayInstall) stop(`To compile native packages, first run: sudo apt-get install ${packages.join(' ')}`);
  run('apt-get', ['update', '-qq']);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages]);
}

/** Spares node-gyp the download of headers that lie beside Node already. */
function headersBesideNode() {
  const prefix = resolve(dirname(process.execPath), '..');
  const known =
    process.env.npm_config_nodedir !== undefined || !existsSync(join(prefix, 'include/node/node.h'));
  return known ? {} : { npm_config_nodedir: prefix };
}

function digest(paths, salt) {
  const hash = createHash('sha256').update(salt);
  for (const path of paths)
    for (const file of filesBelow(join(root, path))) hash.update(file).update(readFileSync(file));
  return hash.digest('hex');
}

function filesBelow(path) {
  if (!existsSync(path)) return [];
  try {
    return readdirSync(path)
      .sort()
      .flatMap((name) => filesBelow(join(path, name)));
  } catch {
    return [path];
  }
}

function run(command, args, env = process.env) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], env });
  if (error) stop(`${command} could not be started: ${error.message}`);
  if (status !== 0) stop(`\`${command} ${args.join(' ')}\` failed; its messages stand above.`);
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
