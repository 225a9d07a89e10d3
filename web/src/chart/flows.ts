// What flows from where to where, by carrier, for the Sankey: in the year, or in one hour of it.
import type { CaseName, View } from '../api';
import { merged, wiredFlows, type Column, type Link } from './wired';
import { words } from '../words.en';

export type { Link };
export interface FlowChart { links: Link[]; thin: Link[]; apart: Link[]; unit: string; sentence: string; note: string }
export type Carrier = 'energy' | 'money' | 'carbon' | 'water';
/** The hours of a plan by column, and the step looked at; none: the year. */
export interface Hour { of: CaseName; columns: Map<string, Float64Array>; step: number | null }

/** Hours that a plan stands for: all of its year, of which it may plan a part. */
const hoursOf = (view: View) => view.days * 24 / view.year_frac;

/** kW at the hour, or GWh in the year, of a column; steps of a part of a year stand for all of it. */
function columnOf(hour: Hour): Column {
    return name => {
        const values = hour.columns.get(name);
        if (!values) return 0;
        if (hour.step !== null) return values[Math.min(hour.step, values.length - 1)];
        return values.reduce((s, v) => s + v, 0) / values.length;
    };
}

function energy(view: View, hour: Hour): Link[] {
    const by = hour.step === null ? hoursOf(view) / 1e6 : 1e-3;
    return wiredFlows(view, columnOf(hour)).map(l => ({ ...l, value: l.value * by }));
}

/* what of a transfer's year falls into an hour: by the column that it pays for */
const paidBy: Record<string, (instance: string) => string[]> = {
    electricity_energy: i => [`${i}.power_out_kw`], fuel: i => [`${i}.fuel_in_kw`], power_resold: i => [`${i}.power_in_kw`], water: i => [`${i}.water_in_m3_h`],
};
const ofKind: Record<string, RegExp> = { heat_sold: /_substation\.heat_in_kw$/, source_heat: /_recovery\.heat_out_kw$/ };

/** Columns that a transfer is paid by; none: it is paid by the year. */
/** What of the columns there is in a case: those of its instances. */
export const columnsIn = (view: View, of: CaseName, columns: string[]) => columns.filter(c => c.slice(0, c.lastIndexOf('.')) in view.record[of].instances);

function paidColumns(view: View, kind: string, instance: string): string[] {
    const own = instance && paidBy[kind] ? paidBy[kind](instance) : view.hours.filter(n => ofKind[kind]?.test(n));
    return own.filter(n => view.hours.includes(n));
}

export function moneyColumns(view: View): string[] {
    return [...new Set(view.transfers.filter(t => t.case === 'together').flatMap(t => paidColumns(view, t.kind, t.instance)))];
}

function money(view: View, hour: Hour): Link[] {
    const at = columnOf(hour), mean = columnOf({ ...hour, step: null });
    return merged(view.transfers.filter(t => t.case === hour.of && t.payer !== 'outside' && t.payee !== 'outside').map(t => {
        const columns = hour.step === null ? [] : paidColumns(view, t.kind, t.instance), of = columns.reduce((s, c) => s + mean(c), 0);
        const share = hour.step === null ? 1e-3 : of > 0 ? columns.reduce((s, c) => s + at(c), 0) / of / hoursOf(view) : 0;
        /* a space keeps payers and payees apart */
        return { from: words.party[t.payer], to: `${words.party[t.payee]} `, value: t.money_year * share, token: 'society' };
    }));
}

/** How much more of a column there is at the hour than on average; 1 for the year. */
function swing(view: View, hour: Hour, columns: string[]): number {
    if (hour.step === null) return 1;
    const at = columnOf(hour), mean = columnOf({ ...hour, step: null }), of = columns.reduce((s, c) => s + mean(c), 0);
    return of > 0 ? columns.reduce((s, c) => s + at(c), 0) / of / hoursOf(view) : 0;
}
const gridColumns = (view: View) => view.wiring.instances.filter(i => i.kind === 'grid').map(i => `${i.name}.power_out_kw`);
const fuelColumns = (view: View) => view.hours.filter(n => n.endsWith('.fuel_in_kw'));
const waterColumns = (view: View) => view.hours.filter(n => n.endsWith('.water_in_m3_h'));

function carbon(view: View, hour: Hour): Link[] {
    const f = view.cases[hour.of], by = hour.step === null ? 1e-3 : 1;
    const grid = (f.import_kwh_year ?? 0) * (f.import_average_kgco2_kwh ?? 0), site = f.carbon_on_site_kg_year ?? 0;
    return [{ from: words.flowPlace.powerMean, to: words.flowPlace.airCarbon, value: grid * by * swing(view, hour, gridColumns(view)), token: 'electricity' },
        { from: words.flowPlace.gasBurnt, to: words.flowPlace.airCarbon, value: site * by * swing(view, hour, fuelColumns(view)), token: 'fuel' }];
}

function water(view: View, hour: Hour): Link[] {
    const f = view.cases[hour.of];
    return [{ from: words.flowPlace.mains, to: words.flowPlace.cooling, value: (f.data_centre_water_m3_year ?? 0) * swing(view, hour, waterColumns(view)), token: 'water' },
        { from: words.flowPlace.stationWater, to: words.flowPlace.hallPower, value: (f.indirect_water_m3_year ?? 0) * swing(view, hour, gridColumns(view)), token: 'cold' }];
}

const unitOf: Record<Carrier, (coin: string) => [string, string]> = {
    energy: () => ['GWh/a', 'MW'], money: coin => [words.thousandOf(coin), `${coin}/h`], carbon: () => ['t CO₂/a', 'kg CO₂/h'], water: () => ['m³/a', 'm³/h'],
};

/** The flows together, and beside them those apart. */
export function flowsOf(view: View, carrier: Carrier, coin: string, hour: Hour, before: Hour | null): FlowChart {
    const of = (h: Hour) => ({ energy, money, carbon, water })[carrier](view, h).filter(l => l.value > 1e-6), all = of(hour);
    const unit = unitOf[carrier](coin)[hour.step === null ? 0 : 1];
    const largest = [...all].sort((a, b) => b.value - a.value)[0];
    const wide = (l: Link) => l.value >= largest.value / 300;       // about a pixel; thinner ones are named below
    return {
        apart: before ? of(before) : [], links: all.filter(wide), thin: all.filter(l => !wide(l)), unit, note: hour.step === null ? '' : words.hourNote[carrier],
        sentence: largest ? words.largestFlow(largest.from.trim(), largest.to.trim()) : words.nothingFlows,
    };
}
