/**
 * Brings the real programs that tests run against from Debian, where this may be done (root on Debian), and otherwise
 * names what will be skipped. Plain JavaScript, because it runs before the tests and their loader.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const wanted = [
  { package: 'mosquitto', shows: 'the uplink against a real broker', there: () => onPath('mosquitto') },
  { package: 'chromium', shows: 'the page in a real browser', there: () => onPath('chromium') },
  {
    package: 'fonts-noto-cjk',
    shows: 'Hangul in screenshots',
    there: () => existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'),
  },
  { package: 'espeak-ng', shows: 'the voice of the screen', there: () => onPath('espeak-ng') },
  { package: 'mecab', shows: 'the voice of the screen in Japanese', there: () => onPath('mecab') },
  {
    package: 'mecab-ipadic-utf8',
    shows: 'the voice of the screen in Japanese',
    there: () => existsSync('/var/lib/mecab/dic/ipadic-utf8'),
  },
  { package: 'fuse3', shows: 'GPIO through the real onoff', there: () => onPath('fusermount3') },
  {
    package: 'libfuse3-dev',
    shows: 'GPIO through the real onoff',
    there: () => existsSync('/usr/include/fuse3/fuse.h'),
  },
  { package: 'pkg-config', shows: 'GPIO through the real onoff', there: () => onPath('pkg-config') },
];

const missing = wanted.filter(({ there }) => !there());
if (missing.length > 0) {
  const names = missing.map((each) => each.package);
  if (mayInstall()) install(names);
  for (const each of missing.filter(({ there }) => !there())) {
    console.warn(`SKIPPED where it is needed: Debian's ${each.package} is not installed (${each.shows}).`);
  }
}

function mayInstall() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && onPath('apt-get');
}

function install(names) {
  console.warn(`Installing from Debian for the tests: ${names.join(', ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { env, stdio: ['ignore', 'ignore', 'inherit'] };
  spawnSync('apt-get', ['update', '-qq'], options);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], options);
}

function onPath(command) {
  const folders = `${process.env.PATH ?? ''}:/usr/sbin:/usr/bin`.split(':');
  return folders.some((folder) => existsSync(`${folder}/${command}`));
}
