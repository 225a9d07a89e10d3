// The Sankey of the year or of any hour: energy, money, carbon or water. Drawn wide and narrow, since its words never shrink.
import { useEffect, useState } from 'preact/hooks';
import { getHours } from '../api';
import { dayText } from '../chart/calendar';
import { flowsOf, moneyColumns, type Carrier, type FlowChart } from '../chart/flows';
import { laidOut, type DrawnNode } from '../chart/order';
import { columnsOf } from '../chart/wired';
import { coin, digits, withUnit } from '../number';
import { carrier, flowHour, scrub, shown } from '../state';
import { words } from '../words.en';
import { Scrub } from './Scrub';

/** Beside the node at the end, above the others; on a narrow page every second layer below, where its neighbours leave room. */
function labelY(n: DrawnNode, kind: string): number {
    if (n.last && n.y1 - n.y0 > 20) return (n.y0 + n.y1) / 2 + 5;
    return kind === 'nar' && n.depth % 2 === 1 && n.depth > 1 && !n.last ? n.y1 + 15 : n.y0 - 4;
}

function Chart({ chart, width, height, kind }: { chart: FlowChart; width: number; height: number; kind: string }) {
    if (chart.links.length === 0) return null;
    const drawn = laidOut(chart.links, width, height);
    return (
        <svg class={`sankey ${kind}`} viewBox={`0 0 ${width} ${drawn.height}`} role="img" aria-label={chart.sentence}>
            <desc>{chart.sentence}</desc>
            {drawn.bands.map(b => <path d={b.path} class={`band c-${b.token}`} stroke-width={b.width}><title>
                {chart.links[b.link].from} → {chart.links[b.link].to}: {digits(chart.links[b.link].value)} {chart.unit}</title></path>)}
            {drawn.nodes.map(n => {
                const left = n.last || n.x + 60 + 8 * n.name.length > width;       // its words would run over the edge
                return <g><rect x={n.x} y={n.y0} width="5" height={Math.max(1, n.y1 - n.y0)} class="node" />
                    <text x={left ? n.x - 5 : n.x + 10} y={labelY(n, kind)} text-anchor={left ? 'end' : 'start'} class="halo">
                        {n.name.trim()} <tspan class="b">{digits(n.value)}</tspan></text></g>;
            })}
        </svg>
    );
}

export function Flows() {
    const { hash, view } = shown.value!, kind = carrier.value;
    const [read, setRead] = useState<{ hash: string; columns: Map<string, Float64Array> } | null>(null);
    useEffect(() => {
        let newest = true;
        const wanted = [...new Set([...columnsOf(view), ...moneyColumns(view), ...view.hours.filter(n => /\.(fuel_in_kw|water_in_m3_h)$/.test(n)), 'weather.outdoor_c'])];
        void getHours(hash, wanted).then(all => { if (newest) setRead({ hash, columns: new Map(wanted.map((n, i) => [n, all[i]])) }); });
        return () => { newest = false; };
    }, [hash]);
    if (!read) return <p class="flows">{words.readingHours}</p>;
    const steps = read.columns.get('weather.outdoor_c')!.length, at = Math.min(scrub.value, steps - 1), byHour = flowHour.value;
    const chart = flowsOf(view, kind, coin[view.currency] ?? view.currency, { columns: read.columns, step: byHour ? at : null });
    const now = `${dayText(view, at, steps)}, ${withUnit(digits(read.columns.get('weather.outdoor_c')![at], 2), '°C')} ${words.outside}`;
    return (
        <div class="flows">
            <p class="pick" role="group" aria-label={words.whatFlows}>{(['energy', 'money', 'carbon', 'water'] as Carrier[]).map(c =>
                <button aria-pressed={c === kind} onClick={() => { carrier.value = c; }}>{words.carriers[c]}</button>)}</p>
            <p class="pick" role="group" aria-label={words.when}>{[false, true].map(h =>
                <button aria-pressed={h === byHour} onClick={() => { flowHour.value = h; }}>{h ? words.oneHour : words.theYear}</button>)}</p>
            {byHour && <><p class="now">{now}</p><Scrub id="flow-scrub" steps={steps} at={at} text={now} /></>}
            <p><b>{chart.sentence}</b> {words.togetherIn(chart.unit)}{kind === 'money' ? words.payersLeft : ''} {chart.note}</p>
            <Chart chart={chart} width={896} height={kind === 'money' ? 460 : 330} kind="wid" />
            <Chart chart={chart} width={358} height={kind === 'money' ? 520 : 400} kind="nar" />
            {chart.thin.length > 0 && <p class="note">{words.tooThin} {chart.thin.map(l => `${l.from} → ${l.to.trim()} ${digits(l.value)}`).join('; ')}.</p>}
            <details><summary>{words.asTable}</summary><table><thead><tr><th scope="col">{words.from}</th><th scope="col">{words.to}</th><th scope="col">{chart.unit}</th></tr></thead>
                <tbody>{[...chart.links, ...chart.thin].map(l => <tr><th scope="row">{l.from}</th><td>{l.to.trim()}</td><td>{digits(l.value)}</td></tr>)}</tbody></table></details>
        </div>
    );
}
