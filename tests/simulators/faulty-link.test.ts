import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { systemClock } from '../../drivers/bindings/system-clock.js';
import { type FaultyLink, startFaultyLink } from '../../simulators/faulty-link.js';
import { pubackPacket, publishPacket } from '../rigs/mqtt-bytes.js';

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** One end of a connection, and what it has heard. */
interface End {
  socket: Socket;
  heard(): string;
  /** How the connection ended, once it has. */
  end(): 'open' | 'hang-up' | 'reset';
}

function endOf(socket: Socket): End {
  const heard: Buffer[] = [];
  let end: ReturnType<End['end']> = 'open';
  socket.on('data', (bytes: Buffer) => heard.push(bytes));
  socket.on('error', () => {
    end = 'reset';
  });
  socket.on('end', () => {
    end = 'hang-up';
  });
  return { socket, heard: () => Buffer.concat(heard).toString('latin1'), end: () => end };
}

/** A link with a server behind it that only listens. */
async function rig(): Promise<{ link: FaultyLink; join(): Promise<{ device: End; broker: End }> }> {
  const met: Socket[] = [];
  const server = createServer((socket) => met.push(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const link = await startFaultyLink({ to: (server.address() as AddressInfo).port, clock: systemClock });
  closing.push(async () => {
    await link.close();
    for (const socket of met) socket.destroy();
    server.close();
  });
  return {
    link,
    async join() {
      const device = endOf(connect(link.port, '127.0.0.1'));
      await vi.waitFor(() => expect(met.length).toBeGreaterThan(0));
      return { device, broker: endOf(met.splice(0)[0] as Socket) };
    },
  };
}

const publish = publishPacket('a', 'x'.repeat(50), 7);
const puback = pubackPacket(7);

it('carries bytes both ways, and the end', async () => {
  const { link, join } = await rig();
  const { device, broker } = await join();
  device.socket.write('to the broker');
  broker.socket.write('to the device');
  await vi.waitFor(() =>
    expect([broker.heard(), device.heard()]).toEqual(['to the broker', 'to the device']),
  );
  expect(link.connections()).toBe(1);
  device.socket.end();
  await vi.waitFor(() => expect(broker.end()).toBe('hang-up'));
  await vi.waitFor(() => expect(link.connections()).toBe(0));
});

it.each(['reset', 'hang-up'] as const)('ends all connections with a %s', async (how) => {
  const { link, join } = await rig();
  const { device, broker } = await join();
  link.cut(how);
  await vi.waitFor(() => expect([device.end(), broker.end()]).toEqual([how, how]));
  const again = await join();
  again.device.socket.write('back');
  await vi.waitFor(() => expect(again.broker.heard()).toBe('back'));
});

it('throws everybody out while it refuses', async () => {
  const { link, join } = await rig();
  const { device } = await join();
  const admit = link.refuse();
  await vi.waitFor(() => expect(device.end()).toBe('reset'));
  const late = endOf(connect(link.port, '127.0.0.1'));
  await vi.waitFor(() => expect(late.end()).toBe('reset'));
  admit();
  admit();
  const again = await join();
  again.device.socket.write('back');
  await vi.waitFor(() => expect(again.broker.heard()).toBe('back'));
});

it('carries nothing more on half-open connections, and tells neither end that the other has gone', async () => {
  const { link, join } = await rig();
  const { device, broker } = await join();
  link.silence('both ways');
  device.socket.end('lost');
  broker.socket.write('lost too');
  const again = await join();
  again.device.socket.write('new');
  await vi.waitFor(() => expect(again.broker.heard()).toBe('new'));
  expect([broker.heard(), broker.end(), device.heard()]).toEqual(['', 'open', '']);
});

it('can lose only what comes back', async () => {
  const { link, join } = await rig();
  const { device, broker } = await join();
  link.silence('the way back');
  broker.socket.write('lost');
  device.socket.write('arrives');
  await vi.waitFor(() => expect(broker.heard()).toBe('arrives'));
  broker.socket.destroy();
  const again = await join();
  again.broker.socket.write('new');
  await vi.waitFor(() => expect(again.device.heard()).toBe('new'));
  expect([device.heard(), device.end()]).toEqual(['', 'open']);
});

it('cuts between PUBLISH and PUBACK: the broker has the message, the device does not know', async () => {
  const { link, join } = await rig();
  const { device, broker } = await join();
  const cut = link.cutAt('before an acknowledgement');
  device.socket.write(publish);
  await vi.waitFor(() => expect(broker.heard()).toBe(publish.toString('latin1')));
  expect(device.end()).toBe('open');
  broker.socket.write(puback);
  await cut;
  await vi.waitFor(() => expect([device.end(), broker.end()]).toEqual(['reset', 'reset']));
  expect(device.heard()).toBe('');
});

it('cuts in the middle of a PUBLISH', async () => {
  const { link, join } = await rig();
  const { device, broker } = await join();
  const cut = link.cutAt('within a PUBLISH');
  device.socket.write(Buffer.concat([puback, publish]));
  await cut;
  await vi.waitFor(() => expect(device.end()).toBe('reset'));
  expect(broker.heard()).toBe(
    Buffer.concat([puback, publish.subarray(0, Math.ceil(publish.length / 2))]).toString('latin1'),
  );
});

it('is as slow as it is told', async () => {
  const { link, join } = await rig();
  const { device, broker } = await join();
  link.become({ latency: 50, bandwidth: 2_000 });
  const start = systemClock.monotonic();
  device.socket.write('x'.repeat(200));
  await vi.waitFor(() => expect(broker.heard()).toHaveLength(200), { interval: 5 });
  expect(systemClock.monotonic() - start).toBeGreaterThan(140);
});
