import { readFile } from 'node:fs/promises';
import type { IClientOptions, MqttClient } from 'mqtt';
import { ShelterError } from '../../config/errors.js';
import type { UplinkConfig } from '../../config/site.js';
import type { Clock } from '../../drivers/ports.js';
import { listeners } from '../waiting.js';
import { explainBrokerError } from './broker-errors.js';
import type { Broker, Connection, Message } from './link.js';

export interface MqttParts {
  config: UplinkConfig;
  /** Names the device to the broker; of two with one name the broker drops the older. */
  clientId: string;
  /** What the broker publishes when the device goes without taking leave. */
  will: Message;
  clock: Clock;
}

/** In ms, but `keepalive`, which MQTT counts in seconds. */
const limits = { connect: 30_000, goodbye: 2_000, keepalive: 30 };

/** The way to an MQTT broker. Files are read for each try, so a corrected one is taken without a restart. */
export function mqttBroker({ config, clientId, will, clock }: MqttParts): Broker {
  const url = addressOf(config.url);
  return {
    url,
    async connect(signal) {
      const [{ connect }, credentials] = await Promise.all([import('mqtt'), readCredentials(config)]);
      signal.throwIfAborted();
      const { protocol, hostname, port } = new URL(config.url);
      const options: IClientOptions = {
        protocol: protocol === 'mqtts:' ? 'mqtts' : 'mqtt',
        host: hostname.replace(/^\[|\]$/g, ''),
        ...(port && { port: Number(port) }),
        protocolVersion: 4,
        clientId,
        clean: true,
        keepalive: limits.keepalive,
        connectTimeout: limits.connect,
        will: { topic: will.topic, payload: Buffer.from(will.payload), qos: 1, retain: will.retain },
        ...credentials,
        ...forgetful,
      };
      return establish(() => connect(options), { url, signal, clock });
    },
  };
}

/**
 * The store is the only queue: MQTT.js gets no second try, so it keeps nothing for one, and ending a client of such
 * options fails what it had in flight. Its log would show the password. Its cache is a buffer for every number of two
 * bytes, 9 MB.
 */
const forgetful: IClientOptions = {
  reconnectPeriod: 0,
  queueQoSZero: false,
  resubscribe: false,
  log: () => {},
  writeCache: false,
};

interface Way {
  url: string;
  signal: AbortSignal;
  clock: Clock;
}

/** Resolves when the broker has accepted the client. */
function establish(dial: () => MqttClient, { url, signal, clock }: Way): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const client = dialOrExplain(dial, url);
    const settled = () => {
      signal.removeEventListener('abort', fail);
      client.off('connect', succeed).off('error', fail).off('close', fail);
    };
    const succeed = () => {
      settled();
      resolve(connectionOf(client, url, clock));
    };
    const fail = (reason?: unknown) => {
      settled();
      client.end(true);
      reject(explainBrokerError(reason instanceof Error ? reason : hungUp(), url));
    };
    client.once('connect', succeed).once('error', fail).once('close', fail);
    signal.addEventListener('abort', fail, { once: true });
  });
}

/** Node checks keys and certificates while the client is made. */
function dialOrExplain(dial: () => MqttClient, url: string): MqttClient {
  try {
    return dial();
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    throw new ShelterError(
      'UPLINK_FILE_UNUSABLE',
      `The certificate or key for ${url} is not usable: ${what}.`,
      { cause: error },
    );
  }
}

function connectionOf(client: MqttClient, url: string, clock: Clock): Connection {
  const lost = listeners<ShelterError>();
  let ended = false;
  let unacknowledged = 0;
  let cause: Error | undefined;

  client.on('error', (error) => {
    cause ??= error;
    end();
  });
  client.once('close', end);

  function end(): void {
    if (ended) return;
    ended = true;
    client.end(true);
    lost.call(explainBrokerError(cause ?? hungUp(), url));
  }

  return {
    async publish({ topic, payload, retain }) {
      unacknowledged++;
      try {
        await client.publishAsync(topic, Buffer.from(payload), { qos: 1, retain });
      } catch (error) {
        throw ended ? explainBrokerError(cause ?? hungUp(), url) : rejected(topic, url, error);
      } finally {
        unacknowledged--;
      }
    },
    onLost: lost.add,
    async close() {
      if (ended) return;
      ended = true;
      const hangUp = clock.after(limits.goodbye, () => client.stream.destroy());
      await client.endAsync(unacknowledged > 0);
      hangUp();
    },
  };
}

function hungUp(): Error {
  return Object.assign(new Error('closed'), { code: 'ECONNRESET' });
}

function rejected(topic: string, url: string, cause: unknown): ShelterError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new ShelterError('UPLINK_REJECTED', `${url} did not take a message to ${topic}: ${why}.`, { cause });
}

type Credentials = Pick<IClientOptions, 'username' | 'password' | 'ca' | 'cert' | 'key'>;

async function readCredentials(config: UplinkConfig): Promise<Credentials> {
  const [password, ca, cert, key] = await Promise.all([
    readNamed('passwordFile', config.passwordFile),
    readNamed('caFile', config.caFile),
    readNamed('certificateFile', config.certificateFile),
    readNamed('keyFile', config.keyFile),
  ]);
  return {
    ...(config.username && { username: config.username }),
    ...(password && { password: password.toString('utf8').replace(/\r?\n$/, '') }),
    ...(ca && { ca }),
    ...(cert && { cert }),
    ...(key && { key }),
  };
}

async function readNamed(key: string, file: string | undefined): Promise<Buffer | undefined> {
  if (file === undefined) return undefined;
  try {
    return await readFile(file);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ShelterError('UPLINK_FILE_UNUSABLE', `uplink.${key} could not be read: ${why}.`, { cause });
  }
}

/** An address without user name and password, which may not belong there but must not be shown either. */
function addressOf(url: string): string {
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}
