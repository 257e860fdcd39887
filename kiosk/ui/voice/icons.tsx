import { Icon } from '../parts/icons.js';

/** What the controls of the voice look like. */

export const ListenIcon = () => (
  <Icon>
    <path class="filled" d="M3.5 9v6h4l5 4.5v-15L7.5 9z" />
    <path d="M15.5 9a4 4 0 0 1 0 6M18 6.2a8 8 0 0 1 0 11.6" />
  </Icon>
);

export const PlayIcon = () => (
  <Icon>
    <path class="filled" d="M7 4.5v15l12.5-7.5z" />
  </Icon>
);

export const PauseIcon = () => (
  <Icon>
    <path class="filled" d="M6 5h4v14H6zM14 5h4v14h-4z" />
  </Icon>
);

export const StopIcon = () => (
  <Icon>
    <path class="filled" d="M5.5 5.5h13v13h-13z" />
  </Icon>
);

export const ReplayIcon = () => (
  <Icon>
    <path d="M5 4.5v5.5h5.5M5.4 10a7.5 7.5 0 1 1-.9 4.5" />
  </Icon>
);

export const EarlierIcon = () => (
  <Icon>
    <path class="filled" d="M20 5v14l-9-7zM11 5v14l-9-7z" />
  </Icon>
);

export const LaterIcon = () => (
  <Icon>
    <path class="filled" d="M4 5v14l9-7zM13 5v14l9-7z" />
  </Icon>
);

export const SofterIcon = () => (
  <Icon>
    <path class="filled" d="M3 9v6h4l5 4.5v-15L7 9z" />
    <path d="M15.5 12H22" />
  </Icon>
);

export const LouderIcon = () => (
  <Icon>
    <path class="filled" d="M3 9v6h4l5 4.5v-15L7 9z" />
    <path d="M15.5 12H22M18.75 8.75v6.5" />
  </Icon>
);
