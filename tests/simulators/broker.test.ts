import { connectAsync } from 'mqtt';
import { afterEach, describe, expect, it } from 'vitest';
import { type EmbeddedBroker, type Published, startBroker } from '../../simulators/broker.js';

const host = '127.0.0.1';
const started: EmbeddedBroker[] = [];
afterEach(async () => {
  for (const broker of started.splice(0)) await broker.close();
});

async function start(port = 0): Promise<EmbeddedBroker> {
  const broker = await startBroker({ host, port });
  started.push(broker);
  return broker;
}

describe('the embedded broker', () => {
  it('tells of every message of a client', async () => {
    const broker = await start();
    const told: Published[] = [];
    broker.onPublish((message) => told.push(message));
    const client = await connectAsync(broker.url, { clientId: 'ushelter-a' });
    await client.publishAsync('city/a/readings', 'hello', { qos: 1 });
    await client.endAsync();
    expect(told).toEqual([
      {
        topic: 'city/a/readings',
        payload: Buffer.from('hello'),
        qos: 1,
        retain: false,
        client: 'ushelter-a',
      },
    ]);
  });

  it('tells nothing more once the subscription is cancelled', async () => {
    const broker = await start();
    const told: Published[] = [];
    broker.onPublish((message) => told.push(message))();
    const client = await connectAsync(broker.url);
    await client.publishAsync('city/a/readings', 'hello', { qos: 1 });
    await client.endAsync();
    expect(told).toEqual([]);
  });

  it('brings messages to subscribers and keeps retained ones', async () => {
    const broker = await start();
    const client = await connectAsync(broker.url);
    await client.publishAsync('city/a/status', 'online', { qos: 1, retain: true });
    const subscriber = await connectAsync(broker.url);
    const message = new Promise((resolve) => {
      subscriber.once('message', (topic, payload) => resolve(`${topic} ${payload}`));
    });
    await subscriber.subscribeAsync('city/#');
    expect(await message).toBe('city/a/status online');
    await Promise.all([client.endAsync(), subscriber.endAsync()]);
  });

  it('takes the next free port where its own is taken', async () => {
    const first = await start();
    const port = Number(new URL(first.url).port);
    const second = await start(port);
    expect(Number(new URL(second.url).port)).toBeGreaterThan(port);
  });

  it('cuts its clients when it closes and gives the port back', async () => {
    const broker = await startBroker({ host, port: 0 });
    const client = await connectAsync(broker.url, { reconnectPeriod: 0 });
    const closed = new Promise<void>((resolve) => client.once('close', resolve));
    await broker.close();
    await closed;
    const again = await start(Number(new URL(broker.url).port));
    expect(again.url).toBe(broker.url);
  });

  it('says so where it may not listen', async () => {
    await expect(startBroker({ host: '192.0.2.1', port: 0 })).rejects.toMatchObject({
      code: 'EADDRNOTAVAIL',
    });
  });
});
