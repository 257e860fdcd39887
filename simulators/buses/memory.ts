import { DriverError } from '../../drivers/contract.js';
import type { SerialPort, SerialPorts } from '../../drivers/ports.js';
import type { Bus } from '../contract.js';
import { type Listeners, listeners } from './listeners.js';

/** Wires without hardware: whatever hangs on a bus of these can be opened by its path through `ports`. */
export interface MemoryWires {
  ports: SerialPorts;
  /** @param path what the other side opens, such as `/dev/air` */
  bus(path: string): Bus;
}

/** Bytes and losses arrive in order, in a microtask of their own: under a virtual clock, within the same instant. */
export function memoryWires(): MemoryWires {
  const sockets = new Map<string, Socket>();
  return {
    ports: {
      async open(path) {
        const socket = sockets.get(path);
        if (!socket) throw new DriverError('PORT_NOT_FOUND', `Nothing is plugged in at ${path}.`);
        if (socket.end) throw new DriverError('PORT_BUSY', `${path} is open already.`);
        return openEnd(path, socket);
      },
    },
    bus: (path) => memoryBus(path, sockets),
  };
}

/** A device that is plugged in, and the port that has it open. */
interface Socket {
  fromReader: Listeners<Uint8Array>;
  end?: ReaderEnd | undefined;
}

interface ReaderEnd {
  receive(bytes: Uint8Array): void;
  lose(): void;
}

function memoryBus(path: string, sockets: Map<string, Socket>): Bus {
  const fromReader = listeners<Uint8Array>();
  let socket: Socket | undefined;

  async function unplug(): Promise<void> {
    if (!socket) return;
    const gone = socket;
    socket = undefined;
    sockets.delete(path);
    gone.end?.lose();
    gone.end = undefined;
  }

  return {
    path,
    async plugIn() {
      if (socket) return;
      if (sockets.has(path)) throw new DriverError('PORT_BUSY', `Another device is plugged in at ${path}.`);
      socket = { fromReader };
      sockets.set(path, socket);
    },
    unplug,
    send: (bytes) => socket?.end?.receive(bytes),
    onData: fromReader.add,
    close: unplug,
  };
}

function openEnd(path: string, socket: Socket): SerialPort {
  const data = listeners<Uint8Array>();
  const loss = listeners<Error>();
  const gone = () => new DriverError('DEVICE_LOST', `${path} went away.`);

  const end: ReaderEnd = {
    receive(bytes) {
      const copy = bytes.slice();
      queueMicrotask(() => {
        if (open) data.tell(copy);
      });
    },
    lose() {
      queueMicrotask(() => {
        if (!open) return;
        open = false;
        loss.tell(gone());
      });
    },
  };
  let open = true;
  socket.end = end;

  return {
    async write(bytes) {
      if (!open || socket.end !== end) throw gone();
      const copy = bytes.slice();
      queueMicrotask(() => socket.fromReader.tell(copy));
    },
    onData: data.add,
    onLost: loss.add,
    async close() {
      open = false;
      if (socket.end === end) socket.end = undefined;
    },
  };
}
