import type { FunctionComponent } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { PinPad } from '../parts/maintenance/pin-pad.js';
import type { InsideProps } from '../parts/maintenance/props.js';
import { services } from '../services.js';
import { createMaintenance, type MaintenanceVisit } from '../state/maintenance.js';
import type { Page } from '../state/page.js';
import type { ScreenProps } from './screen.js';

/** The screen for technicians. What is behind the PIN is fetched when somebody is let in. */
export function MaintenanceScreen({ page, words }: ScreenProps) {
  const visit = useMemo(() => createMaintenance(services), []);
  useEffect(() => visit.leave, [visit]);
  useSession(visit, page);
  const isOpen = visit.isOpen.value;
  const Inside = useInside(isOpen);
  if (!isOpen || !Inside) return <PinPad visit={visit} words={words} />;
  return <Inside visit={visit} page={page} words={words} />;
}

/** Touches prolong the session, as they do the visit; where it ends before, the board comes back. */
function useSession(visit: MaintenanceVisit, page: Page): void {
  const isOpen = visit.isOpen.value;
  const isOver = visit.refusal.value?.why === 'over';

  useEffect(() => {
    if (!isOpen) return undefined;
    const touches = ['pointerdown', 'keydown'] as const;
    for (const touch of touches) document.addEventListener(touch, visit.touch, true);
    return () => {
      for (const touch of touches) document.removeEventListener(touch, visit.touch, true);
    };
  }, [isOpen, visit]);

  useEffect(() => {
    if (isOver) page.visit.go('board');
  }, [isOver, page]);
}

function useInside(isWanted: boolean): FunctionComponent<InsideProps> | undefined {
  const [inside, setInside] = useState<{ Inside: FunctionComponent<InsideProps> }>();
  useEffect(() => {
    if (isWanted && !inside) void import('../parts/maintenance/inside.js').then(setInside);
  }, [isWanted, inside]);
  return inside?.Inside;
}
