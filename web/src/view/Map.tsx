// The map: pipes and places where the plan has them, drawn to scale, in layers; and how full each plant and line is.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { fileOf } from '../api';
import { usesOf, type Use } from '../chart/capacity';
import { dayText } from '../chart/calendar';
import { flowOf, heatKw, lossKw, planeOf, type Pipe, type Plane } from '../chart/plane';
import { heatToken } from '../chart/strands';
import { digits, withUnit } from '../number';
import { scrub, shown } from '../state';
import { words } from '../words.en';
import { Share } from './Share';

type Layer = keyof typeof words.layers;
const colour: Record<Layer, (p: Pipe) => string> = {
    heat: p => heatToken(p.facts.solved_supply_in_c ?? null), temperature: p => heatToken(p.facts.solved_supply_out_c ?? null),
    loss: () => 'heat-1', speed: () => 'water',
};
/* what a layer's width is: heat, the same, lost per metre, share of a usual speed */
const width: Record<Layer, (p: Pipe, most: number) => number> = {
    heat: (p, most) => 1 + 11 * heatKw(p) / most, temperature: () => 4, loss: (p, most) => 1 + 9 * lossKw(p) / Math.max(1, p.facts.length_m ?? 1) / most,
    speed: (p, most) => 1 + 9 * (p.facts.solved_speed_m_s ?? 0) / most,
};
const measure: Record<Layer, (p: Pipe) => number> = {
    heat: heatKw, temperature: p => p.facts.solved_supply_out_c ?? 0, loss: p => lossKw(p) / Math.max(1, p.facts.length_m ?? 1), speed: p => p.facts.solved_speed_m_s ?? 0,
};

function pipeText(p: Pipe): string {
    if (p.state === 'forbidden' || p.state === 'not chosen') return `${p.name}: ${words.pipeState[p.state]}`;
    return `${p.name}: ${withUnit(digits(heatKw(p) / 1000), 'MW')}, ${withUnit(digits(p.facts.solved_supply_out_c), '°C')}, ${words.losing} ${withUnit(digits(lossKw(p)), 'kW')}`;
}

function Drawn({ plane, layer, kind, at, choose }: { plane: Plane; layer: Layer; kind: string; at: string; choose: (name: string) => void }) {
    const built = plane.pipes.filter(p => p.state === 'built' || p.state === 'required'), other = plane.pipes.filter(p => !built.includes(p));
    const most = Math.max(1e-9, ...built.map(measure[layer]));
    const path = (p: Pipe) => `M${p.points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join('L')}`;
    const ruler = [50, 100, 200, 500, 1000, 2000, 5000].find(m => m / plane.metres > 60) ?? 10000;
    const lost = built.reduce((s, p) => s + lossKw(p), 0);
    const sentence = words.mapSays(built.length, digits(built.reduce((s, p) => s + (p.facts.length_m ?? 0), 0) / 1000), digits(lost), other.length);
    return (
        <svg class={`map ${kind}`} viewBox={`0 0 ${plane.width} ${plane.height}`} role="img" aria-label={sentence}>
            <desc>{sentence}</desc>
            {other.map(p => <path d={path(p)} class={p.state === 'forbidden' ? 'pipe not forbidden' : 'pipe not'}><title>{pipeText(p)}</title></path>)}
            {built.filter(p => p.name === at).map(p => <path d={path(p)} class="pipe chosen" stroke-width={width[layer](p, most) + 8} />)}
            {built.map(p => <path d={path(p)} class={`pipe c-${colour[layer](p)}`} stroke-width={width[layer](p, most)}
                onClick={() => choose(p.name)}><title>{pipeText(p)}</title></path>)}
            {built.filter(p => p.state === 'required').map(p => <path d={path(p)} class="pipe must" />)}
            {plane.points.filter(p => p.role).map(p => <g><circle cx={p.x} cy={p.y} r={(p.role === 'producer' ? 8 : 3.5) * (kind === 'nar' ? 0.6 : 1)} class={`spot ${p.role}`}>
                <title>{p.name}: {withUnit(digits(Math.abs(p.facts.solved_heat_kw ?? 0)), 'kW')}, {withUnit(digits(p.facts.solved_supply_c), '°C')}</title></circle>
                {p.role === 'producer' && <text x={p.x} y={p.y - 13} class="halo" text-anchor={p.x < 60 ? 'start' : p.x > plane.width - 60 ? 'end' : 'middle'}>{p.name}</text>}</g>)}
            <path d={`M10,${plane.height - 8}h${ruler / plane.metres}`} class="ruler" />
            <text x="10" y={plane.height - 14}>{ruler >= 1000 ? withUnit(String(ruler / 1000), 'km') : withUnit(String(ruler), 'm')}</text>
        </svg>
    );
}

function Pipes({ source }: { source: Parameters<typeof planeOf>[0] }) {
    const [layer, setLayer] = useState<Layer>('heat');
    const [at, choose] = useState('');
    const wide = useMemo(() => planeOf(source, 896, 560), [source]), narrow = useMemo(() => planeOf(source, 358, 420), [source]);
    const rows = [...wide.pipes].sort((a, b) => flowOf(b) - flowOf(a)), chosen = wide.pipes.find(p => p.name === at) ?? rows[0];
    return (
        <>
            <p class="pick" role="group" aria-label={words.layer}>{(Object.keys(words.layers) as Layer[]).map(l =>
                <button aria-pressed={l === layer} onClick={() => setLayer(l)}>{words.layers[l]}</button>)}</p>
            <p><b>{words.layerSays[layer]}</b> {words.fullestHour}</p>
            <Drawn plane={wide} layer={layer} kind="wid" at={chosen?.name ?? ''} choose={choose} />
            <Drawn plane={narrow} layer={layer} kind="nar" at={chosen?.name ?? ''} choose={choose} />
            <p class="now" role="status">{chosen && pipeText(chosen)}</p>
            <label>{words.pipe} <select value={chosen?.name} onChange={e => choose(e.currentTarget.value)}>{rows.map(p => <option>{p.name}</option>)}</select></label>
            <details><summary>{words.asTable}</summary><table><thead><tr>{words.pipeHead.map(h => <th scope="col">{h}</th>)}</tr></thead>
                <tbody>{rows.map(p => <tr><th scope="row">{p.name}</th><td>{digits(p.facts.length_m)}</td><td>{digits(p.facts.nominal_mm)}</td><td>{digits(heatKw(p))}</td>
                    <td>{digits(p.facts.solved_supply_out_c)}</td><td>{digits(p.facts.solved_speed_m_s)}</td><td>{digits(lossKw(p))}</td><td class="tx">{words.pipeState[p.state]}</td></tr>)}</tbody></table></details>
        </>
    );
}

function Bars({ uses }: { uses: Use[] }) {
    const { view } = shown.value!, mw = (kw: number) => withUnit(digits(kw / 1000), 'MW');
    const full = [...uses].sort((a, b) => b.most / b.capacity - a.most / a.capacity)[0];
    const steps = uses[0]?.values.length ?? 1, at = Math.min(scrub.value, steps - 1);
    return (
        <section class="bars" aria-label={words.howFull}>
            <h2>{words.howFull}</h2>
            <p><b>{full && words.fullest(full.name.replace(/_/g, ' '), digits(100 * full.most / full.capacity), dayText(view, full.at, steps))}</b> {words.barSays(dayText(view, at, steps))}</p>
            {(['power', 'heat'] as const).map(c => uses.some(u => u.carrier === c) && <ul aria-label={words.flowKind[c]}>{uses.filter(u => u.carrier === c).map(u => <li>
                <span>{u.name.replace(/_/g, ' ')}</span>
                <Share most={u.most / u.capacity} now={u.values[at] / u.capacity} token={c === 'power' ? 'electricity' : 'heat-3'} />
                <span>{words.barText(mw(u.most), mw(u.capacity), mw(u.values[at]), digits(100 * u.full, 2))}</span></li>)}</ul>)}
        </section>
    );
}

export function Map() {
    const { hash, view } = shown.value!;
    const [source, setSource] = useState<Parameters<typeof planeOf>[0] | null>(null);
    const [uses, setUses] = useState<Use[]>([]);
    useEffect(() => {
        let newest = true;
        if ('network.geojson' in view.files) void fetch(fileOf(hash, 'network.geojson')).then(a => a.json()).then(s => { if (newest) setSource(s as typeof source); });
        else setSource(null);
        void usesOf(hash, view).then(u => { if (newest) setUses(u); });
        return () => { newest = false; };
    }, [hash]);
    return <div class="mapview">{source ? <Pipes source={source} /> : <p>{words.noPipes}</p>}{uses.length > 0 && <Bars uses={uses} />}</div>;
}
