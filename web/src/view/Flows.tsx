// The Sankey of the year or of any hour: energy, money, carbon or water. Drawn wide and narrow, since its words never shrink.
import { useEffect, useState } from 'preact/hooks';
import { getHours } from '../api';
import { dayText } from '../chart/calendar';
import { columnsIn, flowsOf, moneyColumns, type Carrier, type FlowChart } from '../chart/flows';
import { laidOut, type DrawnNode } from '../chart/order';
import { columnsOf } from '../chart/wired';
import { coin, digits, trimmed, withUnit } from '../number';
import { carrier, flowHour, scrub, shown } from '../state';
import { words } from '../words.en';
import { Scrub } from './Scrub';
import { AsTable } from './AsTable';

const beside = (n: DrawnNode, room: number) => n.last && n.y1 - n.y0 > 20 && 8 * (n.name.trim().length + 5) < room;

/** Above the node; beside the one at the end where its words have room before the layer next to it, else below; on a narrow page
    every second layer below, where its neighbours leave room. */
function labelY(n: DrawnNode, kind: string, room: number): number {
    if (beside(n, room)) return (n.y0 + n.y1) / 2 + 5;
    if (n.last && n.y1 - n.y0 > 20) return n.y1 + 15;
    return kind === 'nar' && n.depth % 2 === 1 && n.depth > 1 && !n.last ? n.y1 + 15 : n.y0 - 4;
}

/** A round value about an eighth of the picture high, to print its scale by. */
function roundOf(most: number): number {
    const ten = 10 ** Math.floor(Math.log10(most)), part = most / ten;
    return (part >= 5 ? 5 : part >= 2 ? 2 : 1) * ten;
}

/** A thousand thousand is a million. */
const barText = (bar: number, unit: string) => (bar >= 1000 && unit.startsWith('thousand') ? withUnit(trimmed(bar / 1000), unit.replace('thousand', 'million')) : withUnit(trimmed(bar), unit));

function Chart({ chart, width, height, kind }: { chart: FlowChart; width: number; height: number; kind: string }) {
    if (chart.links.length === 0) return null;
    const drawn = laidOut(chart.links, width, height), largest = Math.max(...drawn.bands.map(b => b.width));
    const scale = largest / Math.max(...drawn.bands.map(b => chart.links[b.link].value)), bar = roundOf(40 / scale);
    const before = (link: number) => chart.apart.find(a => a.from === chart.links[link].from && a.to === chart.links[link].to)?.value;
    /* apart, a band would be so much wider or narrower: its lower edge, dashed */
    const edges = drawn.bands.flatMap(b => { const was = before(b.link); return was !== undefined && Math.abs(was * scale - b.width) > 2 ? [{ path: b.path, down: was * scale - b.width / 2 }] : []; });
    const lowest = Math.max(drawn.height, ...edges.map(e => e.down + Math.max(...[...e.path.matchAll(/,([\d.]+)/g)].map(y => Number(y[1])))));
    const foot = lowest + (edges.length ? 34 : 22), room = (n: DrawnNode) => n.x - Math.max(0, ...drawn.nodes.filter(o => o.x < n.x && o.y0 < n.y1 && o.y1 > n.y0).map(o => o.x));
    return (
        <svg class={`sankey ${kind}`} viewBox={`0 0 ${width} ${foot.toFixed(1)}`} role="img" aria-label={chart.sentence}>
            <desc>{chart.sentence}</desc>
            {drawn.bands.map(b => <path d={b.path} class={`band c-${b.token}`} stroke-width={b.width}><title>
                {chart.links[b.link].from} → {chart.links[b.link].to}: {digits(chart.links[b.link].value)} {chart.unit}</title></path>)}
            {edges.map(e => <path d={e.path} class="apart1" transform={`translate(0,${e.down.toFixed(1)})`} />)}
            {drawn.nodes.map(n => {
                const left = n.last || n.x + 60 + 9 * n.name.length > width;       // its words would run over the edge
                return <g><rect x={n.x} y={n.y0} width="5" height={Math.max(1, n.y1 - n.y0)} class="node" />
                    <text x={left ? n.x - 5 : n.x + 10} y={labelY(n, kind, room(n))} text-anchor={left ? 'end' : 'start'} class={beside(n, room(n)) && n.y1 - n.y0 > 60 ? 'onband' : 'halo'}>
                        {n.name.trim()} <tspan class="b">{digits(n.value)}</tspan></text></g>;
            })}
            <path d={`M3,${foot - 2}v${-bar * scale}`} class="ruler" /><text x="12" y={foot - 3} class="halo">{words.scaleOf(barText(bar, chart.unit))}</text>
        </svg>
    );
}

export function Flows() {
    const { hash, view } = shown.value!, kind = carrier.value;
    const [read, setRead] = useState<{ hash: string; columns: Map<string, Float64Array>; apart: Map<string, Float64Array> | null } | null>(null);
    useEffect(() => {
        let newest = true;
        const wanted = [...new Set([...columnsOf(view), ...moneyColumns(view), ...view.hours.filter(n => /\.(fuel_in_kw|water_in_m3_h)$/.test(n)), 'weather.outdoor_c'])];
        const some = columnsIn(view, 'apart', wanted), named = (names: string[], all: Float64Array[]) => new Map(names.map((n, i) => [n, all[i]]));
        void Promise.all([getHours(hash, wanted), getHours(hash, some, 'apart').catch(() => null)]).then(([all, before]) => {
            if (newest) setRead({ hash, columns: named(wanted, all), apart: before && named(some, before) });
        });
        return () => { newest = false; };
    }, [hash]);
    if (!read) return <p class="flows">{words.readingHours}</p>;
    const steps = read.columns.get('weather.outdoor_c')!.length, at = Math.min(scrub.value, steps - 1), byHour = flowHour.value;
    const chart = flowsOf(view, kind, coin[view.currency] ?? view.currency, { of: 'together', columns: read.columns, step: byHour ? at : null },
        read.apart && { of: 'apart', columns: read.apart, step: byHour ? at : null });
    const now = `${dayText(view, at, steps)}, ${withUnit(digits(read.columns.get('weather.outdoor_c')![at], 2), '°C')} ${words.outside}`;
    return (
        <div class="flows">
            <div class="picks"><p class="pick" role="group" aria-label={words.whatFlows}>{(['energy', 'money', 'carbon', 'water'] as Carrier[]).map(c =>
                <button aria-pressed={c === kind} onClick={() => { carrier.value = c; }}>{words.carriers[c]}</button>)}</p>
            <p class="pick" role="group" aria-label={words.when}>{[false, true].map(h =>
                <button aria-pressed={h === byHour} onClick={() => { flowHour.value = h; }}>{h ? words.oneHour : words.theYear}</button>)}</p></div>
            {byHour && <><p class="now">{now}</p><Scrub id="flow-scrub" steps={steps} at={at} text={now} /></>}
            <p><b>{chart.sentence}</b> {words.togetherIn(chart.unit)}{kind === 'money' ? words.payersLeft : ''}. {chart.apart.length > 0 && words.apartOutline} {chart.note}</p>
            <Chart chart={chart} width={896} height={kind === 'money' ? 460 : 330} kind="wid" />
            <Chart chart={chart} width={358} height={kind === 'money' ? 520 : 400} kind="nar" />
            {chart.thin.length > 0 && <p class="note">{words.tooThin} {chart.thin.map(l => `${l.from} → ${l.to.trim()} ${digits(l.value)}`).join('; ')}.</p>}
            <AsTable name={`${words.tabs.flows}, ${words.carriers[kind]}`}><table><thead><tr><th scope="col">{words.from}</th><th scope="col">{words.to}</th><th scope="col">{words.caseName.together}, {chart.unit}</th><th scope="col">{words.caseName.apart}</th></tr></thead>
                <tbody>{[...chart.links, ...chart.thin].map(l => <tr><th scope="row">{l.from}</th><td>{l.to.trim()}</td><td>{digits(l.value)}</td><td>{digits(chart.apart.find(a => a.from === l.from && a.to === l.to)?.value ?? 0)}</td></tr>)}
                    {chart.apart.filter(a => ![...chart.links, ...chart.thin].some(l => l.from === a.from && l.to === a.to)).map(l => <tr><th scope="row">{l.from}</th><td>{l.to.trim()}</td><td>0</td><td>{digits(l.value)}</td></tr>)}</tbody></table></AsTable>
        </div>
    );
}
