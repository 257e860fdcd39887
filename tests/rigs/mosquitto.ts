import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findProgram } from './programs.js';

/** The Mosquitto of this machine; undefined where there is none. */
export const mosquitto = findProgram('mosquitto');

export interface Mosquitto {
  port: number;
  /** Ends it at once, as a power cut does. */
  kill(): Promise<void>;
  /** Starts it again on the same port, with nothing remembered. */
  start(): Promise<void>;
  /** Ends it and removes its files. */
  close(): Promise<void>;
}

/** Starts Mosquitto on a free port of 127.0.0.1. @param lines of its configuration, after the listener's own */
export async function startMosquitto(
  lines: readonly string[] = ['allow_anonymous true'],
): Promise<Mosquitto> {
  const folder = await mkdtemp(join(tmpdir(), 'ushelter-mosquitto-'));
  const port = await freePort();
  const configuration = join(folder, 'mosquitto.conf');
  const own = ['user root', 'persistence false', 'log_dest stderr', `listener ${port} 127.0.0.1`];
  await writeFile(configuration, [...own, ...lines, ''].join('\n'));
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    if (!mosquitto) throw new Error('Mosquitto is not installed.');
    child = spawn(mosquitto, ['-c', configuration], { stdio: ['ignore', 'ignore', 'pipe'] });
    if (!child.stderr) throw new Error('Mosquitto has no standard error.');
    const said: string[] = [];
    const output = createInterface(child.stderr);
    for await (const line of output) {
      said.push(line);
      if (line.endsWith(' running')) break;
    }
    child.stderr.resume();
    if (child.exitCode !== null) throw new Error(`Mosquitto did not start:\n${said.join('\n')}`);
  }

  async function kill(): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  await start();
  return {
    port,
    kill,
    start,
    async close() {
      await kill();
      await rm(folder, { recursive: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
