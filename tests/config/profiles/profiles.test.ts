import { describe, expect, it } from 'vitest';
import { languages } from '../../../config/catalogue/languages.js';
import { displayUnits } from '../../../config/profiles/display-units.js';
import { profiles } from '../../../config/profiles/index.js';
import {
  type Colour,
  type GradeShown,
  groups,
  type Scale,
  type Words,
} from '../../../config/profiles/profile.js';
import { indices } from '../../../runtime/indices/index.js';

const byId = new Map(indices.map((index) => [index.id, index]));
const tags = Object.keys(languages) as (keyof Words)[];
const groupNames = Object.keys(groups) as (keyof typeof groups)[];

/** What a line of the screen holds, in characters: those of East Asia are twice as wide. */
const longest: Record<keyof Words, number> = { en: 60, ko: 34, ja: 34, zh: 34, vi: 64, ne: 64, sw: 64 };

/** A letter that tells the language from the others; those in Latin letters are told apart by nothing so simple. */
const script: Partial<Record<keyof Words, RegExp>> = {
  ko: /\p{Script=Hangul}/u,
  ja: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u,
  zh: /\p{Script=Han}/u,
  ne: /\p{Script=Devanagari}/u,
};

/** Least difference of two colours in CIELAB: the two that are nearest in Europe's own index. */
const leastDifference = 18;

describe.each(Object.entries(profiles))('the profile %s', (_id, profile) => {
  const scales = [profile.air, ...profile.weather, ...profile.alerts];
  const grades = scales.flatMap((scale) => scale.grades.map((grade) => ({ scale, grade })));

  it('chooses indices that exist, and shows one of them for the air', () => {
    for (const id of profile.indices) expect([...byId.keys()]).toContain(id);
    expect(profile.indices).toContain(profile.air.of[0]);
    for (const id of profile.feelsLike) expect(profile.indices).toContain(id);
    for (const id of profile.feelsLike) expect(byId.get(id)?.unit).toBe('Cel');
  });

  it('has every grade of every index that it says in words, in their order', () => {
    for (const { of, grades } of [profile.air, ...profile.weather])
      for (const id of of)
        expect(grades.map((grade) => grade.id)).toEqual(byId.get(id)?.grades?.map((grade) => grade.id));
  });

  it('says an alert as an advisory and as a warning', () => {
    for (const { of, grades } of profile.alerts) {
      expect(['pm-alert-kr', 'heat-advisory', 'cold-advisory']).toContain(of[0]);
      expect(grades.map((grade) => grade.id)).toEqual(['advisory', 'warning']);
    }
  });

  it('has a name, and a word for every grade, in every language', () => {
    for (const tag of tags) {
      expectSaid(profile.name, tag);
      for (const { grade } of grades) expectSaid(grade.word, tag);
    }
  });

  it('has advice for every grade, every group and every language, as long as a line', () => {
    for (const { grade } of grades)
      for (const group of groupNames) for (const tag of tags) expectSaid(grade.advice[group], tag);
  });

  it('never has two grades of a scale with one word', () => {
    for (const scale of scales)
      for (const tag of tags)
        expect(new Set(scale.grades.map(({ word }) => word[tag])).size).toBe(scale.grades.length);
  });

  it('gives different advice to somebody from the first grade of the air to the last', () => {
    for (const tag of tags)
      for (const group of groupNames)
        expect(profile.air.grades[0]?.advice[group][tag]).not.toBe(
          profile.air.grades.at(-1)?.advice[group][tag],
        );
  });

  it('has text that is legible on every colour: 4.5 to 1', () => {
    for (const { grade } of grades) expect(contrast(grade.colour, grade.ink)).toBeGreaterThanOrEqual(4.5);
  });

  it('has colours that can be told apart in every scale', () => {
    for (const scale of scales)
      for (const [one, other] of pairs(scale))
        expect(difference(one.colour, other.colour), `${one.id}, ${other.id}`).toBeGreaterThan(
          leastDifference,
        );
  });

  it('names the guidance that its advice follows', () => {
    for (const { sources } of scales) {
      expect(sources.length).toBeGreaterThan(0);
      for (const source of sources) expect(URL.canParse(source)).toBe(true);
    }
  });
});

describe('the groups', () => {
  it('have a name in every language', () => {
    for (const name of Object.values(groups)) for (const tag of tags) expectSaid(name, tag);
  });
});

describe('the units that people read in', () => {
  it('come from ours', () => {
    const read = ({ factor, offset }: { factor: number; offset: number }, ours: number) =>
      ours * factor + offset;
    expect(read(displayUnits.temperature.fahrenheit, 100)).toBe(212);
    expect(read(displayUnits.temperature.celsius, -40)).toBe(-40);
    expect(read(displayUnits.temperature.fahrenheit, -40)).toBe(-40);
    expect(read(displayUnits.wind['km/h'], 10)).toBe(36);
    expect(read(displayUnits.wind.mph, 0.44704)).toBeCloseTo(1, 12);
  });
});

function expectSaid(words: Words, tag: keyof Words) {
  expect(words[tag].trim()).not.toBe('');
  expect(words[tag].length, words[tag]).toBeLessThanOrEqual(longest[tag]);
  expect(words[tag]).toMatch(script[tag] ?? /\p{Script=Latin}/u);
}

function pairs({ grades }: Scale): [GradeShown, GradeShown][] {
  return grades.flatMap((one, index) =>
    grades.slice(index + 1).map((other): [GradeShown, GradeShown] => [one, other]),
  );
}

/** The contrast ratio of WCAG 2. */
function contrast(one: Colour, other: Colour): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: Colour): number {
  const [red, green, blue] = linear(colour);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The distance in CIELAB. */
function difference(one: Colour, other: Colour): number {
  const [a, b] = [lab(one), lab(other)];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function lab(colour: Colour): [number, number, number] {
  const [red, green, blue] = linear(colour);
  const curve = (share: number) =>
    share > 216 / 24389 ? Math.cbrt(share) : ((24389 / 27) * share + 16) / 116;
  const x = curve((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047);
  const y = curve(0.2126 * red + 0.7152 * green + 0.0722 * blue);
  const z = curve((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function linear(colour: Colour): [number, number, number] {
  expect(colour).toMatch(/^#[0-9a-f]{6}$/);
  const share = (from: number) => {
    const value = Number.parseInt(colour.slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [share(1), share(3), share(5)];
}
