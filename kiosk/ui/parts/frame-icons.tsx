import { Icon } from './icons.js';

/** What the controls of the frame look like. */

export const HomeIcon = () => (
  <Icon>
    <path d="M3 11.5 12 4l9 7.5M5.5 10v10h13V10M10 20v-5.5h4V20" />
  </Icon>
);

export const AirIcon = () => (
  <Icon>
    <path d="M2.5 9h11a3 3 0 1 0-3-3M2.5 13.5h16a3 3 0 1 1-3 3M2.5 18h7.5a2.2 2.2 0 1 1-2.2 2.2" />
  </Icon>
);

export const HelpIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="9.5" />
    <circle cx="12" cy="12" r="3.8" />
    <path d="m5.4 5.4 3.9 3.9M18.6 5.4l-3.9 3.9M5.4 18.6l3.9-3.9M18.6 18.6l-3.9-3.9" />
  </Icon>
);

export const PhoneIcon = () => (
  <Icon>
    <rect x="6" y="2.5" width="12" height="19" rx="2.5" />
    <path d="M10.5 18.5h3M12 6v7.5M9 11l3 3 3-3" />
  </Icon>
);

export const GlobeIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="9.5" />
    <path d="M2.5 12h19M12 2.5c5.2 5.6 5.2 13.4 0 19M12 2.5c-5.2 5.6-5.2 13.4 0 19" />
  </Icon>
);

export const MenuIcon = () => (
  <Icon>
    <path d="M3.5 6h17M3.5 12h17M3.5 18h17" />
  </Icon>
);

export const CloseIcon = () => (
  <Icon>
    <path d="m5 5 14 14M19 5 5 19" />
  </Icon>
);

export const PreviousIcon = () => (
  <Icon>
    <path d="m15 4-8 8 8 8" />
  </Icon>
);

export const NextIcon = () => (
  <Icon>
    <path d="m9 4 8 8-8 8" />
  </Icon>
);

export const LargeIcon = () => (
  <Icon>
    <path d="M1.8 19.5 8.5 4l6.7 15.5M4.2 14.2h8.6M19 6v8M15 10h8" />
  </Icon>
);

export const ContrastIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="9.5" />
    <path class="filled" d="M12 2.5a9.5 9.5 0 0 1 0 19Z" />
  </Icon>
);

export const LowIcon = () => (
  <Icon>
    <path d="M12 2.5V15M6.5 9.8 12 15.3l5.5-5.5M4 21h16" />
  </Icon>
);

export const TickIcon = () => (
  <Icon>
    <path d="m4.5 12.5 5 5L19.5 7" />
  </Icon>
);

export const RouteIcon = () => (
  <Icon>
    <path d="M7 5v14M7 5h.01M7 19h.01M12 5h8M12 12h6M12 19h8" />
    <circle class="solid" cx="7" cy="5" r="2" />
    <circle class="solid" cx="7" cy="12" r="2" />
    <circle class="solid" cx="7" cy="19" r="2" />
  </Icon>
);

export const CallIcon = () => (
  <Icon>
    <path d="M4 11a8 8 0 0 1 16 0v6M4 11v4a2 2 0 0 0 3 0v-3a2 2 0 0 0-3 0M20 12a2 2 0 0 0-3 0v3a2 2 0 0 0 3 0M20 17a4 4 0 0 1-4 4h-3" />
  </Icon>
);

export const LowFloorBusIcon = () => (
  <Icon>
    <path d="M2.5 17V6.5a2 2 0 0 1 2-2h15a2 2 0 0 1 2 2V17h-3M2.5 17h2M9.5 17h4M2.5 11h19M12 4.5V11" />
    <circle cx="7" cy="17.5" r="2.3" />
    <circle cx="16" cy="17.5" r="2.3" />
  </Icon>
);

export const RingIcon = () => (
  <Icon>
    <path d="M6.5 3H10l1.6 5-2.4 1.8a12 12 0 0 0 5 5L16 12.4l5 1.6v3.5a3 3 0 0 1-3 3A14.5 14.5 0 0 1 3.5 6a3 3 0 0 1 3-3Z" />
  </Icon>
);

export const WifiIcon = () => (
  <Icon>
    <path d="M2 9.5a14.5 14.5 0 0 1 20 0M5.5 13.3a9.5 9.5 0 0 1 13 0M9 17a4.6 4.6 0 0 1 6 0M12 20.3v.1" />
  </Icon>
);

export const EraseIcon = () => (
  <Icon>
    <path d="M8.5 5H21v14H8.5L2.5 12ZM11.5 9l5.5 6M17 9l-5.5 6" />
  </Icon>
);
