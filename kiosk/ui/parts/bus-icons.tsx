import type { ComponentChildren } from 'preact';
import type { Rank } from '../state/announcements.js';
import type { Standing } from '../state/arrivals.js';
import type { Arrival } from '../state/content-message.js';
import { clockFace, Icon, question } from './icons.js';

/** How sure a time is, by shape: waves that arrive, sand that ran, a clock face, a question, a cross. */
const standingShapes: Readonly<Record<Standing, ComponentChildren>> = {
  live: (
    <>
      <circle class="filled" cx="5" cy="19" r="2.8" />
      <path d="M4 11.5a8.5 8.5 0 0 1 8.5 8.5M4 4.5A15.5 15.5 0 0 1 19.5 20" />
    </>
  ),
  old: <path d="M6 2.5h12M6 21.5h12M7.5 2.5c0 6 9 6.5 9 13v6M16.5 2.5c0 6-9 6.5-9 13v6" />,
  timetable: clockFace,
  overdue: question,
  cancelled: (
    <>
      <circle cx="12" cy="12" r="9.5" />
      <path d="m8 8 8 8M16 8l-8 8" />
    </>
  ),
};

export const StandingIcon = ({ standing }: { standing: Standing }) => <Icon>{standingShapes[standing]}</Icon>;

export const BusIcon = () => (
  <Icon>
    <path d="M4 17.5V6a3 3 0 0 1 3-3h10a3 3 0 0 1 3 3v11.5ZM4 11.5h16M6.5 17.5V20M17.5 17.5V20M8 14.5h.1M16 14.5h.1" />
  </Icon>
);

export const LowFloorIcon = () => (
  <Icon>
    <circle class="filled" cx="10" cy="3.6" r="2.3" />
    <path d="M10 7.5v6.5h5.5l3 6M10 10.5h5M7.3 11.8a5.3 5.3 0 1 0 6.9 6.7" />
  </Icon>
);

const people: Readonly<Record<NonNullable<Arrival['crowding']>, number>> = {
  empty: 0,
  seats: 1,
  standing: 2,
  full: 3,
};

/** Of three places the more are filled the fuller the bus is. */
export function CrowdingIcon({ crowding }: { crowding: NonNullable<Arrival['crowding']> }) {
  return (
    <Icon>
      {[4.5, 12, 19.5].map((x, index) => (
        <path
          key={x}
          class={index < people[crowding] ? 'solid' : undefined}
          d={`M${x - 2.8} 20v-5.5a2.8 2.8 0 0 1 5.6 0V20ZM${x} 8.4a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z`}
        />
      ))}
    </Icon>
  );
}

export const LastBusIcon = () => (
  <Icon>
    <path d="M19.5 14.5A8.5 8.5 0 0 1 9.5 4.5a8.5 8.5 0 1 0 10 10Z" />
  </Icon>
);

export const DetourIcon = () => (
  <Icon>
    <path d="M4 21v-6.5a4 4 0 0 1 4-4h11.5M15 5.5l5 5-5 5" />
  </Icon>
);

export const DelayedIcon = () => (
  <Icon>
    <path d="M12 6.5V12l3 2M20.7 8.5a9.5 9.5 0 1 0 .7 5M21.5 3.5v5h-5" />
  </Icon>
);

const warning = <path d="M12 3 22.5 21h-21ZM12 9.5v5.5M12 18v.1" />;

const told = (
  <>
    <circle cx="12" cy="12" r="9.5" />
    <path d="M12 11v6M12 7.2v.1" />
  </>
);

const shouted = <path d="M3.5 9.5v5h3.5l9 4.5V5L7 9.5ZM19.5 9a4.5 4.5 0 0 1 0 6M8 14.5V20h3" />;

const rankShapes: Readonly<Record<Rank, ComponentChildren>> = {
  extreme: warning,
  severe: warning,
  moderate: shouted,
  minor: shouted,
  'alert-warning': warning,
  'alert-advisory': warning,
  warning,
  information: told,
};

export const RankIcon = ({ rank }: { rank: Rank }) => <Icon>{rankShapes[rank]}</Icon>;
