// What a position is called: what has been moved, and where to.
import { coin, trimmed } from './number';
import { carbonPlace, isPlace, type Set } from './paths';
import { valueText } from './scale';
import { shown, start } from './state';
import { words } from './words.en';

export function nameOf(set: Set): string {
    const moved = start.value!.sliders.filter(s => s.key in set).map(s => `${s.label} ${valueText(s, Number(set[s.key]))}`);
    const money = shown.value?.view.currency ?? '', carbon = (price: number) => `${words.carbonPrice.toLowerCase()} ${coin[money] ?? money}${trimmed(price * 1000)}/t`;
    const places = Object.keys(set).filter(isPlace).map(k => (k === carbonPlace ? carbon(Number(set[k])) : `${k} ${set[k]}`));
    return [...moved, ...places].join(', ') || words.asItStands;
}

export const upper = (text: string) => text.replace(/^./, c => c.toUpperCase());
/** An instance of a plan as people call it. */
export const instanceName = (name: string) => upper(name.replace(/_/g, ' '));
