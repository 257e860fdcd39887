import { Worker } from 'node:worker_threads';
import type { DatabaseOptions } from './database.js';
import type { Request, Response } from './messages.js';
import { readResponse, writeRequest } from './wire.js';

/** A thread that serves a database: it answers first whether it could open it, then each request in order. */
export interface Thread {
  /** Throws where the request cannot be copied to another thread. */
  send(request: Request): void;
  onResponse(listener: (response: Response) => void): void;
  /** Called once, when the thread has ended for whatever reason. */
  onEnd(listener: (reason: Error) => void): void;
  /** Ends it at once, whatever it does. */
  kill(): void;
}

export function databaseThread(options: DatabaseOptions): Thread {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { name: 'store', workerData: options });
  let reason: Error | undefined;
  worker.on('error', (error) => {
    reason = error;
  });
  return {
    send(request) {
      const { message, handedOver } = writeRequest(request);
      worker.postMessage(message, handedOver);
    },
    onResponse: (listener) =>
      void worker.on('message', (message: Response) => listener(readResponse(message))),
    onEnd: (listener) =>
      void worker.on('exit', (code) => listener(reason ?? new Error(`it ended with code ${code}`))),
    kill: () => void worker.terminate(),
  };
}
