import { describe, expect, it } from 'vitest';
import { indices } from '../../../runtime/indices/index.js';
import { ushelter } from '../../rigs/ushelter.js';

describe.concurrent('ushelter index', () => {
  it.each([
    [
      'us-aqi pm2_5=35.9',
      {
        index: 'us-aqi',
        value: 102,
        unit: null,
        grade: 'unhealthy-for-sensitive-groups',
        standard: '40 CFR 58 Appendix G, as of 6 May 2024',
      },
    ],
    ['cai so2=0.003 co=0.8 o3=0.003 no2=0.065 pm10=49 pm2_5=21', { value: 105, unit: null, grade: 'bad' }],
    ['pm-grade-kr pm10=81', { value: 3, grade: 'bad' }],
    [
      'nowcast pollutant=pm2_5 values=21,,35,49.2,48.6,53.7,66.2,69.2,64.9,50,43,34.9',
      { value: 28.4, unit: 'ug/m3', grade: 'moderate' },
    ],
    ['pm24h-estimate pollutant=pm10 values=80,80,80,80,80,80,80,80,80,80,80,80', { value: 70 }],
    ['eaqi pm2_5=15.1', { value: 3, grade: 'moderate' }],
    ['epa-correction cf1=40 humidity=40', { value: 28.502, unit: 'ug/m3', grade: null }],
    ['dew-point temperature=20 humidity=100', { value: 20, unit: 'Cel' }],
  ])('%s answers in JSON', async (words, answer) => {
    const { code, stdout, stderr } = await ushelter(['index', ...words.split(' ')]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject(answer);
    expect(Object.keys(JSON.parse(stdout))).toEqual(['index', 'value', 'unit', 'grade', 'standard']);
  });

  it.each([
    [
      'cai co=0.8 o3=0.003 no2=0.065 pm10=49 pm2_5=21',
      'input-missing',
      'There is no so2; expected 0 to 1 ppm.',
    ],
    ['us-aqi pm2_5=325.5', 'input-out-of-range', 'pm2_5 is 325.5; expected 0 to 325.4 µg/m³.'],
    ['us-aqi', 'input-missing', 'There is neither pm2_5 nor pm10; expected at least one of them.'],
    [
      'nowcast pollutant=pm10 values=5,,',
      'too-few-hours',
      'There is a mean for 1 of the last 3 hours; expected at least 2.',
    ],
  ])('%s answers in JSON why it is absent, with exit code 1', async (words, reasonCode, reason) => {
    const { code, stdout, stderr } = await ushelter(['index', ...words.split(' ')]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ absent: { code: reasonCode, reason } });
    expect(JSON.parse(stdout)).not.toHaveProperty('value');
  });

  it('list tells of every index and what it takes', async () => {
    const { code, stdout } = await ushelter(['index', 'list']);
    expect(code).toBe(0);
    expect(stdout.match(/^[a-z0-9-]+$/gm)).toEqual(indices.map(({ id }) => id));
    expect(stdout).toContain('so2=ppm co=ppm o3=ppm no2=ppm pm10=µg/m³ pm2_5=µg/m³\n');
    expect(stdout).toContain('40 CFR 58 Appendix G');
  });
});
