import { startBroker } from '../../simulators/broker.js';
import { mosquitto, startMosquitto } from './mosquitto.js';

/** A broker on a free port of 127.0.0.1. */
export interface TestBroker {
  url: string;
  port: number;
  close(): Promise<void>;
}

/** Mosquitto where it is installed, and the one of the demo elsewhere. */
export async function startTestBroker(): Promise<TestBroker> {
  if (mosquitto) {
    const { port, close } = await startMosquitto();
    return { url: `mqtt://127.0.0.1:${port}`, port, close };
  }
  const { url, close } = await startBroker({ host: '127.0.0.1', port: 0 });
  return { url, port: Number(new URL(url).port), close };
}
