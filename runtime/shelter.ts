import { dirname, join, resolve } from 'node:path';
import type { Site } from '../config/site.js';
import { machineClockSync } from '../drivers/bindings/clock-sync.js';
import { machineHardware } from '../drivers/bindings/index.js';
import { systemClock } from '../drivers/bindings/system-clock.js';
import { drivers, sensorModels } from '../drivers/index.js';
import type { Cancel, Clock, ClockSync, HardwarePorts } from '../drivers/ports.js';
import { adjustSensing } from './adjust.js';
import type { Health, Life, Now, StreamNow } from './api/contract.js';
import type { Desks } from './api/desks.js';
import { createMetrics } from './api/metrics.js';
import type { Api } from './api/server.js';
import type { ApiSource, News } from './api/source.js';
import { createBackoff, type Random } from './backoff.js';
import { openCalibrations } from './calibrations.js';
import { createDevices } from './devices.js';
import { machineDisk } from './disk.js';
import { openDownlink } from './downlink/downlink.js';
import { createFeeds } from './feeds/feeds.js';
import { watchFreshness } from './freshness.js';
import { damageOf, examine } from './health.js';
import { createHelpDesk } from './help.js';
import { humidityFrom } from './humidity.js';
import type { Condition } from './ingest/condition.js';
import { createSensing } from './ingest/sensing.js';
import { kioskFile, newToken, writeAccess } from './kiosk/access.js';
import { createKioskDesk } from './kiosk/desk.js';
import { type Latest, latestReadings } from './latest.js';
import { keepLife } from './life/life.js';
import { reportLife } from './life/report.js';
import { jsonLog } from './log.js';
import type { Logger } from './logger.js';
import { openMaintenance } from './maintenance/maintenance.js';
import { packageRoot } from './package-root.js';
import { messageOf } from './problem.js';
import { staleAfter } from './quality/stale.js';
import type { Reading, ShelterEvent } from './reading.js';
import { recall } from './recall.js';
import { speakerOf } from './speaker.js';
import { openSpeech } from './speech/open.js';
import { lateStore } from './store/late-store.js';
import { newestEvents } from './store/newest-events.js';
import type { Store } from './store/port.js';
import { openStore } from './store/store.js';
import { takeAlongOf } from './take-along.js';
import { createTimekeeping } from './timekeeping.js';
import type { UplinkLink } from './uplink/link.js';
import type { Uplink } from './uplink/uplink.js';
import { isoTime, viewEvent, viewSite, viewStream } from './view.js';
import { type Listeners, listeners } from './waiting.js';

/** Wait before a database that cannot be opened is tried again, in ms. */
const reopening = { base: 2_000, cap: 30_000 };

export interface ShelterOptions {
  /** By default this machine's own. */
  hardware?: HardwarePorts;
  clock?: Clock;
  /** Tells whether the wall time can be believed; by default this machine does. */
  clockSync?: ClockSync;
  random?: Random;
  log?: Logger;
  /** Ends the program so that what watches over it starts it again, when the city asks for that; by default refused. */
  onRestart?: () => void;
}

/** What a shelter tells an embedding program, by the name it is listened for. */
export interface ShelterNews {
  /** As soon as it is taken; it is committed within the site's commit interval. */
  reading: Reading;
  event: ShelterEvent;
}

/** A running site: the embeddable form of `ushelter run`. */
export interface Shelter {
  /** Resolves when everything has been started. Devices, broker and database that fail are tried on and on. */
  start(): Promise<void>;
  /** Commits what is held and gives every port back. */
  stop(): Promise<void>;
  on<Kind extends keyof ShelterNews>(kind: Kind, listener: (news: ShelterNews[Kind]) => void): Cancel;
  /** The last value of each stream, with its age and state. */
  latest(): StreamNow[];
  /** What the numbers mean, as it was worked out last: every few seconds. */
  life(): Life;
  health(): Promise<Health>;
  /** Where the API listens, once started; undefined where no port could be had. */
  readonly url: string | undefined;
}

/** Puts a shelter together, as the site and what was last desired from afar have it. Nothing is opened before `start`. */
export function createShelter(fileSite: Site, options: ShelterOptions = {}): Shelter {
  const { clock = systemClock, random = Math.random, log = jsonLog('info') } = options;
  const file = resolve(fileSite.store.file);
  const timekeeping = createTimekeeping({
    clock,
    sync: options.clockSync ?? machineClockSync(clock),
    onAnchor(anchor) {
      latest.stamp(anchor);
      calibrations.stamp(anchor);
      life.doubtPast();
    },
    onSynchronised(witness, wrongBy) {
      log.info({ witness, wrongBy }, 'The clock is synchronised.');
      takeEvent(eventNow('clock.synchronised', 'clock', { witness, wrongBy: seconds(wrongBy) }));
      news.call({ event: 'now', data: now() });
    },
    onStep(by) {
      life.doubtPast();
      log.warn({ by }, `The clock was set by ${seconds(by)} s.`);
      takeEvent(eventNow('clock.stepped', 'clock', { by: seconds(by) }));
    },
  });
  const isSynchronised = () => timekeeping.anchor() !== undefined;
  const downlink = openDownlink({
    site: fileSite,
    models: sensorModels(),
    folder: join(dirname(file), 'downlink'),
    clock,
    isSynchronised,
    log,
    onEvent: takeEvent,
    onContent: () => feeds.look(),
  });
  const calibrations = openCalibrations({
    file: join(dirname(file), 'calibrations.json'),
    disk: machineDisk,
    clock,
    isSynchronised,
    log,
    onEvent: takeEvent,
  });
  const { site } = downlink;
  let shownSite = site;
  const feeds = createFeeds({
    site,
    city: downlink.content,
    folder: join(dirname(file), 'feeds'),
    clock,
    random,
    isSynchronised,
    log,
    onEvent: takeEvent,
    onContent: (content) => news.call({ event: 'content', data: content }),
  });
  const hardware = options.hardware ?? machineHardware(clock, { gpioChip: site.gpio.chip });

  const startedAt = clock.monotonic();
  const latest = latestReadings();
  const devices = createDevices(site);
  const metrics = createMetrics();
  const told: { [Kind in keyof ShelterNews]: Listeners<ShelterNews[Kind]> } = {
    reading: listeners(),
    event: listeners(),
  };
  const news = listeners<News>();
  let uplink: Uplink | undefined;
  let stopReporting: Cancel = () => {};
  let api: Api | undefined;
  let stopWatching: Cancel = () => {};

  const store = lateStore({
    open: (waiting) =>
      openStore({
        file,
        waiting,
        device: site.id,
        commitInterval: site.store.commitInterval,
        limits: { quota: site.store.quota, keep: site.store.keep },
        clock,
        anchor: timekeeping.anchor,
        onSalvage: (salvage) => log.warn({ salvage }, damageOf(salvage).message),
      }),
    onOpen: useStore,
    onFailure: (error) => log.warn(factsOf(error), `The database cannot be used: ${messageOf(error)}`),
    clock,
    backoff: createBackoff(reopening, random),
  });

  const life = keepLife({
    site: () => shownSite,
    latest,
    store: store.current,
    clock,
    isSynchronised,
    onChange: (changed) => news.call({ event: 'life', data: changed }),
    onFailure: (error) => log.warn(factsOf(error), `The past hours cannot be read: ${messageOf(error)}`),
  });

  const help = createHelpDesk({
    site: () => shownSite,
    record: takeEvent,
    onChange: (changed) => news.call({ event: 'help', data: changed }),
    clock,
    isSynchronised,
    random,
  });

  const maintenance = openMaintenance({
    config: fileSite.kiosk.maintenance,
    file: join(dirname(file), 'maintenance.json'),
    disk: machineDisk,
    clock,
    log,
    onEvent: takeEvent,
    latest,
    calibrations,
    timekeeping,
    store: store.current,
  });

  const kiosk = createKioskDesk({
    site: () => shownSite,
    isSynchronised,
    clock,
    onEvent: takeEvent,
  });

  const speech = openSpeech(site, { folder: dirname(file), clock, log });

  const sensing = createSensing({
    site,
    drivers,
    hardware,
    clock,
    random,
    outlets: {
      onReadings: takeReadings,
      onEvent(event) {
        log.info({ source: event.source, kind: event.kind }, `${event.source}: ${event.kind}`);
        takeEvent(event);
      },
      onCondition: takeCondition,
      onInput(input, state) {
        devices.setInput(input, state, clock.monotonic());
        news.call({ event: 'now', data: now() });
      },
      onComplaint: (device, error) => log.warn({ device, ...factsOf(error) }, error.message),
    },
    surroundings: { useCalibration: calibrations.use, humidityOf: humidityFrom(latest) },
  });

  for (const { sensor, streams, interval } of sensing.streams) {
    latest.expect(streams, { interval, staleAfter: staleAfter(sensor, interval) });
  }

  function takeReadings(taken: readonly Reading[]): void {
    store.append(taken);
    for (const reading of taken.map(marked)) {
      latest.take(reading);
      metrics.tookReading(reading);
      told.reading.call(reading);
      const current = latest.of(reading.stream.id);
      if (current) tellStream(current);
    }
  }

  /** Says so where the time cannot be believed. */
  function marked<Row extends Reading | ShelterEvent>(row: Row): Row {
    return timekeeping.anchor() ? row : { ...row, unsynchronised: true };
  }

  /** Resolves when it is on the card. */
  function takeEvent(taken: ShelterEvent): Promise<number> {
    const event = marked(taken);
    const stored = store.record(taken);
    told.event.call(event);
    news.call({ event: 'event', data: viewEvent(event) });
    return stored;
  }

  function takeCondition(device: string, condition: Condition): void {
    const before = devices.conditionOf(device);
    devices.become(device, condition);
    if (before.state === condition.state) return;
    if (condition.state === 'failing') {
      const { code, message, hint } = condition.problem;
      log.warn({ device, code, hint }, message);
      takeEvent(eventNow('device.failing', device, { code, message }));
    } else if (before.state === 'failing') {
      log.info({ device }, `${device} is back`);
      takeEvent(eventNow('device.recovered', device, {}));
    } else {
      log.info({ device }, `${device} is there`);
    }
    news.call({ event: 'now', data: now() });
  }

  function tellStream(current: Latest): void {
    news.call({ event: 'stream', data: viewStream(current, clock.monotonic()) });
  }

  function eventNow(kind: string, source: string, detail: ShelterEvent['detail']): ShelterEvent {
    return { kind, source, time: clock.now(), monotonic: clock.monotonic(), detail };
  }

  function now(): Now {
    return {
      site: viewSite(shownSite),
      time: shownTime(),
      streams: latestViews(),
      sensors: devices.sensors(),
      inputs: devices.inputs(believedTime),
    };
  }

  /** The wall time of a moment of this run as the clock has it now; undefined while that is not believed. */
  function believedTime(monotonic: number): number | undefined {
    return timekeeping.anchor() && clock.now() - clock.monotonic() + monotonic;
  }

  function shownTime(): Now['time'] {
    return timekeeping.anchor() ? isoTime(clock.now()) : null;
  }

  function latestViews(): StreamNow[] {
    const monotonic = clock.monotonic();
    return latest.all().map((each) => viewStream(each, monotonic));
  }

  function health(): Promise<Health> {
    return examine({
      devices,
      store,
      file,
      quota: site.store.quota,
      uplinkStatus: async () => uplink?.status(),
      downlink: site.uplink && downlink,
      feeds,
      kiosk,
      speech,
      timekeeping,
      clock,
      startedAt,
    });
  }

  function useStore(opened: Store): void {
    opened.onCommit(metrics.committed);
    life.doubtPast();
    recall({ store: opened, sensing, clock }).catch((error) =>
      log.warn(factsOf(error), `What was sensed before is not remembered: ${messageOf(error)}`),
    );
    startUplink(opened).catch((error) => log.warn(factsOf(error), `No uplink: ${messageOf(error)}`));
  }

  async function startUplink(opened: Store): Promise<void> {
    if (!site.uplink) return;
    const [{ createUplink }, { createResend }] = await Promise.all([
      import('./uplink/uplink.js'),
      import('./uplink/resend.js'),
    ]);
    uplink = await createUplink({
      config: site.uplink,
      speaker: speakerOf({ site, epoch: opened.epoch, latest, clock }),
      store: opened,
      onEvent: takeEvent,
      onEventsSent: help.sent,
      clock,
      random,
      log,
    });
    const { link, isSent } = uplink;
    link.onConnected(() => help.connect(true));
    link.onDisconnected(() => help.connect(false));
    const resend = createResend({ store: opened, link, batch: site.uplink.batch });
    stopReporting = reportLife({
      link,
      topic: `${site.uplink.topicPrefix}/${site.id}/life`,
      life: life.now,
      clock,
      onFailure: (error) =>
        log.warn(factsOf(error), `What the numbers mean is not told: ${messageOf(error)}`),
    });
    const pictures = `${site.uplink.topicPrefix}/${site.id}/kiosk/screenshot`;
    downlink.serve({
      ...{ link, resend, sensing, help, kiosk, adjust },
      restart: options.onRestart,
      publishPicture: (payload) => publishPicture(link, pictures, payload),
    });
    uplink.start();
    await help.recall({ last: (most) => newestEvents(opened, most), isSent });
  }

  function adjust(wanted: Site): void {
    shownSite = wanted;
    adjustSensing(wanted, { sensing, latest });
    news.call({ event: 'now', data: now() });
  }

  async function startInterface(): Promise<void> {
    const { startApi } = await import('./api/server.js');
    const source: ApiSource = {
      now,
      time: shownTime,
      streams: () => latest.all().map(({ stream }) => stream),
      history: async (query) => (await store.current()?.history(query)) ?? [],
      ledger: async (query) => (await store.current()?.ledger(query)) ?? [],
      calibrations: calibrations.versions,
      health,
      life: life.now,
      content: feeds.content,
      help: help.now,
      subscribe: news.add,
    };
    const token = newToken();
    const desks: Desks = {
      help,
      maintenance,
      kiosk: { ...kiosk, token },
      speech,
      takeAlong: () =>
        takeAlongOf(shownSite.kiosk, ({ code, message, hint }) => log.warn({ code, hint }, message)),
    };
    const pages = `${packageRoot}dist/kiosk/ui`;
    api = await startApi({ source, desks, config: site.api, pages, clock, log, metrics });
    log.info({ url: api.url }, `The page and the API are at ${api.url}`);
    await writeAccess(machineDisk, join(dirname(file), kioskFile), { url: api.url, token }).catch((error) =>
      log.warn(factsOf(error), messageOf(error)),
    );
  }

  return {
    async start() {
      const timed = timekeeping.start();
      sensing.start();
      stopWatching = watchFreshness(latest, clock, tellStream);
      life.start();
      kiosk.start();
      downlink.start();
      void speech.start();
      await Promise.all([
        timed,
        store.start(),
        feeds.start().catch((error) => log.warn(factsOf(error), `No feeds: ${messageOf(error)}`)),
        startInterface().catch((error) =>
          log.warn(factsOf(error), `No page and no API: ${messageOf(error)}`),
        ),
      ]);
    },
    async stop() {
      stopWatching();
      life.stop();
      help.stop();
      maintenance.stop();
      kiosk.stop();
      stopReporting();
      timekeeping.stop();
      await sensing.stop();
      await api?.close();
      await store
        .current()
        ?.flush()
        .catch(() => {});
      await feeds.stop();
      await downlink.stop();
      await calibrations.stop();
      await uplink?.stop();
      await store.stop().catch((error) => log.warn(factsOf(error), messageOf(error)));
      metrics.close();
    },
    on: (kind, listener) => told[kind].add(listener),
    latest: latestViews,
    life: life.now,
    health,
    get url() {
      return api?.url;
    },
  };
}

/** @returns the topic */
async function publishPicture(
  link: Pick<UplinkLink, 'publish'>,
  topic: string,
  payload: Uint8Array,
): Promise<string> {
  await link.publish({ topic, payload, retain: false, contentType: 'image/jpeg' });
  return topic;
}

/** @param ms whole ones are enough */
function seconds(ms: number): number {
  return Math.round(ms) / 1_000;
}

function factsOf(error: unknown): object {
  return error instanceof Error && 'code' in error && 'hint' in error
    ? { code: error.code, hint: error.hint }
    : {};
}
