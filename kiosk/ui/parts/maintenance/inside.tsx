import type { FunctionComponent } from 'preact';
import { useState } from 'preact/hooks';
import { formatValue } from '../../i18n/format.js';
import { type MaintenanceView, maintenanceViews } from '../../state/maintenance.js';
import { Button } from '../button.js';
import { DisplayTest } from './display-test.js';
import { FaultsView } from './faults.js';
import type { InsideProps } from './props.js';
import { SensorsView } from './sensors.js';
import { SoundTest } from './sound-test.js';
import { SystemView } from './system.js';
import { TouchTest } from './touch-test.js';

const views = {
  sensors: SensorsView,
  system: SystemView,
  faults: FaultsView,
  touch: TouchTest,
  display: DisplayTest,
  sound: SoundTest,
} as const satisfies Record<MaintenanceView, FunctionComponent<InsideProps>>;

/** What a technician reads and tries, one thing at a time. */
export function Inside(props: InsideProps) {
  const { visit, page, words } = props;
  const { say, language } = words;
  const [view, choose] = useState<MaintenanceView>('sensors');
  const View = views[view];
  const lasts = visit.inside.value.look?.lasts;

  function leave(): void {
    visit.leave();
    page.visit.go('board');
  }

  return (
    <>
      <div class="maintenance-head">
        <h2 class="screen-title">{say.maintenance.title}</h2>
        {lasts !== undefined && (
          <p class="basis">{say.maintenance.lasts(formatValue(Math.ceil(lasts), 0, language))}</p>
        )}
        <Button name="leave" word={say.maintenance.leave} onPress={leave} />
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms. */}
      <div class="choices" role="group" aria-label={say.maintenance.title}>
        {maintenanceViews.map((each) => (
          <Button
            key={each}
            name={`view-${each}`}
            word={say.maintenance.views[each]}
            pressed={each === view}
            onPress={() => choose(each)}
          />
        ))}
      </div>
      <View {...props} />
    </>
  );
}
