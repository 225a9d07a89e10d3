// The map: pipes and places where the plan has them, drawn to scale, in layers; what a pipe or an entry of the town may be; and
// how full each plant and line is. Arrow keys go from thing to thing, f, o and r choose, + and - look closer.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { fileOf } from '../api';
import { usesOf, type Use } from '../chart/capacity';
import { flowOf, heatKw, lossKw, planeOf, type Collection, type Pipe, type Plane, type Zoom } from '../chart/plane';
import { heatToken } from '../chart/strands';
import { instanceName } from '../name';
import { digits, withUnit } from '../number';
import { shown } from '../state';
import { words } from '../words.en';
import { Bars, size } from './Bars';
import { Choice, choiceKeys, choose, thingOf, townThings, type Thing } from './Choice';
import { AsTable } from './AsTable';

type Layer = keyof typeof words.layers;
type Heat = 'heat' | 'temperature' | 'loss' | 'speed';
const ofPipes = (layer: Layer): Heat | null => (['heat', 'temperature', 'loss', 'speed'].includes(layer) ? layer as Heat : null);
const token: Partial<Record<Layer, string>> = { power: 'electricity', water: 'water', road: 'society', fibre: 'compute' };
const colour: Record<Heat, (p: Pipe) => string> = {
    heat: p => heatToken(p.facts.solved_supply_in_c ?? null), temperature: p => heatToken(p.facts.solved_supply_out_c ?? null),
    loss: () => 'heat-1', speed: () => 'water',
};
/* what a layer's width is: heat, the same, lost per metre, share of a usual speed */
const width: Record<Heat, (p: Pipe, most: number) => number> = {
    heat: (p, most) => 1 + 11 * heatKw(p) / most, temperature: () => 4, loss: (p, most) => 1 + 9 * lossKw(p) / Math.max(1, p.facts.length_m ?? 1) / most,
    speed: (p, most) => 1 + 9 * (p.facts.solved_speed_m_s ?? 0) / most,
};
const measure: Record<Heat, (p: Pipe) => number> = {
    heat: heatKw, temperature: p => p.facts.solved_supply_out_c ?? 0, loss: p => lossKw(p) / Math.max(1, p.facts.length_m ?? 1), speed: p => p.facts.solved_speed_m_s ?? 0,
};
const isLaid = (p: Pipe) => p.state === 'built' || p.state === 'required';

function pipeText(p: Pipe): string {
    if (!isLaid(p)) return `${p.name}: ${words.pipeState[p.state]}`;
    return `${p.name}: ${withUnit(digits(heatKw(p) / 1000), 'MW')}, ${withUnit(digits(p.facts.solved_supply_out_c), '°C')}, ${words.losing} ${withUnit(digits(lossKw(p)), 'kW')}`;
}

const pathOf = (points: [number, number][]) => `M${points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join('L')}`;

/** Lines of another layer, each with its name and what it can carry, in the middle of its longest stretch. */
function BesideLines({ plane, layer }: { plane: Plane; layer: Layer }) {
    return <>{plane.beside.filter(b => b.layer === layer).map(b => {
        const stretch = b.points.slice(1).map((p, i) => ({ at: [(p[0] + b.points[i][0]) / 2, (p[1] + b.points[i][1]) / 2], by: [p[0] - b.points[i][0], p[1] - b.points[i][1]], long: Math.hypot(p[0] - b.points[i][0], p[1] - b.points[i][1]) }))
            .sort((x, y) => y.long - x.long)[0], upright = Math.abs(stretch.by[1]) > Math.abs(stretch.by[0]);
        const carries = b.facts.capacity_kw !== undefined ? size(b.facts.capacity_kw) : b.facts.capacity_m3_h !== undefined ? withUnit(digits(b.facts.capacity_m3_h), 'm³/h') : '';
        return <g><path d={pathOf(b.points)} class={`pipe c-${token[layer]}`} stroke-width="4" />
            <text x={upright ? Math.min(plane.width - 140, stretch.at[0] + 8) : Math.min(plane.width - 70, Math.max(70, stretch.at[0]))} y={stretch.at[1] + (upright ? 5 : -8)} text-anchor={upright ? 'start' : 'middle'} class="halo">{b.name.replace(/_/g, ' ')} <tspan class="b">{carries}</tspan></text></g>;
    })}</>;
}

function Drawn({ plane, layer, kind, at, pick }: { plane: Plane; layer: Layer; kind: string; at: string; pick: (name: string) => void }) {
    const built = plane.pipes.filter(isLaid), other = plane.pipes.filter(p => !isLaid(p)), shows = ofPipes(layer);
    const most = shows ? Math.max(1e-9, ...built.map(measure[shows])) : 1;
    const ruler = [5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].find(m => m / plane.metres > 60) ?? 10000;
    const lost = built.reduce((s, p) => s + lossKw(p), 0);
    const sentence = words.mapSays(built.length, digits(built.reduce((s, p) => s + (p.facts.length_m ?? 0), 0) / 1000), digits(lost), other.length);
    const small = kind === 'nar' ? 0.6 : 1, wide = (p: Pipe) => (shows ? width[shows](p, most) : 1.2);
    return (
        <svg class={`map ${kind}`} viewBox={`0 0 ${plane.width} ${plane.height}`} role="img" aria-label={sentence}>
            <desc>{sentence}</desc>
            {other.map(p => <path d={pathOf(p.points)} class={p.state === 'forbidden' ? 'pipe not forbidden' : 'pipe not'} onClick={() => pick(p.name)}><title>{pipeText(p)}</title></path>)}
            {plane.pipes.filter(p => p.name === at).map(p => <path d={pathOf(p.points)} class="pipe chosen" stroke-width={wide(p) + 8} />)}
            {built.map(p => <path d={pathOf(p.points)} class={`pipe ${shows ? `c-${colour[shows](p)}` : 'pale'}`} stroke-width={wide(p)}
                onClick={() => pick(p.name)}><title>{pipeText(p)}</title></path>)}
            {built.filter(p => p.state === 'required').map(p => <path d={pathOf(p.points)} class="pipe must" />)}
            {!shows && <BesideLines plane={plane} layer={layer} />}
            {plane.points.filter(p => p.role).map(p => <g><circle cx={p.x} cy={p.y} r={(p.role === 'producer' ? 8 : 3.5) * small} class={p.town === at || p.name === at ? `spot ${p.role} picked` : `spot ${p.role}`}>
                <title>{p.name}: {withUnit(digits(Math.abs(p.facts.solved_heat_kw ?? 0)), 'kW')}, {withUnit(digits(p.facts.solved_supply_c), '°C')}</title></circle>
                {p.role === 'producer' && <text x={p.x} y={p.y - 13} class="halo" text-anchor={p.x < 60 ? 'start' : p.x > plane.width - 60 ? 'end' : 'middle'}>{p.name}</text>}</g>)}
            <path d={`M10,${plane.height - 8}h${ruler / plane.metres}`} class="ruler" />
            <text x="10" y={plane.height - 14} class="halo">{ruler >= 1000 ? withUnit(String(ruler / 1000), 'km') : withUnit(String(ruler), 'm')}</text>
        </svg>
    );
}

function Table({ pipes }: { pipes: Pipe[] }) {
    return (
        <AsTable name={words.pipesAre}><table><thead><tr>{words.pipeHead.map(h => <th scope="col">{h}</th>)}</tr></thead>
            <tbody>{pipes.map(p => <tr><th scope="row">{p.name}</th><td>{digits(p.facts.length_m)}</td><td>{digits(p.facts.nominal_mm)}</td><td>{digits(heatKw(p))}</td>
                <td>{digits(p.facts.solved_supply_out_c)}</td><td>{digits(p.facts.solved_speed_m_s)}</td><td>{digits(lossKw(p))}</td><td class="tx">{words.pipeState[p.state]}</td></tr>)}</tbody></table></AsTable>
    );
}

/** Looks closer, at where the thing that is looked at lies in the whole. */
function closer(whole: Plane, name: string, by: number): Zoom {
    const pipe = whole.pipes.find(p => p.name === name), points = pipe ? pipe.points : whole.points.filter(p => p.town === name || p.name === name).map(p => [p.x, p.y]);
    if (by <= 1 || !points.length) return { by: Math.max(1, by), x: 0.5, y: 0.5 };
    const mean = (i: number) => points.reduce((s, p) => s + p[i], 0) / points.length;
    return { by: Math.min(16, by), x: mean(0) / whole.width, y: mean(1) / whole.height };
}

const far: Zoom = { by: 1, x: 0.5, y: 0.5 };

function Pipes({ source, scenario }: { source: Collection; scenario: string }) {
    const [layer, setLayer] = useState<Layer>('heat');
    const [at, pick] = useState('');
    const [by, setBy] = useState(1);
    const whole = useMemo(() => planeOf(source, 896, 560, far), [source]), small = useMemo(() => planeOf(source, 358, 420, far), [source]);
    const rows = [...whole.pipes].sort((a, b) => flowOf(b) - flowOf(a)), towns = townThings(scenario), names = [...rows.map(p => p.name), ...towns.map(t => t.name)];
    const name = names.includes(at) ? at : names[0], pipe = rows.find(p => p.name === name);
    const thing: Thing = pipe ? thingOf(pipe) : towns.find(t => t.name === name)!;
    const wide = useMemo(() => planeOf(source, 896, 560, closer(whole, name, by)), [source, name, by]);
    const narrow = useMemo(() => planeOf(source, 358, 420, closer(small, name, by)), [source, name, by]);
    const onKey = (e: KeyboardEvent) => {
        if (e.ctrlKey || e.metaKey || e.altKey) return;
        const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[e.key], choice = choiceKeys[e.key.toLowerCase()];
        if (step) pick(names[(names.indexOf(name) + step + names.length) % names.length]);
        else if (choice) choose(thing, choice);
        else if (e.key === '+' || e.key === '=') setBy(Math.min(16, by * 2));
        else if (e.key === '-') setBy(Math.max(1, by / 2));
        else return;
        e.preventDefault();
    };
    const lines = whole.beside.filter(b => b.layer === layer).length;
    return (
        <>
            <p class="pick" role="group" aria-label={words.layer}>{(Object.keys(words.layers) as Layer[]).map(l =>
                <button aria-pressed={l === layer} onClick={() => setLayer(l)}>{words.layers[l]}</button>)}</p>
            <p><b>{ofPipes(layer) || lines ? words.layerSays[layer] : words.layerEmpty(words.layers[layer])}</b> {words.fullestHour}</p>
            <div class="canvas1" role="application" aria-label={words.mapKeys} tabIndex={0} onKeyDown={onKey}>
                <Drawn plane={wide} layer={layer} kind="wid" at={name} pick={pick} />
                <Drawn plane={narrow} layer={layer} kind="nar" at={name} pick={pick} />
            </div>
            <p class="row2"><span class="now" role="status">{pipe ? pipeText(pipe) : `${instanceName(name)}: ${words.townState[thing.state]}`}</span>
                <span class="zoom"><button aria-label={words.zoomIn} disabled={by >= 16} onClick={() => setBy(by * 2)}>+</button>
                    <button aria-label={words.zoomOut} disabled={by <= 1} onClick={() => setBy(by / 2)}>−</button></span></p>
            <p class="row2"><label>{words.pipe} <select value={name} onChange={e => pick(e.currentTarget.value)}>
                <optgroup label={words.pipesAre}>{rows.map(p => <option>{p.name}</option>)}</optgroup>
                <optgroup label={words.townIs}>{towns.map(t => <option>{t.name}</option>)}</optgroup></select></label></p>
            <Choice of={thing} />
            <p class="note">{words.mapKeys}</p>
            <Table pipes={rows} />
        </>
    );
}

export function Map() {
    const { hash, view } = shown.value!;
    const [source, setSource] = useState<Collection | null>(null);
    const [scenario, setScenario] = useState('');
    const [uses, setUses] = useState<Use[]>([]);
    useEffect(() => {
        let newest = true;
        if ('network.geojson' in view.files) void fetch(fileOf(hash, 'network.geojson')).then(a => a.json()).then(s => { if (newest) setSource(s as Collection); });
        else setSource(null);
        void fetch(fileOf(hash, 'scenario.yaml')).then(a => a.text()).then(t => { if (newest) setScenario(t); });
        void usesOf(hash, view).then(u => { if (newest) setUses(u); });
        return () => { newest = false; };
    }, [hash]);
    return <div class="mapview">{source ? <Pipes source={source} scenario={scenario} /> : <p>{words.noPipes}</p>}{uses.length > 0 && <Bars uses={uses} />}</div>;
}
