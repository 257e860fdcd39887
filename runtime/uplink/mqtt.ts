import { readFile } from 'node:fs/promises';
import { Socket } from 'node:net';
import type { IClientOptions, IClientPublishOptions, IConnackPacket, IPublishPacket, MqttClient } from 'mqtt';
import { ShelterError } from '../../config/errors.js';
import type { UplinkConfig } from '../../config/site.js';
import type { Clock } from '../../drivers/ports.js';
import { messageOf } from '../problem.js';
import { listeners } from '../waiting.js';
import {
  explainBrokerError,
  explainRefusal,
  isUnreadableRefusal,
  refusedUnreadably,
  tooLarge,
} from './broker-errors.js';
import type { Abilities, Broker, Connection } from './link.js';
import type { Message, Received } from './message.js';
import { versionMemory } from './mqtt-versions.js';

export interface MqttParts {
  config: Pick<UplinkConfig, 'url' | 'username' | 'passwordFile' | 'caFile' | 'certificateFile' | 'keyFile'>;
  /** Names the device to the broker; of two with one name the broker drops the older. */
  clientId: string;
  clock: Clock;
}

/** Times in ms, but `keepalive`, which MQTT counts in seconds; `incoming` in bytes. */
const limits = { connect: 30_000, goodbye: 2_000, keepalive: 30, incoming: 1_048_576 };

/**
 * The way to an MQTT broker: in MQTT 5, or in 3.1.1 where it speaks nothing newer. Files are read for each try, so a
 * corrected one is taken without a restart.
 *
 * A session ends with its connection: the store is the only queue, and a command must not reach a device hours late.
 */
export function mqttBroker({ config, clientId, clock }: MqttParts): Broker {
  const url = addressOf(config.url);
  const versions = versionMemory(clock);

  async function connect(will: Message, signal: AbortSignal): Promise<Connection> {
    const [{ connect: dial }, credentials] = await Promise.all([import('mqtt'), readCredentials(config)]);
    const { protocol, hostname, port } = new URL(config.url);
    const options: IClientOptions = {
      protocol: protocol === 'mqtts:' ? 'mqtts' : 'mqtt',
      host: hostname.replace(/^\[|\]$/g, ''),
      ...(port && { port: Number(port) }),
      clientId,
      clean: true,
      keepalive: limits.keepalive,
      connectTimeout: limits.connect,
      will: { topic: will.topic, payload: Buffer.from(will.payload), qos: 1, retain: will.retain },
      ...credentials,
      ...forgetful,
    };
    async function speaking(version: Abilities['version']): Promise<Connection> {
      const dialOnce = () => dialOrExplain(() => dial({ ...options, ...dialects[version] }), url);
      try {
        const connection = await establish(dialOnce, { url, version, signal, clock });
        versions.succeeded(version);
        return connection;
      } catch (error) {
        if (!signal.aborted) versions.failed(version, error);
        throw error;
      }
    }

    const first = versions.next();
    try {
      return await speaking(first);
    } catch (error) {
      if (signal.aborted || versions.next() === first) throw error;
      return speaking(versions.next());
    }
  }

  return {
    url,
    async connect(will, signal) {
      try {
        return await connect(will, signal);
      } catch (error) {
        throw explainBrokerError(error, url);
      }
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

const dialects: Record<Abilities['version'], IClientOptions> = {
  '5': { protocolVersion: 5, properties: { maximumPacketSize: limits.incoming } },
  '3.1.1': { protocolVersion: 4 },
};

interface Way {
  url: string;
  version: Abilities['version'];
  signal: AbortSignal;
  clock: Clock;
}

/** Resolves when the broker has accepted the client; rejects with whatever the socket, TLS or MQTT.js says. */
function establish(dial: () => MqttClient, way: Way): Promise<Connection> {
  const { signal, clock } = way;
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const client = dial();
    const cancel = clock.after(limits.connect, () => fail(new Error('connack timeout')));
    const settled = () => {
      cancel();
      signal.removeEventListener('abort', fail);
      client.off('connect', succeed).off('error', fail).off('close', fail);
    };
    const succeed = (answer: IConnackPacket) => {
      settled();
      resolve(connectionOf(client, answer, way));
    };
    const fail = (reason?: unknown) => {
      settled();
      client.on('error', () => {});
      client.end(true);
      reject(reason instanceof Error ? reason : hungUp());
    };
    client.once('connect', succeed).once('error', fail).once('close', fail);
    signal.addEventListener('abort', fail, { once: true });
  });
}

/** Node checks keys and certificates while the client is made. */
function dialOrExplain(dial: () => MqttClient, url: string): MqttClient {
  try {
    return dial();
  } catch (cause) {
    throw new ShelterError(
      'UPLINK_FILE_UNUSABLE',
      `The certificate or key for ${url} is not usable: ${messageOf(cause)}.`,
      { cause },
    );
  }
}

function connectionOf(client: MqttClient, answer: IConnackPacket, { url, version, clock }: Way): Connection {
  const { receiveMaximum = 65_535, maximumPacketSize = Number.POSITIVE_INFINITY } = answer.properties ?? {};
  const keeps = answer.properties?.retainAvailable !== false;
  const lost = listeners<ShelterError>();
  const received = listeners<Received>();
  const owed = new Set<Message>();
  let asked = 0;
  let refused: Message | undefined;
  let ended = false;
  let cause: Error | undefined;

  sendAtOnce(client.stream);
  client.on('disconnect', ({ reasonCode }) => {
    cause ??= Object.assign(new Error('disconnected'), { code: reasonCode ?? 0 });
  });
  client.on('error', (error) => {
    // Acknowledgements come in the order of the messages: the unreadable one is about the first.
    if (isUnreadableRefusal(error)) [refused] = owed;
    cause ??= error;
    end();
  });
  client.once('close', end);
  client.on('message', (topic, payload, packet) => received.call(incoming(topic, payload, packet)));

  function end(): void {
    if (ended) return;
    ended = true;
    client.end(true);
    lost.call(explainBrokerError(cause ?? hungUp(), url));
  }

  /** Words for what became of a message or a subscription. */
  function explain(topic: string, error: unknown): ShelterError {
    return ended ? explainBrokerError(cause ?? hungUp(), url) : explainRefusal(error, topic, url);
  }

  return {
    abilities: { version, receiveMaximum },
    async publish(message) {
      const { topic, payload, retain } = message;
      if (packetSize(message) > maximumPacketSize) throw tooLarge(topic, url, maximumPacketSize);
      owed.add(message);
      try {
        await client.publishAsync(topic, asBuffer(payload), {
          qos: 1,
          retain: retain && keeps,
          ...(version === '5' && { properties: propertiesOf(message) }),
        });
      } catch (error) {
        throw message === refused ? refusedUnreadably(topic, url) : explain(topic, error);
      } finally {
        owed.delete(message);
      }
    },
    async subscribe(filter) {
      asked++;
      try {
        await client.subscribeAsync(filter, { qos: 1 });
      } catch (error) {
        throw explain(filter, error);
      } finally {
        asked--;
      }
    },
    onMessage: received.add,
    onLost: lost.add,
    async close() {
      if (ended) return;
      ended = true;
      const hangUp = clock.after(limits.goodbye, () => client.stream.destroy());
      // Unless it is told to, MQTT.js waits for every answer, and for ever.
      await client.endAsync(owed.size + asked > 0);
      hangUp();
    },
  };
}

/** Else TCP holds a message back until all before it are acknowledged, and the broker's side takes its time for that. */
function sendAtOnce(stream: MqttClient['stream']): void {
  if (stream instanceof Socket) stream.setNoDelay();
}

/** The same bytes, not a copy. */
function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

type Properties = NonNullable<IClientPublishOptions['properties']>;

function propertiesOf({ contentType, expiry, correlation }: Message): Properties {
  return {
    ...(contentType && { contentType }),
    ...(expiry !== undefined && { messageExpiryInterval: expiry }),
    ...(correlation && { correlationData: Buffer.from(correlation) }),
  };
}

/** Fixed header, packet id, and the heads of topic and properties, at their largest. */
const overhead = 32;

/** An upper bound of the bytes of a PUBLISH. */
function packetSize({ topic, payload, contentType = '', correlation }: Message): number {
  const texts = Buffer.byteLength(topic) + Buffer.byteLength(contentType);
  return overhead + texts + payload.length + (correlation?.length ?? 0);
}

function incoming(topic: string, payload: Uint8Array, { retain, properties = {} }: IPublishPacket): Received {
  const { contentType, responseTopic, correlationData } = properties;
  return {
    topic,
    payload,
    retained: retain,
    ...(contentType && { contentType }),
    ...(responseTopic && { responseTopic }),
    ...(correlationData && { correlation: correlationData }),
  };
}

function hungUp(): Error {
  return Object.assign(new Error('closed'), { code: 'ECONNRESET' });
}

type Credentials = Pick<IClientOptions, 'username' | 'password' | 'ca' | 'cert' | 'key'>;

async function readCredentials(config: MqttParts['config']): Promise<Credentials> {
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
    throw new ShelterError('UPLINK_FILE_UNUSABLE', `uplink.${key} could not be read: ${messageOf(cause)}.`, {
      cause,
    });
  }
}

/** An address without user name and password, which may not belong there but must not be shown either. */
function addressOf(url: string): string {
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}
