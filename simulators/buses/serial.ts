import type { Cancel, Clock, SerialLine, SerialPort, SerialPorts } from '../../drivers/ports.js';
import type { Bus } from '../contract.js';
import { listeners } from './listeners.js';

const reopenEvery = 2_000;

/**
 * A device on a real serial port of this machine, wired crosswise to the one that is read. Unplugging it closes the
 * port: to the other side a wire that falls silent. A port that is lost while plugged in is opened again.
 */
export function serialBus(options: {
  ports: SerialPorts;
  path: string;
  line: SerialLine;
  clock: Clock;
}): Bus {
  const { ports, path, line, clock } = options;
  const received = listeners<Uint8Array>();
  let port: SerialPort | undefined;
  let reopening: Cancel | undefined;
  let plugged = false;

  async function connect(): Promise<void> {
    const opened = await ports.open(path, line);
    if (!plugged) return opened.close();
    port = opened;
    opened.onData(received.tell);
    opened.onLost(() => {
      port = undefined;
      reconnectLater();
    });
  }

  function reconnectLater(): void {
    if (plugged) reopening = clock.after(reopenEvery, () => void connect().catch(reconnectLater));
  }

  async function unplug(): Promise<void> {
    const gone = port;
    plugged = false;
    port = undefined;
    reopening?.();
    await gone?.close();
  }

  return {
    path,
    async plugIn() {
      if (plugged) return;
      plugged = true;
      try {
        await connect();
      } catch (error) {
        plugged = false;
        throw error;
      }
    },
    unplug,
    send(bytes) {
      // A port that fails says so through onLost.
      port?.write(bytes).catch(() => {});
    },
    onData: received.add,
    close: unplug,
  };
}
