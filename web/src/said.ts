// Texts with places for figures: `{together.grid_peak_kw}` becomes "10.5 MW" of the plan shown. The unit follows from the
// figure's name, so no text holds a number of its own.
import { batch, signal } from '@preact/signals';
import { fileOf, getHours, type CaseName, type View } from './api';
import { coin, digits, withUnit } from './number';
import { changesOf } from './parties';
import { dayText } from './chart/calendar';
import { valueText } from './scale';
import { shown, start, type Shown } from './state';
import { standsAt } from './stands';
import { words } from './words.en';

/** What is known of a plan beyond its view, once it has been read. */
interface Beyond { peakKw?: number; peakStep?: number; peakText?: string; outdoorC?: number; stress?: Stress }
interface Stress { year: number; parties: Record<string, { covered_money: number; loss_money: number }> }
export const beyond = signal<Record<string, Beyond>>({});

const keep = (hash: string, more: Beyond) => { beyond.value = { ...beyond.value, [hash]: { ...beyond.value[hash], ...more } }; };

/** The hour with the most power from the grid, and what a departure of the operator would cost whom. */
export async function lookBeyond(hash: string, view: View): Promise<void> {
    if (beyond.value[hash]) return;
    keep(hash, {});
    const grids = view.hours.filter(n => /^grid_.*\.power_out_kw$/.test(n));
    const [air, ...each] = await getHours(hash, ['weather.outdoor_c', ...grids]);
    let at = 0;
    const sum = air.map((_, t) => each.reduce((s, one) => s + one[t], 0));
    for (let t = 1; t < sum.length; t++) if (sum[t] > sum[at]) at = t;
    const accounts = await (await fetch(fileOf(hash, 'accounts.json'))).json() as { stress?: (Stress & { if: string })[] };
    batch(() => keep(hash, { peakKw: sum[at], peakStep: at, outdoorC: air[at], peakText: dayText(view, at, sum.length),
        stress: accounts.stress?.find(s => s.if === 'operator_leaves') }));
}

const endings: [RegExp, number, string][] = [
    [/_kwh_year$/, 1e6, 'GWh'], [/_kg_year$/, 1e3, 't CO₂'], [/_m3_year$/, 1, 'm³'], [/_money_kwh$/, 1e-3, '{coin}/MWh'],
    [/_money_year$/, 1e3, 'k{coin}'], [/_kwh$/, 1e3, 'MWh'], [/_kw$/, 1e3, 'MW'], [/_frac$/, 0.01, '%'], [/_c$/, 1, '°C'],
];

/** A figure in its reader's unit. */
export function told(key: string, value: number | null | undefined, currency: string): string {
    if (value === null || value === undefined) return '?';
    const of = coin[currency] ?? currency, found = endings.find(([ending]) => ending.test(key));
    if (!found) return digits(value);
    const [, by, unit] = found;
    if (unit === 'k{coin}') return money(value, currency);
    return withUnit(digits(value / by), unit.replace('{coin}', of));
}

export function money(value: number, currency: string): string {
    const of = (value < 0 ? '−' : '') + (coin[currency] ?? currency), size = Math.abs(value);
    return size >= 1e6 ? withUnit(`${of}${digits(size / 1e6)}`, 'm') : withUnit(`${of}${digits(size / 1e3)}`, 'k');
}

const jointOf = (view: View) => Object.values(view.net_money_year).reduce((s, x) => s + x, 0);

function betterText(view: View, party: string): string {
    const net = view.net_money_year[party] ?? 0;
    if (Math.abs(net) < 500) return words.asBefore;
    return (net > 0 ? words.betterBy : words.worseBy)(money(Math.abs(net), view.currency));
}

function lossText(loss: number, currency: string): string {
    if (Math.abs(loss) < 500) return words.losesNothing;
    return (loss > 0 ? words.losesSum : words.gainsSum)(money(Math.abs(loss), currency));
}

function changeText(view: View, kind: string): string {
    const of = changesOf(view).filter(c => c.kind === kind && c.payee !== 'outside' && c.payer !== 'outside').reduce((s, c) => s + c.money, 0);
    if (Math.abs(of) < 500) return words.asMuch;
    return `${money(Math.abs(of), view.currency)} ${of > 0 ? words.more : words.less}`;
}

function builtKw(view: View, part: string): number {
    return Object.entries(view.record.together.instances).filter(([name]) => name.includes(part)).reduce((s, [, i]) => s + (i.capacity ?? 0), 0);
}

const cases = ['today', 'apart', 'together'];

/** One place of a text; "?" where the plan does not know. */
export function place(name: string, now: Shown, base: Shown): string {
    const [of, key] = name.split('.') as [string, string | undefined], { view, hash } = now, more = beyond.value[hash] ?? {};
    const gone = key ? more.stress?.parties[key] : undefined, coins = view.currency;
    if (name === 'joint') return money(jointOf(view), coins);
    if (name === 'base.joint') return money(jointOf(base.view), coins);
    if (key === undefined) return '?';
    if (cases.includes(of)) return told(key, view.cases[of as CaseName][key], coins);
    switch (of) {
        case 'base': return told(key, base.view.cases.together[key], coins);
        case 'difference': return told(key, (view.cases.together[key] ?? 0) - (view.cases.apart[key] ?? 0), coins);
        case 'net': return money(view.net_money_year[key] ?? 0, coins);
        case 'better': return betterText(view, key);
        case 'change': return changeText(view, key);
        case 'built': return withUnit(digits(builtKw(view, key) / 1000), 'MW');
        case 'loses': return gone ? lossText(gone.loss_money, coins) : '?';
        case 'covered': return gone ? money(gone.covered_money, coins) : '?';
        case 'leaves': return more.stress ? String(more.stress.year) : '?';
        case 'peak': return peakText(key, more);
        case 'slider': {
            const slider = start.value?.sliders.find(s => s.key === key);
            return slider ? valueText(slider, standsAt(slider)) : '?';
        }
        default: return '?';
    }
}

function peakText(key: string, more: Beyond): string {
    if (more.peakKw === undefined) return '?';
    if (key === 'time') return more.peakText!;
    return key === 'grid' ? withUnit(digits(more.peakKw / 1000), 'MW') : withUnit(digits(more.outdoorC, 2), '°C');
}

/** Whether a plan knows all figures of its cases that a text tells. */
export const isTold = (text: string, { view }: Shown) => [...text.matchAll(/\{(today|apart|together|base)\.(\w+)\}/g)].every(([, of, key]) =>
    typeof view.cases[of === 'base' ? 'together' : of as CaseName][key] === 'number');

export interface Piece { text: string; figure: boolean }

/** A text in pieces: what is written, and the figures put in. */
export function said(text: string, base: Shown): Piece[] {
    const now = shown.value!;
    return text.split(/(\{[\w.]+\})/).filter(p => p !== '').map(p => (p.startsWith('{')
        ? { text: place(p.slice(1, -1), now, base), figure: true } : { text: p, figure: false }));
}
