import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { qualityName } from '../../config/catalogue/quality.js';
import type { Reading } from '../reading.js';
import type { Commit } from '../store/port.js';
import { feedNow, type Health, sensorNow } from './contract.js';

/** What Prometheus is told: counted while things happen, and measured when it asks. */
export interface Metrics {
  tookReading(reading: Reading): void;
  committed(commit: Commit): void;
  /** The text of one scrape. */
  text(situation: Situation): Promise<string>;
  /** Of that text. */
  readonly contentType: string;
  /** Stops watching the event loop. */
  close(): void;
}

/** What is looked up anew for each scrape. */
export interface Situation {
  health: Health;
  /** Open connections to /api/v1/events. */
  eventClients: number;
}

/** Metrics in a registry of their own, so that two shelters in one process do not mix. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const happenings = countHappenings(registry);
  const gauges = [showHealth(registry), showProcess(registry)];
  const eventLoop = watchEventLoop(registry);
  const eventClients = gauge(registry, 'event_clients', 'Open connections to /api/v1/events.');

  return {
    ...happenings,
    async text(situation) {
      for (const show of gauges) show(situation.health);
      eventLoop.show();
      eventClients.set(situation.eventClients);
      return registry.metrics();
    },
    contentType: registry.contentType,
    close: eventLoop.close,
  };
}

function countHappenings(registry: Registry): Pick<Metrics, 'tookReading' | 'committed'> {
  const readings = counter(registry, 'readings_total', 'Readings taken, by quality flag.', [
    'sensor',
    'flag',
  ]);
  const rows = counter(registry, 'committed_rows_total', 'Rows committed to the store.', ['log']);
  const commits = new Histogram({
    name: 'ushelter_commit_duration_seconds',
    help: 'Duration of a commit, fsync included; its count is the number of commits.',
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
    registers: [registry],
  });
  return {
    tookReading: ({ stream, quality }) => readings.inc({ sensor: stream.sensor, flag: qualityName(quality) }),
    committed(commit) {
      commits.observe(commit.took / 1_000);
      rows.inc({ log: 'readings' }, commit.readings);
      rows.inc({ log: 'events' }, commit.events);
    },
  };
}

function showHealth(registry: Registry): (health: Health) => void {
  const info = gauge(registry, 'info', 'Always 1; the version of the program is its label.', ['version']);
  const uptime = gauge(registry, 'uptime_seconds', 'Time since the program started.');
  const ok = gauge(registry, 'ok', '1 when every part works, 0 when degraded.');
  const sensorState = gauge(registry, 'sensor_state', '1 for the state a sensor is in, 0 for the others.', [
    'sensor',
    'driver',
    'state',
  ]);
  const showStore = showStoreHealth(registry);
  const showUplink = showUplinkHealth(registry);
  const showDownlink = showDownlinkHealth(registry);
  const showFeeds = showFeedHealth(registry);
  const showKiosk = showKioskHealth(registry);

  return (health) => {
    info.set({ version: health.version }, 1);
    uptime.set(health.uptime);
    ok.set(Number(health.status === 'ok'));
    sensorState.reset();
    for (const { sensor, driver, state } of health.sensors) {
      for (const each of sensorNow.shape.state.options) {
        sensorState.set({ sensor, driver, state: each }, Number(each === state));
      }
    }
    showStore(health.store);
    if (health.uplink) showUplink(health.uplink);
    if (health.downlink) showDownlink(health.downlink);
    showFeeds(health.feeds);
    if (health.kiosk) showKiosk(health.kiosk);
  };
}

function showStoreHealth(registry: Registry): (store: Health['store']) => void {
  const ok = gauge(registry, 'store_ok', '1 when the store takes readings.');
  const bytes = gauge(registry, 'store_bytes', 'Size of the database and its write-ahead log.');
  const lastSeq = gauge(registry, 'store_last_seq', 'Greatest committed sequence number.');
  const quota = gauge(registry, 'store_quota_bytes', 'What the database may grow to.');
  const gone = counter(registry, 'store_gone_rows_total', 'Rows that are not there any more as they were.', [
    'what',
  ]);
  const uncommitted = gauge(registry, 'store_uncommitted_rows', 'Rows taken but not committed yet.');
  return (store) => {
    ok.set(Number(store.ok));
    bytes.set(store.bytes);
    lastSeq.set(store.lastSeq);
    uncommitted.set(store.uncommitted);
    quota.set(store.quota);
    gone.reset();
    for (const [what, rows] of Object.entries(store.gone)) gone.inc({ what }, rows);
  };
}

/** Labelled by broker, so that a shelter without an uplink has no such series instead of zeros. */
function showUplinkHealth(registry: Registry): (uplink: NonNullable<Health['uplink']>) => void {
  const connected = gauge(registry, 'uplink_connected', '1 while connected to the broker.', ['url']);
  const waiting = gauge(registry, 'uplink_waiting_rows', 'Rows that wait to be sent.', ['url']);
  const quarantined = gauge(registry, 'uplink_quarantined_rows', 'Rows the broker would not take.', ['url']);
  const sent = counter(registry, 'uplink_sent_readings_total', 'Readings the broker acknowledged.', ['url']);
  return ({ url, ...uplink }) => {
    connected.set({ url }, Number(uplink.connected));
    waiting.set({ url }, uplink.waiting);
    quarantined.set({ url }, uplink.quarantined);
    sent.reset();
    sent.inc({ url }, uplink.sent);
  };
}

function showDownlinkHealth(registry: Registry): (downlink: NonNullable<Health['downlink']>) => void {
  const taken = counter(registry, 'downlink_taken_total', 'Messages from upstream that were believed.');
  const refused = counter(registry, 'downlink_refused_total', 'Messages from upstream that were refused.', [
    'reason',
  ]);
  return (downlink) => {
    taken.reset();
    taken.inc(downlink.taken);
    refused.reset();
    for (const [reason, count] of Object.entries(downlink.refused)) refused.inc({ reason }, count);
  };
}

function showFeedHealth(registry: Registry): (feeds: Health['feeds']) => void {
  const state = gauge(registry, 'feed_state', '1 for the state a feed is in, 0 for the others.', [
    'feed',
    'state',
  ]);
  const told = gauge(registry, 'feed_told_timestamp_seconds', 'When a feed last told something.', ['feed']);
  const calls = gauge(registry, 'feed_calls_today', 'Calls to a feed of this day so far.', ['feed']);
  const quota = gauge(registry, 'feed_quota', 'Calls that a feed allows in a day.', ['feed']);
  return (feeds) => {
    for (const each of [state, calls, quota]) each.reset();
    for (const { feed, ...now } of feeds) {
      for (const one of feedNow.shape.state.options)
        state.set({ feed, state: one }, Number(one === now.state));
      if (now.told !== null) told.set({ feed }, Date.parse(now.told) / 1_000);
      calls.set({ feed }, now.calls);
      if (now.quota !== null) quota.set({ feed }, now.quota);
    }
  };
}

/** Labelled by browser, as the uplink is by broker; what is not known yet has no series. */
function showKioskHealth(registry: Registry): (kiosk: NonNullable<Health['kiosk']>) => void {
  const labels = ['browser'];
  const ok = gauge(registry, 'kiosk_ok', '1 while the kiosk is heard as the site expects it.', labels);
  const heard = gauge(registry, 'kiosk_heard_seconds', 'Time since the kiosk was heard.', labels);
  const shown = gauge(registry, 'kiosk_page_shown', '1 while the kiosk shows the page.', labels);
  const memory = gauge(registry, 'kiosk_page_memory_bytes', 'Resident memory of the page.', labels);
  const steps = counter(registry, 'kiosk_steps_total', 'Steps taken to keep the screen true.', ['step']);
  return (kiosk) => {
    const browser = kiosk.status?.browser ?? 'none';
    const show = (of: Gauge, value: number | null | undefined) => {
      of.reset();
      if (value !== null && value !== undefined) of.set({ browser }, value);
    };
    show(ok, Number(kiosk.problem === null));
    show(heard, kiosk.heard);
    show(shown, kiosk.status && Number(kiosk.status.shows === 'page'));
    show(memory, kiosk.status?.memory);
    steps.reset();
    for (const [step, times] of Object.entries(kiosk.steps)) steps.inc({ step }, times);
  };
}

function showProcess(registry: Registry): () => void {
  const resident = gauge(registry, 'process_resident_memory_bytes', 'Resident memory.');
  const heap = gauge(registry, 'process_heap_used_bytes', 'Used part of the JavaScript heap.');
  const cpu = counter(registry, 'process_cpu_seconds_total', 'CPU time, user and system.');
  return () => {
    const memory = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    resident.set(memory.rss);
    heap.set(memory.heapUsed);
    cpu.reset();
    cpu.inc((user + system) / 1e6);
  };
}

function watchEventLoop(registry: Registry): { show(): void; close(): void } {
  const delay = gauge(
    registry,
    'event_loop_delay_seconds',
    'How late the event loop was since the last scrape, by quantile.',
    ['quantile'],
  );
  const histogram = monitorEventLoopDelay({ resolution: 50 });
  histogram.enable();
  return {
    show() {
      for (const quantile of [0.5, 0.99, 1]) {
        delay.set({ quantile }, histogram.percentile(quantile * 100) / 1e9);
      }
      histogram.reset();
    },
    close: () => void histogram.disable(),
  };
}

function gauge<Label extends string>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: Label[] = [],
) {
  return new Gauge({ name: `ushelter_${name}`, help, labelNames, registers: [registry] });
}

function counter<Label extends string>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: Label[] = [],
) {
  return new Counter({ name: `ushelter_${name}`, help, labelNames, registers: [registry] });
}
