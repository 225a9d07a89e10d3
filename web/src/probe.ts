// Plans asked for beside the one shown: along a slider, between a plan and a position that has none, along the price of carbon.
// They have a stream of their own and wait while the hand is on a slider.
import { signal } from '@preact/signals';
import { askPlan, getView, listen, type Said, type Slider } from './api';
import { carbonPlace, type Set } from './paths';
import { placeOf, valueAt } from './scale';
import { changes, set, shown, solving, valueIn, type Shown } from './state';

export type Probed = Shown | null;          // null: no plan there

const tab = crypto.randomUUID();
let seq = 0, open: Promise<void> | null = null, answer: ((said: Said) => void) | null = null, last: Promise<unknown> = Promise.resolve();

const rested = () => new Promise<void>(resolve => {
    const look = () => { if (solving.value) setTimeout(look, 200); else resolve(); };
    look();
});

async function ask(position: Set): Promise<Probed> {
    open ??= listen(tab, said => answer?.(said));
    await open;
    await rested();
    const mine = ++seq;
    const said = new Promise<Said>(resolve => {
        answer = s => { if ('seq' in s && s.seq === mine && !['progress', 'approx', 'exact'].includes(s.event)) resolve(s); };
    });
    await askPlan(changes(position), tab, mine);
    const got = await said;
    return got.event === 'plan' ? { hash: got.hash, view: await getView(got.hash), set: position } : null;
}

/** One after the other, so that the shown plan never waits for more than one. */
export function probe(position: Set): Promise<Probed> {
    const next = last.then(() => ask(position));
    last = next.catch(() => undefined);
    return next;
}

/** A slider's limit as far as it was found: the last value with a plan, and beyond it one without; true while the others stand so. */
export interface Limit { works: number; fails: number; others: string }
/** How all other sliders stand. */
export const othersOf = (of: Set, key: string) => JSON.stringify(Object.entries(of).filter(([k]) => k !== key).sort());
export const limits = signal<Record<string, Limit>>({});
export const nearest = signal<{ key: string; value: number } | null>(null);      // what works, of a position that has no plan

/** Halves the way from the plan shown to a position without one, until it is known to a twentieth of the rail. */
export async function findLimit(slider: Slider): Promise<void> {
    const asked = set.value, good = shown.value!.set;
    let works = placeOf(slider, valueIn(good, slider)), fails = placeOf(slider, valueIn(asked, slider));
    while (Math.abs(works - fails) > 1 / 20) {
        const value = valueAt(slider, (works + fails) / 2);
        const plan = await probe({ ...asked, [slider.key]: value }).catch(() => null);
        if (set.value !== asked) return;            // the hand has moved on
        if (plan) works = placeOf(slider, value); else fails = placeOf(slider, value);
    }
    limits.value = { ...limits.value, [slider.key]: { works: valueAt(slider, works), fails: valueAt(slider, fails), others: othersOf(asked, slider.key) } };
    nearest.value = { key: slider.key, value: valueAt(slider, works) };
}

/** What all together gain against apart. */
export const gainOf = (p: Shown) => Object.values(p.view.net_money_year).reduce((s, x) => s + x, 0);

export interface Along { key: string; around: Set; tried: { value: number; gain: number | null }[]; done: boolean }
export const along = signal<Along | null>(null);
const steps = 6;
export const places = steps + 1;

/** Plans at seven places of a rail, all else as it stands. */
export async function goAlong(slider: Slider): Promise<void> {
    const around = set.value;
    along.value = { key: slider.key, around, tried: [], done: false };
    for (let i = 0; i <= steps; i++) {
        const value = valueAt(slider, i / steps), plan = await probe({ ...around, [slider.key]: value }).catch(() => null);
        if (along.value.key !== slider.key || along.value.around !== around) return;
        along.value = { ...along.value, tried: [...along.value.tried, { value, gain: plan && gainOf(plan) }], done: i === steps };
    }
}
export const bestOf = (a: Along) => a.tried.reduce<{ value: number; gain: number } | null>((best, t) =>
    (t.gain !== null && (!best || t.gain > best.gain) ? { value: t.value, gain: t.gain } : best), null);

export interface Frontier { around: Set; points: { price: number; plan: Shown }[]; done: boolean }
export const frontier = signal<Frontier | null>(null);
const prices = [0, 0.05, 0.1, 0.2, 0.4, 0.8];        // money per kg, from none to far above any market

/** Plans along the shadow price of carbon, all else as it stands. */
export async function goFrontier(): Promise<void> {
    const { [carbonPlace]: _, ...around } = set.value;
    frontier.value = { around, points: [], done: false };
    for (const price of prices) {
        const plan = await probe({ ...around, [carbonPlace]: price }).catch(() => null);
        if (frontier.value.around !== around) return;
        frontier.value = { around, points: plan ? [...frontier.value.points, { price, plan }] : frontier.value.points, done: price === prices.at(-1) };
    }
}
