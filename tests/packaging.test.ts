import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

/** What makes the .deb, as far as it can be held against the house without making one. */

const house = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, house), 'utf8');
const manifest = z
  .object({ version: z.string(), bin: z.object({ ushelter: z.string() }), files: z.array(z.string()) })
  .parse(JSON.parse(read('package.json')));

/** The keys of electron-builder 26 that are in use; it refuses any that it does not know. */
const builder = z
  .strictObject({
    appId: z.string(),
    productName: z.string().regex(/^[\w-]+$/),
    extraMetadata: z.strictObject({
      main: z.string(),
      homepage: z.url(),
      author: z.strictObject({ name: z.string(), email: z.email() }),
    }),
    directories: z.strictObject({ output: z.string(), buildResources: z.string() }),
    electronDist: z.string(),
    npmRebuild: z.literal(false),
    nodeGypRebuild: z.literal(false),
    asar: z.literal(false),
    files: z.array(z.string()),
    linux: z.strictObject({
      target: z.literal('deb'),
      executableName: z.string(),
      category: z.string(),
      synopsis: z.string(),
      description: z.string(),
      icon: z.string(),
    }),
    deb: z.strictObject({
      artifactName: z.string(),
      packageName: z.string().regex(/^[a-z0-9][a-z0-9+.-]+$/),
      packageCategory: z.string(),
      priority: z.enum(['required', 'important', 'standard', 'optional', 'extra']),
      compression: z.enum(['gz', 'bzip2', 'xz']),
      depends: z.array(z.string()),
      recommends: z.array(z.string()),
      afterInstall: z.string(),
      afterRemove: z.string(),
      fpm: z.array(z.string().regex(/^[^=]+=\/[^=]+$/)),
    }),
  })
  .parse(parse(read('electron-builder.yml')));

const placed = new Map(builder.deb.fpm.map((each) => [each.split('=')[1], each.split('=')[0] ?? '']));
const scripts = [builder.deb.afterInstall, builder.deb.afterRemove];
const app = `/opt/${builder.productName}/resources/app`;

describe('electron-builder.yml', () => {
  it('names files that are there', () => {
    for (const file of [
      ...placed.values(),
      ...scripts,
      builder.linux.icon,
      builder.directories.buildResources,
    ]) {
      expect(existsSync(new URL(file, house)), file).toBe(true);
    }
    for (const pattern of builder.files.filter((each) => !each.startsWith('dist/'))) {
      const path = pattern.replace(/\/\*\*$/, '');
      expect(existsSync(new URL(path, house)), pattern).toBe(true);
    }
  });

  it('packs all that is published as a package, and starts what is built', () => {
    const patterns = new Set(builder.files.map((pattern) => pattern.replace(/\/\*\*$/, '')));
    expect(manifest.files.filter((file) => !patterns.has(file))).toEqual([]);
    expect(existsSync(new URL(builder.extraMetadata.main.replace(/^dist\/(.*)\.js$/, '$1.ts'), house))).toBe(
      true,
    );
  });

  it('takes Electron from a path, and the name under which the shell looks for it', () => {
    expect(builder.electronDist).toBe('node_modules/electron/dist');
    expect(read('kiosk/shell/installed-electron.ts')).toContain(`/${builder.linux.executableName}'`);
  });

  it('needs the Node that the package needs', () => {
    expect(builder.deb.depends).toContain('nodejs (>= 20.19)');
    expect(read('package.json')).toContain('"node": ">=20.19"');
  });

  it('puts no file in two places, and none where another package has it', () => {
    expect(placed.size).toBe(builder.deb.fpm.length);
    for (const place of placed.keys()) expect(place).toMatch(/ushelter/);
  });
});

describe('A script of the package', () => {
  /** What electron-builder fills in; it fails at any other name in dollar and braces. */
  const macros = ['sanitizedProductName', 'executable'];

  it.each(scripts)('%s is one that a shell and electron-builder can read', (script) => {
    const text = read(script);
    expect(text.startsWith('#!/bin/sh\n')).toBe(true);
    const names = [...text.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => name);
    expect(names.filter((name) => !macros.includes(name))).toEqual([]);
    const { status, stderr } = spawnSync('sh', ['-n'], { input: text, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('makes the user and puts it into the groups of the devices', () => {
    const text = read(builder.deb.afterInstall);
    expect(text).toContain('adduser --system --group');
    for (const group of ['gpio', 'dialout', 'video', 'input'])
      expect(text).toMatch(new RegExp(`in .*\\b${group}\\b`));
  });

  it('keeps what was measured over an upgrade, and lets it go when it is purged', () => {
    const text = read(builder.deb.afterRemove);
    expect(text.indexOf('upgrade')).toBeLessThan(text.indexOf('rm -rf'));
    expect(text).toMatch(/if \[ "\$1" = purge \]; then\n {2}rm -rf \/var\/lib\/ushelter/);
  });

  it('never takes the sandbox away', () => {
    const all = ['packaging', 'kiosk'].flatMap((folder) =>
      readdirSync(new URL(folder, house), { recursive: true, encoding: 'utf8' }).map(
        (path) => `${folder}/${path}`,
      ),
    );
    const texts = all.filter(
      (path) => statSync(new URL(path, house)).isFile() && !/\.(png|woff2)$/.test(path),
    );
    expect(texts.length).toBeGreaterThan(50);
    expect(texts.filter((path) => read(path).includes('no-sandbox'))).toEqual([]);
  });
});

describe('The command of the package', () => {
  it('is the built one, with the flags that spare memory', () => {
    const source = placed.get('/usr/bin/ushelter') ?? '';
    expect(statSync(new URL(source, house)).mode & 0o111).toBe(0o111);
    const wrapper = read(source);
    expect(wrapper).toContain(`${app}/${manifest.bin.ushelter} "$@"`);
    const [, flags = ''] = /^#!.* node (.*)\n/.exec(read('runtime/cli/main.ts')) ?? [];
    for (const flag of flags.split(' ')) expect(wrapper).toContain(flag);
  });
});

describe('A service', () => {
  const units = [...placed].filter(([place]) => place?.endsWith('.service')).map(([, source]) => source);

  it.each(units)('%s runs as its user, is watched, and always comes back', (unit) => {
    const settings = new Map(
      read(unit)
        .split('\n')
        .filter((line) => /^\w+=/.test(line))
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
    expect(Object.fromEntries(settings)).toMatchObject({
      User: 'ushelter',
      Restart: 'always',
      StartLimitIntervalSec: '0',
      NotifyAccess: 'all',
      ConditionPathExists: '/etc/ushelter/site.yaml',
    });
    expect(Number(settings.get('WatchdogSec'))).toBeGreaterThanOrEqual(60);
    const command = settings.get('ExecStart') ?? '';
    const [, name = '', args = ''] = /\/usr\/bin\/ushelter (\w+) (.*)$/.exec(command) ?? [];
    const help = read(`runtime/cli/${name}.ts`);
    for (const [option] of args.matchAll(/--[\w-]+/g)) expect(help).toContain(`${option} <`);
  });

  it('lets nobody out of the screen to another terminal', () => {
    expect(read('packaging/systemd/ushelter-kiosk.service')).toMatch(/^ExecStart=\/usr\/bin\/cage -d -- /m);
  });

  it('has the sensing outlive the screen where memory runs out', () => {
    const score = (unit: string) =>
      Number(/^OOMScoreAdjust=(.*)$/m.exec(read(`packaging/systemd/${unit}`))?.[1]);
    expect(score('ushelter.service')).toBeLessThan(score('ushelter-kiosk.service'));
  });
});
