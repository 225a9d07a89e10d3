// The network of pipes on a plane: degrees become metres by a local projection, metres become the picture.
export interface Point { name: string; role?: string; town?: string; x: number; y: number; facts: Record<string, number> }
export interface Pipe {
    name: string; points: [number, number][]; facts: Record<string, number>; state: 'built' | 'required' | 'forbidden' | 'not chosen';
}
/** What lies beside the pipes and is not planned: a line of another layer, with what it can carry where that is said. */
export interface Beside { name: string; layer: string; points: [number, number][]; facts: Record<string, number> }
export interface Plane { points: Point[]; pipes: Pipe[]; beside: Beside[]; width: number; height: number; metres: number }
/** How far in, and what is in the middle: 0 to 1 of the whole picture each way. */
export interface Zoom { by: number; x: number; y: number }

interface Feature {
    properties: Record<string, string | number | null>;
    geometry: { type: 'Point'; coordinates: [number, number] } | { type: 'LineString'; coordinates: [number, number][] } | null;
}
export interface Collection { hearth_network?: { coordinates?: string }; features: Feature[] }

const numbers = (of: Feature['properties']) => Object.fromEntries(Object.entries(of).filter((e): e is [string, number] => typeof e[1] === 'number'));

function stateOf(p: Feature['properties']): Pipe['state'] {
    if (p.considered !== undefined) return p.reason === 'forbidden' ? 'forbidden' : 'not chosen';
    if (p.choice === 'required') return 'required';
    return p.solved_year_most_kg_s === 0 ? 'not chosen' : 'built';
}

/** Fits the plane into a width; the height follows, within bounds. */
export function planeOf(of: Collection, width: number, most: number, zoom: Zoom): Plane {
    const flat = of.hearth_network?.coordinates === 'm';
    const all = of.features.flatMap(f => (f.geometry === null ? [] : f.geometry.type === 'Point' ? [f.geometry.coordinates] : f.geometry.coordinates));
    const east = all.map(p => p[0]), north = all.map(p => p[1]);
    const [west, south, high] = [Math.min(...east), Math.min(...north), Math.max(...north)];
    const degree = flat ? 1 : 111320, shrink = flat ? 1 : Math.cos((south + high) / 2 * Math.PI / 180);
    const wide = Math.max(1, (Math.max(...east) - west) * degree * shrink), tall = Math.max(1, (high - south) * degree);
    const edge = 30, scale = Math.min((width - 2 * edge) / wide, (most - 2 * edge) / tall);
    const height = zoom.by > 1 ? most : Math.round(tall * scale + 2 * edge), whole = tall * scale + 2 * edge;
    const move = ([x, y]: [number, number]): [number, number] => (zoom.by === 1 ? [x, y] : [width / 2 + (x - zoom.x * width) * zoom.by, height / 2 + (y - zoom.y * whole) * zoom.by]);
    const put = ([x, y]: [number, number]): [number, number] => move([edge + (x - west) * degree * shrink * scale, edge + (high - y) * degree * scale]);
    const points: Point[] = [], pipes: Pipe[] = [], beside: Beside[] = [];
    for (const { properties: p, geometry } of of.features) {
        if (geometry?.type === 'Point') {
            const [x, y] = put(geometry.coordinates);
            points.push({ name: String(p.name), role: p.role as string, town: p.town as string, x, y, facts: numbers(p) });
        } else if (geometry && typeof p.layer === 'string') {
            beside.push({ name: String(p.name), layer: p.layer, points: geometry.coordinates.map(put), facts: numbers(p) });
        } else if (geometry) {
            pipes.push({ name: String(p.name ?? p.considered), points: geometry.coordinates.map(put), facts: numbers(p), state: stateOf(p) });
        }
    }
    return { points, pipes, beside, width, height, metres: 1 / scale / zoom.by };
}

export const flowOf = (p: Pipe) => Math.abs(p.facts.solved_flow_kg_s ?? 0);
/** Heat that a pipe carries at its fullest hour, from flow and the two temperatures; water holds 4.186 kJ/(kg K). */
export function heatKw(p: Pipe): number {
    const { solved_supply_in_c: warm, solved_return_out_c: cool } = p.facts;
    return warm === undefined || cool === undefined ? 0 : flowOf(p) * 4.186 * Math.max(0, warm - cool);
}
export const lossKw = (p: Pipe) => (p.facts.solved_loss_supply_kw ?? 0) + (p.facts.solved_loss_return_kw ?? 0);
