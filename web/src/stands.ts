// Where a slider stands: where it was set, at what the scenario says, or at what the plan chose, where the scenario leaves that to it.
import type { Slider } from './api';
import { seen, set, valueIn, type Set, type Shown } from './state';

const chosenOf = (at: Pick<Shown, 'view'>, slider: Slider) => at.view.record.together.instances[slider.instance ?? '']?.capacity ?? slider.minimum;

export const standsIn = (at: Shown, slider: Slider, of: Set = at.set) => (slider.best === undefined || slider.key in of ? valueIn(of, slider) : chosenOf(at, slider));
export const standsAt = (slider: Slider) => (seen.value ? standsIn(seen.value, slider, set.value) : valueIn(set.value, slider));

/** What the plan chooses of a slider's plant, all else as it stands; none where that is not known. */
export function chosenNow(slider: Slider): number | undefined {
    if (slider.best === undefined || !seen.value) return undefined;
    if (!(slider.key in set.value)) return chosenOf(seen.value, slider);
    return Object.keys(set.value).length === 1 ? slider.best : undefined;
}
