// The figures that the page shows of a plan: where each comes from, its unit, and how its pair is told.
import type { Figures, View } from './api';
import { coin, digits, signed } from './number';
import { words } from './words.en';

/** What is kept of a plan, and what a whole view has as well. */
export type Few = Pick<View, 'currency' | 'net_money_year'> & { cases: Record<'together' | 'apart', Figures> };
export interface Figure { key: string; label: string; unit: (v: Few) => string; of: (v: Few) => number | null; text: (x: number | null) => string }

const together = (v: Few, key: string) => v.cases.together[key] ?? null;
const difference = (v: Few, key: string) => {
    const a = together(v, key), b = v.cases.apart[key];
    return a === null || b === null || b === undefined ? null : a - b;
};
const plain = (x: number | null) => digits(x), sign = (x: number | null) => signed(x);
const by = (x: number | null, n: number) => (x === null ? null : x / n);

export const figures: Figure[] = [
    { key: 'heat_delivered_kwh_year', label: 'heat delivered', unit: () => 'GWh/a', of: v => by(together(v, 'heat_delivered_kwh_year'), 1e6), text: plain },
    { key: 'grid_peak_kw', label: 'grid peak', unit: () => 'MW', of: v => by(difference(v, 'grid_peak_kw'), 1e3), text: sign },
    { key: 'carbon_marginal_kg_year', label: 'carbon', unit: () => 't CO₂/a', of: v => by(difference(v, 'carbon_marginal_kg_year'), 1e3), text: sign },
    { key: 'heat_cost_money_kwh', label: 'cost of heat', unit: v => `${coin[v.currency] ?? v.currency}/MWh`,
        of: v => { const x = together(v, 'heat_cost_money_kwh'); return x === null ? null : x * 1000; }, text: plain },
];
export const compared: Figure[] = [
    ...figures,
    { key: 'cost_money_year', label: 'cost for the parties', unit: v => words.thousandOf(coin[v.currency] ?? v.currency), of: v => by(difference(v, 'cost_money_year'), 1e3), text: sign },
    { key: 'heat_share_frac', label: 'of the town’s heat', unit: () => '%', of: v => by(together(v, 'heat_share_frac'), 0.01), text: plain },
    { key: 'heat_pump_cop', label: 'heat per unit of power', unit: () => '', of: v => together(v, 'heat_pump_cop'), text: plain },
    { key: 'erf_ratio', label: 'share of heat reused (ERF)', unit: () => '', of: v => together(v, 'erf_ratio'), text: plain },
    { key: 'water_m3_year', label: 'water', unit: () => 'm³/a', of: v => difference(v, 'water_m3_year'), text: sign },
    { key: 'pue_ratio', label: 'power per unit computed (PUE)', unit: () => '', of: v => together(v, 'pue_ratio'), text: plain },
];
