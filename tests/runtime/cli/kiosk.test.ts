import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scratchFolder } from '../../rigs/scratch.js';
import { ushelter } from '../../rigs/ushelter.js';

const bare = { env: { DISPLAY: '', WAYLAND_DISPLAY: '' } };

function siteFile(): string {
  const file = join(scratchFolder(), 'site.yaml');
  writeFileSync(
    file,
    'id: a\nname: { en: Stop }\nplace: { latitude: 1, longitude: 2 }\ntimeZone: UTC\nlanguages: [en]\napi: { port: 8123 }\n',
  );
  return file;
}

describe('ushelter kiosk', () => {
  it('tells what it does, and how it ends', async () => {
    const { code, stdout } = await ushelter(['kiosk', '--help']);
    expect(code).toBe(0);
    for (const word of ['--browser <browser>', '--config <file>', 'Exit codes', 'keep it alive'])
      expect(stdout).toContain(word);
  });

  it.each(['electron', 'chromium'])(
    'says in one line why %s cannot start here, and what to do',
    async (browser) => {
      const { code, stdout, stderr } = await ushelter(
        ['kiosk', '--browser', browser, '--config', siteFile()],
        bare,
      );
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr.trimEnd()).toMatch(/^[^\n]+, or open http:\/\/127\.0\.0\.1:8123\/ in a browser\.$/);
    },
  );

  it.each([[['--browser', 'netscape']], [['--url', 'file:///etc/passwd']], [['--colour', 'red']]])(
    'does not understand %j',
    async (args) => {
      expect((await ushelter(['kiosk', ...args], bare)).code).toBe(2);
    },
  );

  it('tells what is wrong with a site file', async () => {
    const file = join(scratchFolder(), 'site.yaml');
    writeFileSync(file, 'id: a\n');
    const { code, stderr } = await ushelter(['kiosk', '--config', file], bare);
    expect(code).toBe(1);
    expect(stderr).toContain('SITE_INVALID');
  });
});
