import type { ComponentChildren } from 'preact';
import type { ValueState } from '../../../runtime/api/contract.js';

/** Icons repeat what a word beside them says, so that screen readers skip them. */
export function Icon({ children }: { children: ComponentChildren }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

export const clockFace = (
  <>
    <circle cx="12" cy="12" r="9.5" />
    <path d="M12 6.5V12l4 2.5" />
  </>
);

export const question = (
  <>
    <circle cx="12" cy="12" r="9.5" stroke-dasharray="3.5 2.5" />
    <path d="M9.2 9.5a2.9 2.9 0 1 1 4 2.7c-.9.5-1.2 1-1.2 2M12 17.4v.1" />
  </>
);

const stateShapes: Readonly<Record<ValueState, ComponentChildren>> = {
  fresh: (
    <>
      <circle class="filled" cx="12" cy="12" r="10" />
      <path class="cut" d="m7 12.5 3.5 3.5L17 8.5" />
    </>
  ),
  stale: clockFace,
  doubtful: question,
  faulty: (
    <>
      <path class="filled" d="M12 2 23 21.5H1Z" />
      <path class="cut" d="M12 9v6M12 18v.5" />
    </>
  ),
  missing: (
    <>
      <rect x="2.5" y="2.5" width="19" height="19" rx="3" stroke-dasharray="4 3" />
      <path d="M8 12h8" />
    </>
  ),
};

export function StateIcon({ state }: { state: ValueState }) {
  return <Icon>{stateShapes[state]}</Icon>;
}

/** The mood that a grade of the air puts people in; grades of other names go without a face. */
const moods: Readonly<Record<string, 'glad' | 'calm' | 'uneasy' | 'unwell'>> = {
  good: 'glad',
  guideline: 'glad',
  fair: 'calm',
  moderate: 'calm',
  'interim-4': 'calm',
  'interim-3': 'uneasy',
  'unhealthy-for-sensitive-groups': 'uneasy',
  bad: 'uneasy',
  poor: 'uneasy',
  'interim-2': 'uneasy',
  'interim-1': 'unwell',
  'above-interim-1': 'unwell',
  'very-bad': 'unwell',
  'very-poor': 'unwell',
  'extremely-poor': 'unwell',
  unhealthy: 'uneasy',
  'very-unhealthy': 'unwell',
  hazardous: 'unwell',
};

const mouths = {
  glad: 'M7.5 13.5a4.8 4.8 0 0 0 9 0',
  calm: 'M8 15.2h8',
  uneasy: 'M7.8 16.8a4.8 4.8 0 0 1 8.4 0',
  unwell: 'm7.2 16.6 2.4-2 2.4 2 2.4-2 2.4 2',
} as const;

export function GradeIcon({ grade }: { grade: string }) {
  const mood = moods[grade];
  if (mood === undefined) return <PropertyIcon property="pm10" />;
  return (
    <Icon>
      <circle cx="12" cy="12" r="10" />
      <path d="M8.6 9v.6M15.4 9v.6" />
      <path d={mouths[mood]} />
    </Icon>
  );
}

const propertyShapes: Readonly<Record<string, ComponentChildren>> = {
  temperature: <path d="M14 13.5V5a2 2 0 0 0-4 0v8.5a5 5 0 1 0 4 0ZM12 10v7" />,
  humidity: <path d="M12 2.5s7 7.2 7 12a7 7 0 0 1-14 0c0-4.8 7-12 7-12ZM8.5 15a3.5 3.5 0 0 0 3 3" />,
  pressure: <path d="M3.5 18a10 10 0 1 1 17 0M12 14l4.5-5M12 14h.01" />,
  pm1: <Particles sizes={[1.7, 1.7, 1.7, 1.7]} />,
  pm2_5: <Particles sizes={[3, 2.2, 3, 2.2]} />,
  pm10: <Particles sizes={[4.8, 3.2, 4.8, 3.2]} />,
};

function Particles({ sizes: [a, b, c, d] }: { sizes: [number, number, number, number] }) {
  return (
    <g class="filled">
      <circle cx="7" cy="8" r={a} />
      <circle cx="17" cy="6" r={b} />
      <circle cx="16" cy="16" r={c} />
      <circle cx="6.5" cy="18" r={d} />
    </g>
  );
}

export function PropertyIcon({ property }: { property: string }) {
  const shape = propertyShapes[property];
  return shape ? <Icon>{shape}</Icon> : null;
}

export function UnpluggedIcon() {
  return (
    <Icon>
      <path d="M9 3v4M15 3v4M6.5 7h11v4a5.5 5.5 0 0 1-11 0ZM12 16.5V21M3 3l18 18" />
    </Icon>
  );
}

export function BellIcon() {
  return (
    <Icon>
      <path d="M6 16V10.5a6 6 0 0 1 12 0V16l2 2.5H4ZM10 21h4" />
    </Icon>
  );
}
