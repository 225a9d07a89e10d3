// Positions of the page and places of the scenario. A position is by slider key; a key with a point in it is a place of the
// scenario that no slider moves.
import type { Slider } from './api';

export type Set = Record<string, number | string>;

/** Where the scenario has the price of carbon that the plan goes by and nobody pays. */
export const carbonPlace = 'money.carbon_price.shadow_money_kg';
export const isPlace = (key: string) => /^[\w-]+(\.[\w-]+)+$/.test(key) && key.length <= 160;
export const isText = (text: string) => /^[\w+.-]{1,40}$/.test(text);

/** What the server is asked to change: the value of each moved slider by its path, and places as they are. */
export function changesOf(set: Set, sliders: Slider[]): Record<string, string> {
    const out: Record<string, string> = {};
    for (const slider of sliders) {
        if (!(slider.key in set)) continue;
        out[slider.paths[0]] = String(Number(Number(set[slider.key]).toPrecision(10)));
        Object.assign(out, slider.also);
    }
    for (const key of Object.keys(set)) if (isPlace(key)) out[key] = String(set[key]);
    return out;
}

/** The other way round; what a slider needs beside its value is not told twice. */
export function positionOf(changes: Record<string, string>, sliders: Slider[]): Set {
    const out: Set = {}, beside: string[] = [];
    for (const slider of sliders) {
        const text = changes[slider.paths[0]];
        if (text === undefined) continue;
        if (Number(text) >= slider.minimum && Number(text) <= slider.maximum) {
            out[slider.key] = Number(text);
            beside.push(slider.paths[0], ...Object.keys(slider.also ?? {}));
        }
    }
    for (const key of Object.keys(changes)) if (!beside.includes(key)) out[key] = changes[key];
    return out;
}
