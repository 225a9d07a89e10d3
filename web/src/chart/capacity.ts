// How full each plant and line is: the most of its hours against what it is built for.
import type { View } from '../api';
import { getHours } from '../api';

export interface Use { name: string; carrier: 'power' | 'heat'; capacity: number; series: string; most: number; at: number; full: number; values: Float64Array }

/** The hourly column whose unit is that of the capacity. */
function seriesOf(name: string, view: View): string | null {
    const has = (port: string) => (view.hours.includes(`${name}.${port}`) ? `${name}.${port}` : null);
    if (`${name}_cooling` in view.record.together.instances) return null;      // a hall: its size is of computers, not of a flow
    return name.endsWith('_cooling') ? has('heat_in_kw') : has('plant_kw') ?? has('heat_out_kw') ?? has('power_out_kw') ?? has('cold_out_kw');
}

export async function usesOf(hash: string, view: View): Promise<Use[]> {
    const all = Object.entries(view.record.together.instances).flatMap(([name, i]) => {
        const series = i.capacity && i.capacity > 1 ? seriesOf(name, view) : null;
        return series ? [{ name, capacity: i.capacity!, series }] : [];
    });
    if (all.length === 0) return [];
    const values = await getHours(hash, all.map(a => a.series));
    return all.map((a, i) => {
        let most = 0, at = 0, full = 0;
        values[i].forEach((v, t) => { if (v > most) { most = v; at = t; } if (v > 0.99 * a.capacity) full++; });
        return { ...a, carrier: a.series.includes('power') ? 'power' as const : 'heat' as const, most, at, full: full / values[i].length, values: values[i] };
    });
}
