import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A TCP proxy that stands for a bad line. */
export interface CuttableProxy {
  port: number;
  /** From now on nothing comes back from the other side; what is sent still arrives there. */
  muffle(): void;
  /** Breaks all connections on both sides, and lets the answers of later ones through again. */
  cut(): void;
  close(): Promise<void>;
}

/** @param port where it leads to, on 127.0.0.1 */
export async function startProxy(port: number): Promise<CuttableProxy> {
  const sockets = new Set<Socket>();
  let muffled = false;
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    near.on('data', (bytes) => far.write(bytes));
    far.on('data', (bytes) => muffled || near.write(bytes));
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  function cut(): void {
    muffled = false;
    for (const socket of sockets) socket.resetAndDestroy();
  }

  return {
    port: (server.address() as AddressInfo).port,
    muffle() {
      muffled = true;
    },
    cut,
    async close() {
      cut();
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}
