import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** Stands for a broker at the one place where no real one can be made to behave so badly. */
export interface RudeBroker {
  port: number;
  /** How many have connected so far. */
  readonly visits: number;
  close(): Promise<void>;
}

/** MQTT 5: accepted, without properties. */
const connack = Buffer.from([0x20, 0x03, 0x00, 0x00, 0x00]);

/** What it does with whoever has sent something. */
export const manners = {
  'says nothing': () => {},
  'hangs up': (socket: Socket) => socket.destroy(),
  'accepts and hangs up': (socket: Socket) => socket.end(connack),
  'accepts and says nothing more': (socket: Socket) => socket.write(connack),
} as const;

export async function startRudeBroker(manner: keyof typeof manners): Promise<RudeBroker> {
  const sockets = new Set<Socket>();
  let visits = 0;
  const server = createServer((socket) => {
    visits++;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => manners[manner](socket));
    socket.once('close', () => sockets.delete(socket));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    get visits() {
      return visits;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
