// The network of pipes on a plane: degrees become metres by a local projection, metres become the picture.
export interface Point { name: string; role?: string; town?: string; x: number; y: number; facts: Record<string, number> }
export interface Pipe {
    name: string; points: [number, number][]; facts: Record<string, number>; state: 'built' | 'required' | 'forbidden' | 'not chosen';
}
export interface Plane { points: Point[]; pipes: Pipe[]; width: number; height: number; metres: number }

interface Feature {
    properties: Record<string, string | number | null>;
    geometry: { type: 'Point'; coordinates: [number, number] } | { type: 'LineString'; coordinates: [number, number][] } | null;
}
interface Collection { hearth_network?: { coordinates?: string }; features: Feature[] }

const numbers = (of: Feature['properties']) => Object.fromEntries(Object.entries(of).filter((e): e is [string, number] => typeof e[1] === 'number'));

/** Fits the plane into a width; the height follows, within bounds. */
export function planeOf(of: Collection, width: number, most: number): Plane {
    const flat = of.hearth_network?.coordinates === 'm';
    const all = of.features.flatMap(f => (f.geometry === null ? [] : f.geometry.type === 'Point' ? [f.geometry.coordinates] : f.geometry.coordinates));
    const east = all.map(p => p[0]), north = all.map(p => p[1]);
    const [west, south, high] = [Math.min(...east), Math.min(...north), Math.max(...north)];
    const degree = flat ? 1 : 111320, shrink = flat ? 1 : Math.cos((south + high) / 2 * Math.PI / 180);
    const wide = Math.max(1, (Math.max(...east) - west) * degree * shrink), tall = Math.max(1, (high - south) * degree);
    const edge = 30, scale = Math.min((width - 2 * edge) / wide, (most - 2 * edge) / tall);
    const put = ([x, y]: [number, number]): [number, number] => [edge + (x - west) * degree * shrink * scale, edge + (high - y) * degree * scale];
    const points: Point[] = [], pipes: Pipe[] = [];
    for (const { properties: p, geometry } of of.features) {
        if (geometry?.type === 'Point') {
            const [x, y] = put(geometry.coordinates);
            points.push({ name: String(p.name), role: p.role as string, town: p.town as string, x, y, facts: numbers(p) });
        } else if (geometry) {
            const considered = p.considered !== undefined;
            pipes.push({ name: String(p.name ?? p.considered), points: geometry.coordinates.map(put), facts: numbers(p),
                state: considered ? (p.reason === 'forbidden' ? 'forbidden' : 'not chosen') : p.choice === 'required' ? 'required' : 'built' });
        }
    }
    return { points, pipes, width, height: Math.round(tall * scale + 2 * edge), metres: 1 / scale };
}

export const flowOf = (p: Pipe) => Math.abs(p.facts.solved_flow_kg_s ?? 0);
/** Heat that a pipe carries at its fullest hour, from flow and the two temperatures; water holds 4.186 kJ/(kg K). */
export function heatKw(p: Pipe): number {
    const { solved_supply_in_c: warm, solved_return_out_c: cool } = p.facts;
    return warm === undefined || cool === undefined ? 0 : flowOf(p) * 4.186 * Math.max(0, warm - cool);
}
export const lossKw = (p: Pipe) => (p.facts.solved_loss_supply_kw ?? 0) + (p.facts.solved_loss_return_kw ?? 0);
