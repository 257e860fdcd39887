import { connectAsync, type MqttClient } from 'mqtt';
import { type Site, siteShape, type UplinkConfig } from '../../../config/site.js';
import { systemClock } from '../../../drivers/bindings/system-clock.js';
import type { ShelterEvent } from '../../../runtime/reading.js';
import { createUplink, type UplinkParts } from '../../../runtime/uplink/uplink.js';
import { memoryStore } from './fakes.js';
import { speaker } from './speaker.js';

/** A whole uplink over a store in memory, in a hurry: its waits are hardly any. */
export async function uplinkTo(
  url: string,
  config: Partial<UplinkConfig> = {},
  changes: Partial<UplinkParts> = {},
) {
  const store = memoryStore();
  const warnings: string[] = [];
  const told: ShelterEvent[] = [];
  const uplink = await createUplink({
    config: { ...uplinkConfig(url), batch: 50, backlogRate: 100_000, ...config },
    speaker: speaker({ device: { id: 'a', epoch: 'e1' }, prefix: 'city' }),
    store,
    onEvent: (event) => told.push(event),
    clock: systemClock,
    random: () => 0.002,
    log: { info() {}, warn: (_, message) => warnings.push(message) },
    ...changes,
  });
  return { store, uplink, warnings, told };
}

function uplinkConfig(url: string): UplinkConfig {
  const site: Site = siteShape.parse({
    id: 'a',
    name: { en: 'A' },
    place: { latitude: 0, longitude: 0 },
    timeZone: 'UTC',
    languages: ['en'],
    uplink: { url, topicPrefix: 'city' },
  });
  if (!site.uplink) throw new Error('The site has no uplink.');
  return site.uplink;
}

/** Someone else at the broker, who hears everything below `city`. */
export async function listenAt(
  port: number,
  tell: (topic: string, payload: Buffer) => void,
): Promise<MqttClient> {
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { protocolVersion: 5, reconnectPeriod: 0 });
  client.on('message', tell);
  await client.subscribeAsync('city/#', { qos: 1 });
  return client;
}
