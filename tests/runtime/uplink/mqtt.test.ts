import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync, type IPublishPacket } from 'mqtt';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { UplinkConfig } from '../../../config/site.js';
import { systemClock } from '../../../drivers/bindings/system-clock.js';
import type { Connection, Message } from '../../../runtime/uplink/link.js';
import { mqttBroker } from '../../../runtime/uplink/mqtt.js';
import { availability, uplinkTopics } from '../../../runtime/uplink/topics.js';
import { startBroker } from '../../../simulators/broker.js';
import { startProxy } from '../../rigs/cuttable-proxy.js';
import { mosquitto, startMosquitto } from '../../rigs/mosquitto.js';
import { findProgram } from '../../rigs/programs.js';

const openssl = findProgram('openssl');
const topics = uplinkTopics('city', 'a');
const { offline, online } = availability(topics);
const message = (text: string): Message => ({
  topic: topics.readings,
  payload: new TextEncoder().encode(text),
  retain: false,
});

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

function onCleanUp<T extends { close(): unknown }>(thing: T): T {
  cleanUps.push(() => thing.close());
  return thing;
}

function brokerAt(url: string, config: Partial<UplinkConfig> = {}) {
  return mqttBroker({
    config: { url, topicPrefix: 'city', batch: 100, ...config },
    clientId: 'ushelter-a',
    will: offline,
    clock: systemClock,
  });
}

async function connectTo(port: number, config: Partial<UplinkConfig> = {}): Promise<Connection> {
  const { signal } = new AbortController();
  return onCleanUp(await brokerAt(`mqtt://127.0.0.1:${port}`, config).connect(signal));
}

async function failureAt(url: string, config: Partial<UplinkConfig> = {}): Promise<unknown> {
  const { signal } = new AbortController();
  return brokerAt(url, config)
    .connect(signal)
    .catch((error) => error);
}

/** Someone else at the broker, who hears everything. */
async function listenAt(port: number) {
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0 });
  cleanUps.push(() => client.endAsync(true));
  const heard: string[] = [];
  client.on('message', (topic: string, payload: Buffer, { dup }: IPublishPacket) => {
    heard.push(`${topic} ${payload}${dup ? ' again' : ''}`);
  });
  await client.subscribeAsync('city/#', { qos: 1 });
  return heard;
}

const lossOf = (connection: Connection) =>
  new Promise<{ code: string; message: string }>((resolve) => connection.onLost(resolve));

async function startEmbedded() {
  const broker = await startBroker({ host: '127.0.0.1', port: 0 });
  return { port: Number(new URL(broker.url).port), close: broker.close };
}

const brokers = [
  { name: 'the embedded broker', start: startEmbedded },
  ...(mosquitto ? [{ name: 'Mosquitto', start: () => startMosquitto() }] : []),
];

describe.each(brokers)('a connection to $name', ({ start }) => {
  let port: number;
  beforeEach(async () => {
    port = onCleanUp(await start()).port;
  });

  it('delivers messages in the order in which they were published', async () => {
    const heard = await listenAt(port);
    const connection = await connectTo(port);
    await Promise.all(['1', '2', '3'].map((text) => connection.publish(message(text))));
    await vi.waitFor(() => expect(heard).toEqual(['1', '2', '3'].map((text) => `city/a/readings ${text}`)));
  });

  it('counts a message as sent only when the broker has acknowledged it', async () => {
    const proxy = onCleanUp(await startProxy(port));
    const heard = await listenAt(port);
    const connection = await connectTo(proxy.port);
    proxy.muffle();
    let outcome = 'open';
    connection.publish(message('1')).then(
      () => (outcome = 'acknowledged'),
      (error) => (outcome = error.code),
    );
    await vi.waitFor(() => expect(heard).toEqual(['city/a/readings 1']));
    expect(outcome).toBe('open');
    proxy.cut();
    await vi.waitFor(() => expect(outcome).toBe('UPLINK_UNREACHABLE'));
  });

  it('fails what is under way as soon as the line is cut, and sends none of it again', async () => {
    const proxy = onCleanUp(await startProxy(port));
    const heard = await listenAt(port);
    const connection = await connectTo(proxy.port);
    const loss = lossOf(connection);
    proxy.muffle();
    const outcomes = Promise.allSettled(['1', '2'].map((text) => connection.publish(message(text))));
    await vi.waitFor(() => expect(heard).toHaveLength(2));
    proxy.cut();
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await loss).toMatchObject({ code: 'UPLINK_UNREACHABLE' });
    await expect(connection.publish(message('late'))).rejects.toMatchObject({ code: 'UPLINK_UNREACHABLE' });

    const next = await connectTo(proxy.port);
    await next.publish(message('3'));
    await vi.waitFor(() => expect(heard).toContain('city/a/readings 3'));
    expect(heard.filter((line) => line.startsWith(topics.readings))).toHaveLength(3);
  });

  it('leaves the will behind when the line is cut', async () => {
    const proxy = onCleanUp(await startProxy(port));
    const heard = await listenAt(port);
    const connection = await connectTo(proxy.port);
    await connection.publish(online);
    proxy.cut();
    await vi.waitFor(() => expect(heard).toEqual(['city/a/status online', 'city/a/status offline']));
    const later = await listenAt(port);
    await vi.waitFor(() => expect(later).toEqual(['city/a/status offline']));
  });

  it('leaves no will behind when it takes leave', async () => {
    const heard = await listenAt(port);
    const connection = await connectTo(port);
    await connection.publish(online);
    await connection.close();
    const next = await connectTo(port);
    await next.publish(message('after'));
    await vi.waitFor(() => expect(heard).toEqual(['city/a/status online', 'city/a/readings after']));
  });

  it('hangs up on a broker that owes an acknowledgement', async () => {
    const proxy = onCleanUp(await startProxy(port));
    const heard = await listenAt(port);
    const connection = await connectTo(proxy.port);
    proxy.muffle();
    const outcome = connection.publish(message('1')).catch((error) => error);
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    await connection.close();
    expect(await outcome).toMatchObject({ code: 'UPLINK_UNREACHABLE' });
    await vi.waitFor(() => expect(heard).toContain('city/a/status offline'));
  });

  it('gives up a try when it is told to', async () => {
    const proxy = onCleanUp(await startProxy(port));
    proxy.muffle();
    const abort = new AbortController();
    const failure = brokerAt(`mqtt://127.0.0.1:${proxy.port}`).connect(abort.signal);
    setImmediate(() => abort.abort());
    await expect(failure).rejects.toThrow();
  });
});

describe.runIf(mosquitto)('a connection to Mosquitto that goes wrong', () => {
  it('ends when the broker dies, and can be made anew when it is back', async () => {
    const broker = onCleanUp(await startMosquitto());
    const connection = await connectTo(broker.port);
    const loss = lossOf(connection);
    await broker.kill();
    expect(await loss).toMatchObject({ code: 'UPLINK_UNREACHABLE' });
    expect(await failureAt(`mqtt://127.0.0.1:${broker.port}`)).toMatchObject({
      code: 'UPLINK_UNREACHABLE',
      message: `mqtt://127.0.0.1:${broker.port} cannot be reached: nothing listens there.`,
    });
    await broker.start();
    const heard = await listenAt(broker.port);
    await (await connectTo(broker.port)).publish(message('back'));
    await vi.waitFor(() => expect(heard).toEqual(['city/a/readings back']));
  });

  it('ends when another device takes its name', async () => {
    const broker = onCleanUp(await startMosquitto());
    const loss = lossOf(await connectTo(broker.port));
    await connectTo(broker.port);
    expect(await loss).toMatchObject({ code: 'UPLINK_UNREACHABLE' });
  });

  describe('over a password', () => {
    const folder = temporaryFolder();
    const passwords = join(folder, 'passwords');
    const passwordFile = join(folder, 'device.password');

    beforeAll(() => {
      execFileSync('mosquitto_passwd', ['-b', '-c', passwords, 'shelter', 's3cret'], { stdio: 'ignore' });
    });

    it('is let in with the right one, read anew for each try', async () => {
      const { port } = onCleanUp(
        await startMosquitto(['allow_anonymous false', `password_file ${passwords}`]),
      );
      const login = { username: 'shelter', passwordFile };
      writeFileSync(passwordFile, 'wrong\n');
      const failure = await failureAt(`mqtt://127.0.0.1:${port}`, login);
      expect(failure).toMatchObject({
        code: 'UPLINK_REFUSED',
        hint: expect.stringContaining('password file'),
      });
      expect(String(failure)).toContain(`mqtt://127.0.0.1:${port} does not let this user in`);
      expect(String(failure)).not.toContain('wrong\n');
      writeFileSync(passwordFile, 's3cret\n');
      await (await connectTo(port, login)).publish(message('1'));
    });
  });

  describe.runIf(openssl)('over TLS', () => {
    const folder = temporaryFolder();
    const file = (name: string) => join(folder, name);
    const server = [
      `cafile ${file('ca.pem')}`,
      `certfile ${file('broker.pem')}`,
      `keyfile ${file('broker.key')}`,
    ];

    beforeAll(() => {
      makeAuthority(folder, 'ca');
      makeAuthority(folder, 'stranger');
      makeCertificate(folder, 'ca', 'broker');
      makeCertificate(folder, 'ca', 'device');
      makeCertificate(folder, 'stranger', 'impostor');
    });

    it('trusts the authority of the site and no other', async () => {
      const { port } = onCleanUp(await startMosquitto(['allow_anonymous true', ...server]));
      const url = `mqtts://127.0.0.1:${port}`;
      await (await connectTo(port, { url, caFile: file('ca.pem') })).publish(message('1'));
      for (const config of [{}, { caFile: file('stranger.pem') }]) {
        expect(await failureAt(url, config)).toMatchObject({
          code: 'UPLINK_UNTRUSTED',
          message: `${url} has a certificate of an authority that is not trusted here.`,
          hint: expect.stringContaining('uplink.caFile'),
        });
      }
      expect(await failureAt(`mqtt://127.0.0.1:${port}`)).toMatchObject({ code: 'UPLINK_UNREACHABLE' });
    });

    it('shows its own certificate where the broker asks for one', async () => {
      const strict = ['allow_anonymous true', 'require_certificate true', ...server];
      const { port } = onCleanUp(await startMosquitto(strict));
      const url = `mqtts://127.0.0.1:${port}`;
      const shown = (name: string) => ({
        caFile: file('ca.pem'),
        certificateFile: file(`${name}.pem`),
        keyFile: file(`${name}.key`),
      });
      await (await connectTo(port, { url, ...shown('device') })).publish(message('1'));
      for (const config of [{ caFile: file('ca.pem') }, shown('impostor')]) {
        expect(await failureAt(url, config)).toMatchObject({
          code: 'UPLINK_REFUSED',
          hint: expect.stringContaining('uplink.certificateFile'),
        });
      }
    });

    it('names a certificate file that is none', async () => {
      writeFileSync(file('nonsense.pem'), 'hello');
      const config = { certificateFile: file('nonsense.pem'), keyFile: file('device.key') };
      expect(await failureAt('mqtts://127.0.0.1:1', config)).toMatchObject({ code: 'UPLINK_FILE_UNUSABLE' });
    });
  });
});

describe('the way to an MQTT broker', () => {
  it('names a password file that is not there', async () => {
    expect(await failureAt('mqtt://127.0.0.1:1', { passwordFile: '/nowhere/password' })).toMatchObject({
      code: 'UPLINK_FILE_UNUSABLE',
      message: expect.stringContaining('uplink.passwordFile could not be read: ENOENT'),
    });
  });

  it('names a host that is not known', async () => {
    expect(await failureAt('mqtt://no-such-host.invalid')).toMatchObject({
      code: 'UPLINK_UNREACHABLE',
      message: 'mqtt://no-such-host.invalid cannot be found: its name is not known.',
    });
  });

  it('says so where something else than MQTT answers', async () => {
    const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    cleanUps.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    expect(await failureAt(`mqtt://127.0.0.1:${port}`)).toMatchObject({
      code: 'UPLINK_UNREACHABLE',
      message: expect.stringContaining('sent something that is not MQTT'),
    });
  });

  it('shows no password that stands in the address', () => {
    expect(brokerAt('mqtt://shelter:s3cret@broker.example.city:1883').url).toBe(
      'mqtt://broker.example.city:1883',
    );
  });
});

function temporaryFolder(): string {
  const folder = join(tmpdir(), `ushelter-uplink-${randomUUID()}`);
  beforeAll(() => void mkdirSync(folder));
  afterAll(() => rmSync(folder, { recursive: true }));
  return folder;
}

function run(...args: string[]): void {
  if (openssl) execFileSync(openssl, args, { stdio: 'pipe' });
}

const ellipticKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

function makeAuthority(folder: string, name: string): void {
  const [key, certificate] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)];
  run(
    'req',
    '-x509',
    ...ellipticKey,
    '-keyout',
    key,
    '-out',
    certificate,
    '-days',
    '2',
    '-subj',
    `/CN=${name}`,
  );
}

function makeCertificate(folder: string, authority: string, name: string): void {
  const at = (ending: string) => join(folder, ending);
  const request = at(`${name}.csr`);
  writeFileSync(at('names'), 'subjectAltName=IP:127.0.0.1');
  run('req', ...ellipticKey, '-keyout', at(`${name}.key`), '-out', request, '-subj', `/CN=${name}`);
  const signer = ['-CA', at(`${authority}.pem`), '-CAkey', at(`${authority}.key`), '-CAcreateserial'];
  run(
    'x509',
    '-req',
    '-in',
    request,
    ...signer,
    '-out',
    at(`${name}.pem`),
    '-days',
    '2',
    '-extfile',
    at('names'),
  );
}
