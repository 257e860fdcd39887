import type { Database } from './database.js';
import { type Operation, readProblem } from './messages.js';
import type { Salvage } from './port.js';
import { threadEnded } from './problems.js';
import type { Thread } from './thread.js';

/** The main thread's way to the database. */
export interface Link {
  /**
   * Performs an operation of the database in its thread, which is started where none runs. Rejects (STORE_UNUSABLE)
   * where the operation fails, or where the thread ends before it has answered.
   */
  call<O extends Operation>(operation: O, ...args: Parameters<Database[O]>): Promise<ReturnType<Database[O]>>;
  /** Closes the database, and resolves when the thread has ended. Never rejects: an ended thread has closed it too. */
  close(): Promise<void>;
}

interface Answer {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

interface Session {
  request(operation: Operation, args: readonly unknown[]): Promise<unknown>;
  ended: Promise<void>;
}

/** @param onSalvage is told of each time that the database was found damaged */
export function databaseLink(start: () => Thread, onSalvage: (salvage: Salvage) => void): Link {
  let session: Promise<Session> | undefined;

  function current(): Promise<Session> {
    if (!session) {
      const started = openSession(start(), onSalvage);
      const over = () => {
        if (session === started) session = undefined;
      };
      session = started;
      started.then(({ ended }) => ended.then(over), over);
    }
    return session;
  }

  return {
    async call<O extends Operation>(operation: O, ...args: Parameters<Database[O]>) {
      const { request } = await current();
      return (await request(operation, args)) as ReturnType<Database[O]>;
    },
    async close() {
      const last = await session?.catch(() => undefined);
      await last?.request('close', []).catch(() => undefined);
      await last?.ended;
    },
  };
}

/** Resolves when the thread has opened the database. */
function openSession(thread: Thread, onSalvage: (salvage: Salvage) => void): Promise<Session> {
  const waiting = new Map<number, Answer>();
  let requests = 0;

  function answerOf(id: number): Answer | undefined {
    const answer = waiting.get(id);
    waiting.delete(id);
    return answer;
  }

  async function request(operation: Operation, args: readonly unknown[]): Promise<unknown> {
    const id = ++requests;
    thread.send({ id, operation, args });
    return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  }

  return new Promise((resolve, reject) => {
    const ended = new Promise<void>((end) => {
      thread.onEnd((reason) => {
        const error = threadEnded(reason);
        reject(error);
        for (const id of [...waiting.keys()]) answerOf(id)?.reject(error);
        end();
      });
    });
    thread.onResponse((response) => {
      switch (response.kind) {
        case 'opened':
          return resolve({ request, ended });
        case 'salvaged':
          return onSalvage(response.salvage);
        case 'refused':
          return reject(readProblem(response.problem));
        case 'done':
          return answerOf(response.id)?.resolve(response.result);
        case 'failed':
          return answerOf(response.id)?.reject(readProblem(response.problem));
      }
    });
  });
}
