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
import type { Connection } from '../../../runtime/uplink/link.js';
import type { Message, Received } from '../../../runtime/uplink/message.js';
import { mqttBroker } from '../../../runtime/uplink/mqtt.js';
import { availability, uplinkTopics } from '../../../runtime/uplink/topics.js';
import { startBroker } from '../../../simulators/broker.js';
import { makeAuthority, makeCertificate, openssl } from '../../rigs/certificates.js';
import { startProxy } from '../../rigs/cuttable-proxy.js';
import { mosquitto, startMosquitto } from '../../rigs/mosquitto.js';

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

function brokerAt(url: string, config: Partial<UplinkConfig> = {}, clientId = 'ushelter-a') {
  return mqttBroker({ config: { url, ...config }, clientId, clock: systemClock });
}

async function connectTo(
  port: number,
  config: Partial<UplinkConfig> = {},
  clientId = 'ushelter-a',
): Promise<Connection> {
  const { signal } = new AbortController();
  return onCleanUp(await brokerAt(`mqtt://127.0.0.1:${port}`, config, clientId).connect(offline, signal));
}

async function failureAt(url: string, config: Partial<UplinkConfig> = {}): Promise<unknown> {
  const { signal } = new AbortController();
  return brokerAt(url, config)
    .connect(offline, signal)
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

  it('hangs up on a broker that owes an answer to a subscription', async () => {
    const proxy = onCleanUp(await startProxy(port));
    const connection = await connectTo(proxy.port);
    proxy.muffle();
    const outcome = connection.subscribe('city/a/commands').catch((error) => error);
    await connection.close();
    expect(await outcome).toMatchObject({ code: 'UPLINK_UNREACHABLE' });
  });

  it('gives up a try when it is told to', async () => {
    const proxy = onCleanUp(await startProxy(port));
    proxy.muffle();
    const abort = new AbortController();
    const failure = brokerAt(`mqtt://127.0.0.1:${proxy.port}`).connect(offline, abort.signal);
    setImmediate(() => abort.abort());
    await expect(failure).rejects.toThrow();
  });
});

describe.runIf(mosquitto)('a connection to Mosquitto in MQTT 5', () => {
  it('carries what MQTT 5 has a place for, both ways', async () => {
    const { port } = onCleanUp(await startMosquitto());
    const [asking, answering] = [await connectTo(port), await connectTo(port, {}, 'ushelter-b')];
    expect(asking.abilities).toEqual({ version: '5', receiveMaximum: 20 });
    const received: Received[] = [];
    asking.onMessage((message) => received.push(message));
    await asking.subscribe('city/a/answers');
    await answering.publish({
      topic: 'city/a/answers',
      payload: new TextEncoder().encode('{}'),
      retain: true,
      contentType: 'application/json',
      correlation: new Uint8Array([1, 2, 3]),
      expiry: 60,
    });
    await vi.waitFor(() => expect(received).toHaveLength(1));
    expect(received[0]).toEqual({
      topic: 'city/a/answers',
      payload: Buffer.from('{}'),
      retained: false,
      contentType: 'application/json',
      correlation: Buffer.from([1, 2, 3]),
    });
    await asking.subscribe('city/a/answers');
    await vi.waitFor(() => expect(received[1]).toMatchObject({ retained: true }));
  });

  it('learns where an answer is wanted', async () => {
    const { port } = onCleanUp(await startMosquitto());
    const connection = await connectTo(port);
    const received: Received[] = [];
    connection.onMessage((message) => received.push(message));
    await connection.subscribe('city/a/do/#');
    const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { protocolVersion: 5, reconnectPeriod: 0 });
    cleanUps.push(() => client.endAsync(true));
    const properties = { responseTopic: 'city/desk/7', correlationData: Buffer.from('q1') };
    await client.publishAsync('city/a/do/sample', 'x', { qos: 1, properties });
    await vi.waitFor(() => expect(received).toHaveLength(1));
    expect(received[0]).toMatchObject({ responseTopic: 'city/desk/7', correlation: Buffer.from('q1') });
  });

  it('is told why a message is refused, and goes on', async () => {
    const rules = join(tmpdir(), `ushelter-acl-${randomUUID()}`);
    writeFileSync(rules, 'topic readwrite city/a/status\n');
    cleanUps.push(() => rmSync(rules));
    const { port } = onCleanUp(await startMosquitto(['allow_anonymous true', `acl_file ${rules}`]));
    const connection = await connectTo(port);
    await expect(connection.publish(message('1'))).rejects.toMatchObject({
      code: 'UPLINK_FORBIDDEN',
      message: `mqtt://127.0.0.1:${port} does not allow this device to use city/a/readings.`,
    });
    await connection.publish(online);
  });

  it('sends no packet that is larger than the broker takes', async () => {
    const { port } = onCleanUp(await startMosquitto(['allow_anonymous true', 'max_packet_size 500']));
    const connection = await connectTo(port);
    await expect(connection.publish(message('x'.repeat(600)))).rejects.toMatchObject({
      code: 'UPLINK_TOO_LARGE',
      message: `A message to city/a/readings is larger than the 500 bytes that mqtt://127.0.0.1:${port} takes.`,
    });
    await connection.publish(message('x'.repeat(400)));
  });

  it('knows which message was too large where it can read no reason', async () => {
    const { port } = onCleanUp(await startMosquitto(['allow_anonymous true', 'message_size_limit 500']));
    const connection = await connectTo(port);
    const sizes = [10, 600, 20];
    const outcomes = await Promise.allSettled(
      sizes.map((size) => connection.publish(message('x'.repeat(size)))),
    );
    expect(outcomes).toMatchObject([
      { status: 'fulfilled' },
      { status: 'rejected', reason: { code: 'UPLINK_TOO_LARGE' } },
      { status: 'rejected' },
    ]);
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

  it('is refused, and says so, where the broker acknowledges nothing', async () => {
    const { port } = onCleanUp(await startMosquitto(['allow_anonymous true', 'max_qos 0']));
    expect(await failureAt(`mqtt://127.0.0.1:${port}`)).toMatchObject({
      code: 'UPLINK_REFUSED',
      message: `mqtt://127.0.0.1:${port} does not acknowledge messages (QoS 1).`,
    });
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
      makeCertificate(folder, 'ca', 'expired', -1);
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

    it('says so where the certificate has expired', async () => {
      const expired = [`certfile ${file('expired.pem')}`, `keyfile ${file('expired.key')}`];
      const { port } = onCleanUp(await startMosquitto(['allow_anonymous true', ...expired]));
      const url = `mqtts://127.0.0.1:${port}`;
      expect(await failureAt(url, { caFile: file('ca.pem') })).toMatchObject({
        code: 'UPLINK_UNTRUSTED',
        message: `${url} has a certificate that has expired.`,
        hint: expect.stringContaining('timedatectl'),
      });
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
