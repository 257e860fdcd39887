import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { Aedes, type AedesPublishPacket, type Client } from 'aedes';
import type { Cancel } from '../drivers/ports.js';

/** A message as the broker took it. */
export interface Published {
  topic: string;
  payload: Uint8Array;
  qos: 0 | 1 | 2;
  retain: boolean;
  /** Who sent it. */
  client: string;
}

/** An MQTT broker (3.1.1) inside this process, for the demo and for quick tests. */
export interface EmbeddedBroker {
  /** What clients connect to, such as `mqtt://127.0.0.1:1883`. */
  readonly url: string;
  /** Every message of a client, wills included. */
  onPublish(listener: (message: Published) => void): Cancel;
  /** Cuts all connections and gives the port back. */
  close(): Promise<void>;
}

const portsTried = 100;

/**
 * Starts a broker. Where the port is taken, the next free one above is used; 0 takes any.
 *
 * @throws the system's error where none of the next ports can be had
 */
export async function startBroker({ host, port }: { host: string; port: number }): Promise<EmbeddedBroker> {
  const aedes = await Aedes.createBroker();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    aedes.handle(socket);
  });
  const taken = await listenFrom(server, host, port);

  return {
    url: `mqtt://${host}:${taken}`,
    onPublish(listener) {
      const tell = (packet: AedesPublishPacket, client: Client | null) => {
        if (client) listener(published(packet, client));
      };
      aedes.on('publish', tell);
      return () => aedes.off('publish', tell);
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      await new Promise<void>((resolve) => aedes.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function published({ topic, payload, qos, retain }: AedesPublishPacket, client: Client): Published {
  return { topic, payload: Buffer.from(payload), qos, retain, client: client.id };
}

/** Listens on the port or on the first free one above it. */
async function listenFrom(server: Server, host: string, port: number): Promise<number> {
  for (let candidate = port; ; candidate++) {
    try {
      server.listen(candidate, host);
      await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    } catch (error) {
      const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!taken || candidate >= port + portsTried) throw error;
    }
  }
}
