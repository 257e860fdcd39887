import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ShelterError } from '../../config/errors.js';
import { takeAlongOf } from '../../runtime/take-along.js';
import { scratchFolder } from '../rigs/scratch.js';

async function take(kiosk: Parameters<typeof takeAlongOf>[0]) {
  const failures: ShelterError[] = [];
  return { told: await takeAlongOf(kiosk, (error) => failures.push(error)), failures };
}

async function passwordFile(text: string): Promise<string> {
  const file = join(scratchFolder(), 'wifi.password');
  await writeFile(file, text);
  return file;
}

it('tells nothing where nothing is set up', async () => {
  expect(await take({})).toEqual({ told: { url: null, wifi: null }, failures: [] });
});

it('tells the address and the network, whose password is the whole line of its file', async () => {
  const file = await passwordFile(' bus; "stop" \n');
  const { told } = await take({
    publicUrl: 'https://stops.example/1',
    wifi: { name: '정류장', passwordFile: file },
  });
  expect(told).toEqual({
    url: 'https://stops.example/1',
    wifi: { name: '정류장', password: ' bus; "stop" ' },
  });
  expect((await take({ wifi: { name: 'open' } })).told.wifi).toEqual({ name: 'open', password: null });
});

it('tells no network whose password cannot be read or is none, and says why without saying what it is', async () => {
  for (const file of [
    '/nowhere/password',
    await passwordFile('short'),
    await passwordFile('비밀번호비밀번호'),
  ]) {
    const { told, failures } = await take({ wifi: { name: 'city', passwordFile: file } });
    expect(told.wifi).toBeNull();
    expect(failures).toMatchObject([{ code: 'WIFI_UNUSABLE' }]);
    expect(failures[0]?.message).not.toMatch(/short|비밀번호비밀/);
  }
});
