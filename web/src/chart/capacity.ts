// How full each plant and line is: the most of its hours against what it is built for.
import type { View } from '../api';
import { getHours } from '../api';
import { heatToken } from './strands';

export interface Use { name: string; carrier: 'power' | 'heat'; token: string; capacity: number; series: string; most: number; at: number; full: number; values: Float64Array }

/** The hourly column whose unit is that of the capacity. */
function seriesOf(name: string, view: View): string | null {
    const has = (port: string) => (view.hours.includes(`${name}.${port}`) ? `${name}.${port}` : null);
    if (`${name}_cooling` in view.record.together.instances) return null;      // a hall: its size is of computers, not of a flow
    return name.endsWith('_cooling') ? has('heat_in_kw') : has('plant_kw') ?? has('heat_out_kw') ?? has('power_out_kw') ?? has('cold_out_kw');
}

/** The hourly column of how warm the water is that it gives or takes; none where its bus has no temperature. */
function supplyOf(name: string, series: string, view: View): string | null {
    const port = series.slice(name.length + 1).replace(/_kw$/, ''), bus = view.wiring.instances.find(i => i.name === name)?.ports[port], column = `${bus}.supply_c`;
    return view.hours.includes(column) ? column : null;
}

export async function usesOf(hash: string, view: View): Promise<Use[]> {
    const all = Object.entries(view.record.together.instances).flatMap(([name, i]) => {
        const series = i.capacity && i.capacity > 1 ? seriesOf(name, view) : null;
        return series ? [{ name, capacity: i.capacity!, series }] : [];
    });
    if (all.length === 0) return [];
    const supply = all.map(a => supplyOf(a.name, a.series, view)), warm = [...new Set(supply.filter(s => s !== null))];
    const read = await getHours(hash, [...all.map(a => a.series), ...warm]), values = read.slice(0, all.length);
    const mean = (of: Float64Array) => of.reduce((s, v) => s + v, 0) / of.length;
    return all.map((a, i) => {
        let most = 0, at = 0, full = 0;
        values[i].forEach((v, t) => { if (v > most) { most = v; at = t; } if (v > 0.99 * a.capacity) full++; });
        const power = a.series.includes('power'), cold = a.series.includes('cold'), s = supply[i];
        return { ...a, carrier: power ? 'power' as const : 'heat' as const, token: power ? 'electricity' : cold ? 'cold' : s ? heatToken(mean(read[all.length + warm.indexOf(s)])) : 'heat-3', most, at, full: full / values[i].length, values: values[i] };
    });
}
