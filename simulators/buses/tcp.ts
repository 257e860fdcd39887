import { createServer, type Server, type Socket } from 'node:net';
import { DriverError } from '../../drivers/contract.js';
import type { Bus } from '../contract.js';
import { listeners } from './listeners.js';

/** Bytes that wait for a reader; what comes on top is lost. */
const mostWaiting = 64 * 1024;

/**
 * A device behind a serial server that listens on an address and serves the newest connection only.
 *
 * @param port 0 takes a free one when first plugged in, and keeps it
 */
export function tcpBus({ host, port }: { host: string; port: number }): Bus {
  const received = listeners<Uint8Array>();
  let listening: { server: Server; port: number } | undefined;
  let chosen = port;
  let reader: Socket | undefined;

  function serve(socket: Socket): void {
    reader?.destroy();
    reader = socket;
    socket.setNoDelay(true);
    socket.on('data', received.tell);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      if (reader === socket) reader = undefined;
    });
  }

  async function unplug(): Promise<void> {
    const gone = listening;
    listening = undefined;
    reader?.destroy();
    if (gone) await new Promise((resolve) => gone.server.close(resolve));
  }

  return {
    get path() {
      return `tcp://${host}:${chosen}`;
    },
    async plugIn() {
      if (listening) return;
      listening = await listen(serve, host, chosen);
      chosen = listening.port;
    },
    unplug,
    send(bytes) {
      if (reader && reader.writableLength < mostWaiting) reader.write(Uint8Array.from(bytes));
    },
    onData: received.add,
    close: unplug,
  };
}

function listen(
  serve: (socket: Socket) => void,
  host: string,
  port: number,
): Promise<{ server: Server; port: number }> {
  return new Promise((resolve, reject) => {
    const server = createServer(serve);
    server.once('error', (cause: NodeJS.ErrnoException) => reject(cannotListen(host, port, cause)));
    server.listen(port, host, () => {
      const address = server.address();
      resolve({ server, port: typeof address === 'object' && address ? address.port : port });
    });
  });
}

function cannotListen(host: string, port: number, cause: NodeJS.ErrnoException): DriverError {
  const inUse = cause.code === 'EADDRINUSE';
  return new DriverError(
    inUse ? 'PORT_BUSY' : 'PORT_FAILED',
    `Nothing can listen on ${host}:${port}: ${cause.message}.`,
    { cause, hint: inUse ? 'Choose another port, or 0 for any free one.' : 'Check host and port.' },
  );
}
