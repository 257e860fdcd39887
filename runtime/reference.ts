import { correctionIds, corrections } from '../config/catalogue/corrections.js';
import { type PropertyId, properties, type Range } from '../config/catalogue/properties.js';
import { type UnitId, units } from '../config/catalogue/units.js';
import { writeDuration } from '../config/duration.js';
import { table } from '../config/markdown.js';
import { displayUnits } from '../config/profiles/display-units.js';
import { profiles } from '../config/profiles/index.js';
import type { Profile } from '../config/profiles/profile.js';
import type { Bands, Grade, IndexDefinition, Input, Precision } from './indices/definition.js';
import { indices } from './indices/index.js';
import { advisories } from './indices/weather/advisories.js';
import type { AdvisoryDefinition } from './indices/weather/advisory.js';
import { methods } from './ingest/correction.js';
import type { ParameterUnit, TestDefinition } from './quality/definition.js';
import { qualityTests } from './quality/tests.js';

/** The reference page of what is made of the numbers and how they are judged, as Markdown. */
export function writeReference(): string {
  return [
    '# Indices, corrections and quality tests',
    'Made by `npm run generate` from `runtime/indices`, `runtime/quality` and `config`.',
    '## Indices',
    '`ushelter index NAME key=value…` computes each. Where an input is missing or outside its range, there is no value, and the reason is told instead; nothing is extrapolated. Inputs in brackets can be done without.',
    ...indices.map(writeIndex),
    '## Advisories',
    'After what was measured at the stop; what the weather service announces for the region may differ. Nothing is forecast.',
    ...advisories.map(writeAdvisory),
    '## Profiles',
    'What a site’s `profile` chooses. The index of the air comes first; of those of what it feels like, the first that has a value is shown.',
    ...Object.entries(profiles).map(writeProfile),
    '## Corrections',
    'Off unless a site’s `sensors[].corrections` asks for one.',
    writeCorrections(),
    '## Quality tests',
    '`ushelter qc NAME values=… key=value…` runs those that need one series alone. Flags are 1 pass, 2 not evaluated, 3 suspect, 4 fail, 9 missing; of several tests the worst counts, and the reading names those that doubt it. A flag deletes nothing.',
    ...qualityTests.map(writeTest),
    '## Limits of each property',
    'In the unit of the property. A site’s `sensors[].quality` puts its own in their place; what a sensor cannot measure fails whatever stands here. A test without limits is not run.',
    writeLimits(),
  ]
    .join('\n\n')
    .concat('\n');
}

function writeIndex({ id, title, unit, range, grades, standard, source, inputs }: IndexDefinition): string {
  const facts = [
    ['Value', `${range ? between(range) : 'a number'}${inUnit(unit)}`],
    ['Grades', grades?.map(writeGrade).join(', ') ?? ''],
    ['Standard', standard],
    ['Source', link(source)],
  ];
  return [
    `### ${id}`,
    named(title),
    writeFacts(facts),
    table(['Input', 'What', 'Value'], Object.entries(inputs).map(writeInput)),
  ].join('\n\n');
}

function writeGrade({ id, from }: Grade): string {
  return from === undefined ? `\`${id}\`` : `\`${id}\` from ${number(from)}`;
}

function writeInput([name, input]: [string, Input]): string[] {
  const isOptional = input.kind === 'number' && input.optional === true;
  return [isOptional ? `[\`${name}\`]` : `\`${name}\``, input.about, takenOf(input)];
}

function takenOf(input: Input): string {
  switch (input.kind) {
    case 'choice':
      return `one of ${input.of.map((each) => `\`${each}\``).join(', ')}`;
    case 'hours':
      return [
        `${input.hours} h, each ${between(input.range)}${inUnit(input.unit)}`,
        shortened(input.precision),
      ]
        .filter(Boolean)
        .join('; ');
    case 'number':
      return [
        `${between(input.range)}${inUnit(input.unit)}`,
        shortened(input.precision),
        input.bands && writeBands(input.bands),
      ]
        .filter(Boolean)
        .join('; ');
  }
}

function writeBands(bands: Bands): string {
  return Object.entries(bands)
    .map(([grade, greatest]) => `\`${grade}\` to ${number(greatest)}`)
    .join(', ');
}

function shortened(precision: Precision | undefined): string {
  if (!precision) return '';
  const { by, digits } = precision;
  const to = digits === 0 ? 'a whole number' : `${digits} ${digits === 1 ? 'decimal' : 'decimals'}`;
  return by === 'rounding' ? `rounded to ${to}` : `cut off to ${to}`;
}

function writeAdvisory({ id, title, about, source }: AdvisoryDefinition): string {
  return [`### ${id}`, named(title), about, `Source: ${link(source)}`].join('\n\n');
}

function writeProfile([id, profile]: [string, Profile]): string {
  const { name, feelsLike, alerts, units: shown } = profile;
  const facts = [
    ['Indices', list(profile.indices)],
    ['Feels like', list(feelsLike)],
    ['Alerts', list(alerts.flatMap(({ of }) => of))],
    [
      'Units',
      `${displayUnits.temperature[shown.temperature].symbol}, ${displayUnits.wind[shown.wind].symbol}`,
    ],
    ['Advice after', sourcesOf(profile).map(link).join(', ')],
  ];
  return [`### Profile \`${id}\``, name.en, writeFacts(facts)].join('\n\n');
}

function writeFacts(facts: readonly (readonly string[])[]): string {
  return facts.map(([what, fact]) => `- ${what}: ${fact || 'none'}`).join('\n');
}

/** The guidance that a profile's advice follows, each once. */
function sourcesOf({ air, weather, alerts }: Profile): string[] {
  return [...new Set([air, ...weather, ...alerts].flatMap(({ sources }) => sources))];
}

function writeCorrections(): string {
  const rows = correctionIds.map((id) => {
    const { title, corrects } = corrections[id];
    const { index, from } = methods[id];
    return [
      `\`${id}\``,
      named(title),
      list(corrects),
      from ? `\`${from}\`` : '',
      `\`${index.id}\``,
      link(index.source),
    ];
  });
  return table(['Correction', 'What', 'Corrects', 'Best from', 'Index', 'Source'], rows);
}

function writeTest({ id, title, about, parameters, source }: TestDefinition<string>): string {
  const rows = Object.entries(parameters).map(([name, parameter]) => [
    `\`${name}\``,
    parameter.about,
    parameterUnits[parameter.unit],
  ]);
  const parameterTable = rows.length > 0 ? [table(['Parameter', 'What', 'Unit'], rows)] : [];
  return [`### ${id}`, named(title), about, `Source: ${source}.`, ...parameterTable].join('\n\n');
}

const parameterUnits: Readonly<Record<ParameterUnit, string>> = {
  value: 'that of the property',
  'value/h': 'that of the property, for each hour',
  ms: 'a duration',
  share: 'a share, 0 to 1',
};

function writeLimits(): string {
  const head = ['Property', 'Unit', 'Fails outside', 'Suspect outside'];
  const tests = ['Rate of change', 'Spike', 'Flat line', 'Agreement', 'May rest at'];
  return table([...head, ...tests], (Object.keys(properties) as PropertyId[]).map(limitsOf));
}

function limitsOf(id: PropertyId): string[] {
  const { unit, gross, limits, restsAt } = properties[id];
  const { rateOfChange, spike, flatLine, agreement } = limits;
  return [
    `\`${id}\``,
    units[unit].symbol,
    between(gross.fail),
    between(gross.suspect),
    rateOfChange ? `${rateOfChange.allowance} and ${rateOfChange.perHour} an hour` : '',
    worded({ suspect: spike?.suspect, fail: spike?.fail }),
    flatLine
      ? `within ${flatLine.tolerance}: suspect after ${writeDuration(flatLine.suspectFor)}, fail after ${writeDuration(flatLine.failFor)}`
      : '',
    agreement ? `${agreement.within}${agreement.share > 0 ? ` or ${agreement.share * 100} %` : ''}` : '',
    restsAt ? between(restsAt) : '',
  ];
}

function worded(limits: Readonly<Record<string, number | undefined>>): string {
  return Object.entries(limits)
    .flatMap(([name, limit]) => (limit === undefined ? [] : [`${name} above ${limit}`]))
    .join(', ');
}

function named({ en, ko }: { en: string; ko: string }): string {
  return `${en} (${ko})`;
}

function link(address: string): string {
  return `<${address}>`;
}

function list(ids: readonly string[]): string {
  return ids.map((id) => `\`${id}\``).join(', ');
}

function between([least, greatest]: Range): string {
  return `${number(least)} to ${number(greatest)}`;
}

/** Without the noise of binary fractions. */
function number(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function inUnit(unit: UnitId | undefined): string {
  const symbol = unit === undefined ? '' : units[unit].symbol;
  return symbol && ` ${symbol}`;
}
