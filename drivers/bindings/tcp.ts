import { connect, type Socket } from 'node:net';
import { DriverError } from '../contract.js';
import type { Clock, SerialPort, SerialPorts } from '../ports.js';
import { serialSession } from './serial-session.js';

/** In ms. */
const limits = {
  connecting: 5_000,
  /** How long a line may be quiet before the system asks whether the other side is still there. */
  quiet: 10_000,
  closing: 1_000,
};

/** Serial servers in the network, by addresses such as `tcp://192.168.0.20:4001`. The server sets the baud rate. */
export function tcpAddresses(clock: Clock): SerialPorts {
  return {
    async open(path) {
      const socket = await connected(path, clock);
      return carry(path, socket, clock);
    },
  };
}

function connected(path: string, clock: Clock): Promise<Socket> {
  const address = { ...parse(path), noDelay: true, keepAlive: true, keepAliveInitialDelay: limits.quiet };
  return new Promise((resolve, reject) => {
    const socket = connect(address);
    const giveUp = clock.after(limits.connecting, () =>
      fail(new Error(`no answer within ${limits.connecting} ms`)),
    );
    function fail(cause: Error): void {
      giveUp();
      socket.destroy();
      reject(
        new DriverError('PORT_UNREACHABLE', `${path} could not be reached: ${reason(cause)}.`, { cause }),
      );
    }
    socket.once('error', fail);
    socket.once('connect', () => {
      giveUp();
      socket.off('error', fail);
      resolve(socket);
    });
  });
}

function carry(path: string, socket: Socket, clock: Clock): SerialPort {
  const session = serialSession(path, {
    send: (bytes) =>
      new Promise((resolve, reject) => {
        socket.write(Uint8Array.from(bytes), (cause) => (cause ? reject(cause) : resolve()));
      }),
    release: () => hungUp(socket, clock),
  });
  socket.on('data', session.receive);
  socket.on('error', session.lose);
  socket.on('end', () => session.lose(new Error('the other side hung up')));
  socket.on('close', () => session.lose(new Error('the connection closed')));
  return session.port;
}

/** Lets what was written go out, but waits only so long for a side that takes nothing. */
function hungUp(socket: Socket, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) return resolve();
    const cut = clock.after(limits.closing, () => socket.destroy());
    socket.once('close', () => {
      cut();
      resolve();
    });
    socket.end(() => socket.destroy());
  });
}

function parse(path: string): { host: string; port: number } {
  const [, host, digits] = /^tcp:\/\/([^\s:/]+):(\d{1,5})$/.exec(path) ?? [];
  const port = Number(digits);
  if (host && port >= 1 && port <= 65_535) return { host, port };
  throw new DriverError(
    'PORT_UNREACHABLE',
    `${path} is no address: expected one such as tcp://192.168.0.20:4001, with a port from 1 to 65535.`,
  );
}

/** Node gathers the failures of several addresses of one name under an error without words of its own. */
function reason(cause: Error): string {
  return cause instanceof AggregateError ? cause.errors.map(String).join('; ') : cause.message;
}
