// Cost against carbon: plans along the shadow price of carbon, each an optimum that is proven, with the plan shown and the pinned ones.
import { coin, digits, trimmed, withUnit } from '../number';
import { bookedOf } from '../parties';
import { carbonPlace } from '../paths';
import { frontier, goFrontier } from '../probe';
import { move, pinPlan, pinned, shown, type Shown } from '../state';
import { words } from '../words.en';

interface Dot { name: string; kind: 'price' | 'now' | 'pin'; cost: number; carbon: number }

const dotOf = (name: string, kind: Dot['kind'], { view }: Shown): Dot => ({ name, kind, cost: bookedOf(view) / 1000, carbon: (view.cases.together.carbon_marginal_kg_year ?? 0) / 1000 });

/** Three round values that lie in a range. */
function ticksOf(low: number, high: number): number[] {
    const raw = (high - low) / 3, ten = 10 ** Math.floor(Math.log10(raw)), step = [1, 2, 5, 10].find(s => s * ten >= raw)! * ten;
    return Array.from({ length: 5 }, (_, i) => Math.ceil(low / step) * step + i * step).filter(t => t <= high);
}

function Plot({ dots, width, kind, sentence }: { dots: Dot[]; width: number; kind: string; sentence: string }) {
    const height = 300, left = 74, right = 24, top = 18, foot = 44, { currency } = shown.value!.view;
    const span = (of: number[]) => { const [low, high] = [Math.min(...of), Math.max(...of)], edge = Math.max((high - low) * 0.08, Math.abs(high) * 1e-4, 1e-6); return [low - edge, high + edge]; };
    const [x0, x1] = span(dots.map(d => d.carbon)), [y0, y1] = span(dots.map(d => d.cost));
    const x = (v: number) => left + (v - x0) / (x1 - x0) * (width - left - right), y = (v: number) => height - foot - (v - y0) / (y1 - y0) * (height - foot - top);
    const line = dots.filter(d => d.kind === 'price').sort((a, b) => a.carbon - b.carbon);
    return (
        <svg class={`frontier ${kind}`} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={sentence}>
            <desc>{sentence}</desc>
            {ticksOf(y0, y1).map(t => <g><path d={`M${left},${y(t)}H${width - right}`} class="hair" /><text x={left - 8} y={y(t) + 4} text-anchor="end">{trimmed(t, 5)}</text></g>)}
            {ticksOf(x0, x1).slice(0, kind === 'nar' ? 2 : 4).map(t => <g><path d={`M${x(t)},${height - foot}v5`} class="tick" /><text x={x(t)} y={height - foot + 20} text-anchor="middle">{trimmed(t, 5)}</text></g>)}
            <path d={`M${left},${top}V${height - foot}H${width - right}`} class="axis" />
            <text x={left + 6} y={top + 2}>{words.thousandOf(coin[currency] ?? currency)}</text>
            <text x={width - right} y={height - 6} text-anchor="end">t CO₂/a</text>
            {line.length > 1 && <path d={`M${line.map(d => `${x(d.carbon).toFixed(1)},${y(d.cost).toFixed(1)}`).join('L')}`} class="way" />}
            {dots.map(d => <g><circle cx={x(d.carbon)} cy={y(d.cost)} r={d.kind === 'now' ? 8 : 5} class={`dot-${d.kind}`}><title>{d.name}: {digits(d.cost)} {words.thousandOf(coin[currency] ?? currency)}, {digits(d.carbon)} t CO₂/a</title></circle>
                {d.kind !== 'price' && <text x={x(d.carbon)} y={y(d.cost) + (d.kind === 'now' && y(d.cost) < height - foot - 30 ? 24 : -12)} text-anchor="middle" class="halo paperhalo">{d.name}</text>}</g>)}
        </svg>
    );
}

export function Frontier() {
    const now = shown.value!, line = frontier.value, per = coin[now.view.currency] ?? now.view.currency;
    const priceText = (price: number) => `${per}${trimmed(price * 1000)}/t`;
    const dots = [...(line?.points ?? []).map(p => dotOf(priceText(p.price), 'price', p.plan)), ...pinned.value.map((p, i) => dotOf(`${words.pin} ${i + 1}`, 'pin', p)), dotOf(words.nowShown, 'now', now)];
    const first = line?.points[0], last = line?.points.at(-1);
    const sentence = first && last && last !== first ? words.frontierSays(digits(((first.plan.view.cases.together.carbon_marginal_kg_year ?? 0) - (last.plan.view.cases.together.carbon_marginal_kg_year ?? 0)) / 1000),
        withUnit(`${per}${digits((bookedOf(last.plan.view) - bookedOf(first.plan.view)) / 1000)}`, 'k'), priceText(last.price)) : words.frontierIs;
    return (
        <section class="front" aria-label={words.frontier}>
            <h2>{words.frontier}</h2>
            <p><b>{sentence}</b> {words.frontierAxes} <button class="do" disabled={line !== null && !line.done} onClick={() => { void goFrontier(); }}>
                {line && !line.done ? words.planning(line.points.length) : words.goFrontier}</button></p>
            {line && line.points.length > 0 && <>
                <Plot dots={dots} width={896} kind="wid" sentence={sentence} />
                <Plot dots={dots} width={358} kind="nar" sentence={sentence} />
                <div class="scroll" role="region" aria-label={`${words.frontier}: ${words.asTable.toLowerCase()}`} tabIndex={0}><table>
                    <thead><tr>{[words.carbonPrice, `${words.bookedCost}, ${words.thousandOf(per)}`, `${words.carbonOf}, t CO₂/a`, words.proof].map(h => <th scope="col">{h}</th>)}<td /></tr></thead>
                    <tbody>{line.points.map(p => { const d = dotOf('', 'price', p.plan); return <tr><th scope="row">{priceText(p.price)}</th><td>{digits(d.cost, 5)}</td><td>{digits(d.carbon, 5)}</td>
                        <td>{p.plan.view.certificate.proven ? words.proven(p.plan.view.certificate.gap_ratio.toExponential(0)) : words.notProven}</td>
                        <td><button class="do" onClick={() => move({ ...line.around, [carbonPlace]: p.price }, null)}>{words.show}<span class="off">: {priceText(p.price)}</span></button>{' '}
                            <button class="do" disabled={pinned.value.length >= 4 || pinned.value.some(q => q.hash === p.plan.hash)} onClick={() => pinPlan(p.plan)}>{words.pin}<span class="off">: {priceText(p.price)}</span></button></td></tr>; })}</tbody></table></div>
            </>}
        </section>
    );
}
