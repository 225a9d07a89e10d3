// The Sankey of a year: energy, money, carbon or water. Drawn wide and narrow, since its words never shrink.
import { sankey } from 'd3-sankey';
import { flowsOf, type FlowChart } from '../chart/flows';
import { coin, digits, withUnit } from '../number';
import { carrier, shown } from '../state';

interface Node { name: string }
interface Band { token: string }

function Chart({ chart, width, height, kind }: { chart: FlowChart; width: number; height: number; kind: string }) {
    const names = [...new Set(chart.links.flatMap(l => [l.from, l.to]))];
    const graph = sankey<Node, Band>().nodeWidth(5).nodePadding(26).extent([[1, 14], [width - 1, height - 6]])({
        nodes: names.map(name => ({ name })),
        links: chart.links.map(l => ({ source: names.indexOf(l.from), target: names.indexOf(l.to), value: l.value, token: l.token })),
    });
    const path = (l: (typeof graph.links)[number]) => {
        const x0 = (l.source as { x1: number }).x1, x1 = (l.target as { x0: number }).x0, mid = (x0 + x1) / 2;
        return `M${x0},${l.y0}C${mid},${l.y0} ${mid},${l.y1} ${x1},${l.y1}`;
    };
    return (
        <svg class={`sankey ${kind}`} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={chart.sentence}>
            <desc>{chart.sentence}</desc>
            {graph.links.map(l => <path d={path(l)} class={`band c-${l.token}`} stroke-width={Math.max(1, l.width ?? 1)}><title>
                {chart.links[l.index ?? 0].from} → {chart.links[l.index ?? 0].to}: {digits(l.value)} {chart.unit}</title></path>)}
            {graph.nodes.map(n => {
                const right = (n.x0 ?? 0) > width * 0.6;
                return <g><rect x={n.x0} y={n.y0} width="5" height={Math.max(1, (n.y1 ?? 0) - (n.y0 ?? 0))} class="node" />
                    <text x={right ? (n.x0 ?? 0) - 5 : (n.x1 ?? 0) + 5} y={(n.y0 ?? 0) - 4} text-anchor={right ? 'end' : 'start'} class="halo">
                        {n.name.trim()} <tspan class="b">{digits(n.value)}</tspan></text></g>;
            })}
        </svg>
    );
}

export function Flows() {
    const kind = carrier.value;
    const { view } = shown.value!, chart = flowsOf(view, kind, coin[view.currency] ?? view.currency);
    return (
        <div class="flows">
            <p class="pick" role="group" aria-label="What flows">{(['energy', 'money', 'carbon', 'water'] as const).map(c =>
                <button aria-pressed={c === kind} onClick={() => { carrier.value = c; }}>{c}</button>)}</p>
            <p><b>{chart.sentence}</b> Together, {chart.unit}{kind === 'money' ? '; who pays stands left, who receives right' : ''}</p>
            <Chart chart={chart} width={896} height={kind === 'money' ? 460 : 330} kind="wid" />
            <Chart chart={chart} width={358} height={kind === 'money' ? 520 : 400} kind="nar" />
            {chart.thin.length > 0 && <p class="note">Too thin to draw: {chart.thin.map(l => `${l.from} → ${l.to.trim()} ${digits(l.value)}`).join('; ')}.</p>}
            <details><summary>As a table</summary><table><thead><tr><th scope="col">From</th><th scope="col">To</th><th scope="col">{chart.unit}</th></tr></thead>
                <tbody>{[...chart.links, ...chart.thin].map(l => <tr><th scope="row">{l.from}</th><td>{l.to.trim()}</td><td>{withUnit(digits(l.value), '')}</td></tr>)}</tbody></table></details>
        </div>
    );
}
