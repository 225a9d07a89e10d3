// A slider's rail: its values by place between 0 and 1, and its words.
import type { Slider } from './api';
import { trimmed, withUnit } from './number';

export const ticks = 1000;     // places of the rail

export function placeOf(slider: Slider, value: number): number {
    const { minimum, maximum } = slider;
    const held = Math.min(maximum, Math.max(minimum, value));
    if (slider.scale === 'log') return Math.log(held / minimum) / Math.log(maximum / minimum);
    const share = (held - minimum) / (maximum - minimum);
    return slider.scale === 'root' ? Math.sqrt(share) : share;
}

export function valueAt(slider: Slider, place: number): number {
    const { minimum, maximum, step } = slider;
    const share = slider.scale === 'root' ? place * place : place;
    const raw = slider.scale === 'log' ? minimum * (maximum / minimum) ** place : minimum + (maximum - minimum) * share;
    const steps = Math.round(raw / step) * step;
    return Number(Math.min(maximum, Math.max(minimum, steps)).toPrecision(10));
}

/** The word of the nearest stop. */
export function wordOf(slider: Slider, value: number): string {
    const place = placeOf(slider, value);
    let best = slider.stops[0];
    for (const stop of slider.stops) {
        if (Math.abs(placeOf(slider, stop.at) - place) < Math.abs(placeOf(slider, best.at) - place)) best = stop;
    }
    return best.word;
}

/** The value in words and units; large ones in the next unit. */
export function valueText(slider: Slider, value: number): string {
    const shownValue = value * (slider.factor ?? 1);
    const bigger: Record<string, string> = { kW: 'MW', kWh: 'MWh', m: 'km' };
    if (slider.unit in bigger && shownValue >= 1000) return withUnit(trimmed(shownValue / 1000), bigger[slider.unit]);
    return withUnit(trimmed(shownValue), slider.unit);
}
