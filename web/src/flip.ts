// Where a plan turns into another, as `hearth why` finds it.
import type { Slider } from './api';
import { reasons, start } from './state';

/** Where the plan flips, of what `hearth why` found for the base. */
export function flipOf(slider: Slider): number | null {
    const line = reasons.value[start.value!.plan]?.find(l => l.turns && l.instance === null && l.lever === slider.lever);
    if (!line || line.first_other === undefined) return null;
    return slider.lever === 'fuel_price_ratio' ? line.first_other * slider.value : line.first_other;
}
