import { expect, it } from 'vitest';
import { ShelterError } from '../../../config/errors.js';
import { type Life, life as schema } from '../../../runtime/api/life.js';
import { reportLife } from '../../../runtime/life/report.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';
import { fakeCity } from '../downlink/fakes.js';
import { lifeOf } from './stop.js';

/** What the city is told, and when. */

const topic = 'city/stop/life';
const withParticles = (value: number) => lifeOf({ 'air/pm2_5': { value } });

function rig(first: Life, to = topic) {
  const clock = virtualClock();
  const city = fakeCity();
  const failures: unknown[] = [];
  const state = { life: first };
  const stop = reportLife({
    link: city.link,
    topic: to,
    life: () => state.life,
    clock,
    onFailure: (error) => failures.push(error),
  });
  return { clock, city, failures, state, stop };
}

it('tells all of it as JSON that the broker keeps', async () => {
  const { clock, city, stop } = rig(withParticles(10));
  await clock.advance(5_000);
  expect(city.said).toMatchObject([{ topic, retain: true, contentType: 'application/json', expiry: 1_800 }]);
  expect(schema.parse(city.answers(topic)[0])).toEqual(withParticles(10));
  stop();
});

it('tells it again when it changes in substance, and not because a number moves', async () => {
  const { clock, city, state, stop } = rig(withParticles(10));
  await clock.advance(5_000);
  state.life = withParticles(12);
  await clock.advance(60_000);
  expect(city.said).toHaveLength(1);
  state.life = withParticles(16);
  await clock.advance(5_000);
  expect(city.said).toHaveLength(2);
  state.life = lifeOf({ 'air/pm2_5': { value: 16, age: 999_000 } });
  await clock.advance(5_000);
  expect(city.said).toHaveLength(3);
  stop();
  state.life = withParticles(200);
  await clock.advance(60_000);
  expect(city.said).toHaveLength(3);
});

it('tells it every 10 min in any case', async () => {
  const { clock, city, stop } = rig(withParticles(10));
  await clock.advance(1_805_000);
  expect(city.said).toHaveLength(4);
  stop();
});

it('tells it once there is a connection again', async () => {
  const { clock, city, state, failures, stop } = rig(withParticles(10));
  city.disconnect();
  await clock.advance(30_000);
  expect(city.said).toHaveLength(0);
  state.life = withParticles(20);
  city.connect();
  await clock.advance(5_000);
  expect(city.answers(topic)).toMatchObject([{ air: { grade: 'moderate' } }]);
  city.connect();
  await clock.advance(5_000);
  expect(city.said).toHaveLength(2);
  expect(failures).toEqual([]);
  stop();
});

it('says where the broker does not want it, and does not insist', async () => {
  const { clock, city, failures, stop } = rig(withParticles(10), 'forbidden/life');
  await clock.advance(60_000);
  expect(city.said).toHaveLength(0);
  expect(failures).toEqual([expect.any(ShelterError)]);
  stop();
});
