// What flows from where to where in a year, by carrier, for the Sankey. Energy closes at each place.
import type { View } from '../api';
import { heatToken, strandsOf } from './strands';
import { words } from '../words.en';

export interface Link { from: string; to: string; value: number; token: string }
export interface FlowChart { links: Link[]; thin: Link[]; unit: string; sentence: string }
export type Carrier = 'energy' | 'money' | 'carbon' | 'water';

function energy(view: View): Link[] {
    const { gwh, sourceC, sinkC } = strandsOf(view.cases.together);
    const f = view.cases.together, at = (key: string) => (f[key] ?? 0) / 1e6;
    const lost = Math.max(0, gwh.recovered + gwh.liftPower - gwh.town);
    const rest = Math.max(0, at('import_kwh_year') + at('renewable_own_kwh_year') - gwh.power - gwh.liftPower);
    return [
        { from: 'Power', to: 'Data centre', value: gwh.power, token: 'electricity' },
        { from: 'Power', to: 'Heat pump', value: gwh.liftPower, token: 'electricity' },
        { from: 'Power', to: 'Power in the town', value: rest, token: 'electricity' },
        { from: 'Data centre', to: 'Sky', value: gwh.sky, token: 'heat-1' },
        { from: 'Data centre', to: 'Heat pump', value: gwh.recovered, token: heatToken(sourceC) },
        { from: 'Heat pump', to: 'Heat in the town', value: gwh.town, token: heatToken(sinkC) },
        { from: 'Heat pump', to: 'Lost on the way', value: lost, token: 'heat-1' },
        { from: 'Gas', to: 'Boilers', value: gwh.gas, token: 'fuel' },
        { from: 'Boilers', to: 'Heat in the town', value: Math.min(gwh.gas, Math.max(0, at('heat_demand_kwh_year') - gwh.town)), token: 'heat-4' },
    ];
}

function money(view: View): Link[] {
    const sums = new Map<string, Link>();
    for (const t of view.transfers) {
        if (t.case !== 'together' || t.payer === 'outside' || t.payee === 'outside') continue;
        const from = words.party[t.payer], to = `${words.party[t.payee]} `;     // the space keeps payers and payees apart
        const link = sums.get(from + to) ?? { from, to, value: 0, token: 'society' };
        link.value += t.money_year / 1000;
        sums.set(from + to, link);
    }
    return [...sums.values()];
}

function carbon(view: View): Link[] {
    const f = view.cases.together, site = (f.carbon_on_site_kg_year ?? 0) / 1000;
    const grid = (f.import_kwh_year ?? 0) * (f.import_average_kgco2_kwh ?? 0) / 1000;
    return [{ from: 'Power, on average', to: 'Air', value: grid, token: 'electricity' }, { from: 'Gas burnt on site', to: 'Air', value: site, token: 'fuel' }];
}

function water(view: View): Link[] {
    const f = view.cases.together, own = f.data_centre_water_m3_year ?? 0;
    return [{ from: 'Mains', to: 'Cooling of the data centre', value: own, token: 'water' },
        { from: 'Water for power stations', to: 'Power of the data centre', value: f.indirect_water_m3_year ?? 0, token: 'cold' }];
}

export function flowsOf(view: View, carrier: Carrier, coin: string): FlowChart {
    const all = { energy, money, carbon, water }[carrier](view).filter(l => l.value > 1e-6);
    const unit = { energy: 'GWh/a', money: `${coin} k/a`, carbon: 't CO₂/a', water: 'm³/a' }[carrier];
    const largest = [...all].sort((a, b) => b.value - a.value)[0];
    const wide = (l: Link) => l.value >= largest.value / 300;       // about a pixel; thinner ones are named below
    return { links: all.filter(wide), thin: all.filter(l => !wide(l)), unit, sentence: largest ? `The largest flow goes from ${largest.from.toLowerCase()} to ${largest.to.trim().toLowerCase()}.` : 'Nothing flows.' };
}
