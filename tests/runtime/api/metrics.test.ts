import { describe, expect, it, onTestFinished } from 'vitest';
import { createMetrics } from '../../../runtime/api/metrics.js';
import type { Reading } from '../../../runtime/reading.js';
import { healthAtNoon, noon, pm } from './fake-source.js';
import { apiRig, ask } from './rig.js';

interface Family {
  help: string;
  type: string;
  samples: Map<string, number>;
}

const sampleLine = /^([a-z_:][a-z0-9_:]*)(\{(?:[a-z_]+="(?:[^"\\\n]|\\["\\n])*",?)+\})? (\S+)$/i;

/** Reads the text format of Prometheus, and bears nothing that is not in it. */
function parseMetrics(text: string): Map<string, Family> {
  const families = new Map<string, Family>();
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const [, keyword, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
    if (keyword === 'HELP') families.set(name, { help: rest, type: '', samples: new Map() });
    else if (keyword === 'TYPE') familyOf(name).type = rest;
    else {
      const [, sample, labels = '', value] = sampleLine.exec(line) ?? [];
      if (sample === undefined) throw new Error(`not a line of metrics: ${line}`);
      familyOf(sample.replace(/_(bucket|sum|count)$/, '')).samples.set(`${sample}${labels}`, Number(value));
    }
  }
  return families;

  function familyOf(name: string): Family {
    const family = families.get(name);
    if (!family) throw new Error(`${name} comes before its HELP`);
    return family;
  }
}

function reading(quality: Reading['quality']): Reading {
  return { stream: pm, time: noon, monotonic: 0, value: 4, raw: 4, quality };
}

describe('/metrics', () => {
  it('is text that Prometheus reads, every family named, typed and explained', async () => {
    const { api } = await apiRig();
    const answer = await ask(api.url, '/metrics');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    const families = parseMetrics(answer.text);
    expect(families.size).toBeGreaterThanOrEqual(18);
    for (const [name, { help, type, samples }] of families) {
      expect(name).toMatch(/^ushelter_[a-z_]+$/);
      expect(help.length).toBeGreaterThan(10);
      expect(['gauge', 'counter', 'histogram']).toContain(type);
      expect(name.endsWith('_total')).toBe(type === 'counter');
      for (const value of samples.values()) expect(value).not.toBeNaN();
    }
  });

  it('counts readings by sensor and flag, and commits with their rows and durations', async () => {
    const { api, metrics } = await apiRig();
    metrics.tookReading(reading(1));
    metrics.tookReading(reading(1));
    metrics.tookReading(reading(4));
    metrics.committed({ readings: 2, events: 1, last: { readings: 2, events: 1 }, took: 20 });
    const families = parseMetrics((await ask(api.url, '/metrics')).text);
    expect(Object.fromEntries(families.get('ushelter_readings_total')?.samples ?? [])).toEqual({
      'ushelter_readings_total{sensor="air",flag="pass"}': 2,
      'ushelter_readings_total{sensor="air",flag="fail"}': 1,
    });
    expect(Object.fromEntries(families.get('ushelter_committed_rows_total')?.samples ?? [])).toEqual({
      'ushelter_committed_rows_total{log="readings"}': 2,
      'ushelter_committed_rows_total{log="events"}': 1,
    });
    expect(Object.fromEntries(families.get('ushelter_commit_duration_seconds')?.samples ?? [])).toMatchObject(
      {
        ushelter_commit_duration_seconds_count: 1,
        ushelter_commit_duration_seconds_sum: 0.02,
        'ushelter_commit_duration_seconds_bucket{le="0.01"}': 0,
        'ushelter_commit_duration_seconds_bucket{le="0.05"}': 1,
      },
    );
  });

  it('shows the health of every part as it is at the scrape', async () => {
    const { api } = await apiRig();
    const text = (await ask(api.url, '/metrics')).text.split('\n');
    expect(text).toEqual(
      expect.arrayContaining([
        'ushelter_ok 0',
        'ushelter_uptime_seconds 42.5',
        'ushelter_info{version="0.1.0"} 1',
        'ushelter_store_ok 1',
        'ushelter_store_bytes 40960',
        'ushelter_store_uncommitted_rows 3',
        'ushelter_uplink_connected{url="mqtt://127.0.0.1:1883"} 1',
        'ushelter_uplink_waiting_rows{url="mqtt://127.0.0.1:1883"} 5',
        'ushelter_uplink_sent_readings_total{url="mqtt://127.0.0.1:1883"} 12',
        'ushelter_sensor_state{sensor="air",driver="sds011",state="ok"} 1',
        'ushelter_sensor_state{sensor="air",driver="sds011",state="failing"} 0',
        'ushelter_sensor_state{sensor="roof",driver="dht22",state="failing"} 1',
      ]),
    );
    expect(
      Number(/^ushelter_process_resident_memory_bytes (.*)$/m.exec(text.join('\n'))?.[1]),
    ).toBeGreaterThan(1e7);
  });

  it('does not count twice what was acknowledged before the last scrape', async () => {
    const metrics = createMetrics();
    onTestFinished(() => metrics.close());
    await metrics.text({ health: healthAtNoon, eventClients: 0 });
    const text = await metrics.text({ health: healthAtNoon, eventClients: 0 });
    expect(text).toContain('ushelter_uplink_sent_readings_total{url="mqtt://127.0.0.1:1883"} 12\n');
  });

  it('has no series of an uplink where the site has none', async () => {
    const metrics = createMetrics();
    onTestFinished(() => metrics.close());
    const text = await metrics.text({ health: { ...healthAtNoon, uplink: null }, eventClients: 0 });
    expect(text).not.toMatch(/^ushelter_uplink_connected/m);
  });

  it('keeps two shelters in one process apart', async () => {
    const [one, other] = [createMetrics(), createMetrics()];
    onTestFinished(() => [one, other].forEach((each) => void each.close()));
    one.tookReading(reading(1));
    expect(await other.text({ health: healthAtNoon, eventClients: 0 })).not.toContain(
      'readings_total{sensor="air"',
    );
  });
});
