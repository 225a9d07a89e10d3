// Who is around a data centre, what flows between whom, and with which technology. Buttons in five columns, lines behind them;
// on a narrow page a list says the same.
import { useState } from 'preact/hooks';
import { ecosystem, type Actor, type Flow } from '../learn';
import { marks, tokenOf } from '../parties';
import { words } from '../words.en';
import { AsTable } from './AsTable';

const { actors, flows, technologies } = ecosystem;
const columns = 5, rows = 4;
const nameOf = (id: string) => actors.find(a => a.id === id)!.name;
const kinds = Object.keys(words.flowKind);

/** From the edge of one cell to the edge of another, in hundredths of the picture. */
function line(flow: Flow, beside: number): string {
    const from = actors.find(a => a.id === flow.from)!, to = actors.find(a => a.id === flow.to)!;
    const x = (a: Actor, side: number) => (a.column - 0.5 + side * 0.12) * 100 / columns, y = (a: Actor) => (a.row - 0.5) * 100 / rows + beside;
    const way = Math.sign(to.column - from.column);
    if (way === 0) {
        const up = Math.sign(to.row - from.row), cx = x(from, 0) + beside;
        return `M${cx},${y(from) - beside + up * 6}L${cx},${y(to) - beside - up * 6}`;
    }
    const x0 = x(from, way), x1 = x(to, -way), mid = (x0 + x1) / 2;
    return `M${x0},${y(from)}C${mid},${y(from)} ${mid},${y(to)} ${x1},${y(to)}`;
}

function Lines({ at, kind }: { at: string; kind: string }) {
    const pairs = new Map<string, number>();
    return (
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label={words.whoIs(actors.length, flows.length, technologies.length)}>
            <desc>{words.whoIs(actors.length, flows.length, technologies.length)}</desc>
            {flows.map(f => {
                const pair = [f.from, f.to].sort().join(), n = pairs.get(pair) ?? 0;
                pairs.set(pair, n + 1);
                const on = (at === '' || f.from === at || f.to === at) && (kind === 'all' || f.carrier === kind);
                return <path d={line(f, n * 1.6 - 0.8)} class={`e-${f.carrier} ${on ? '' : 'faint'}`}><title>{nameOf(f.from)} → {nameOf(f.to)}: {f.what}</title></path>;
            })}
        </svg>
    );
}

function Detail({ at }: { at: string }) {
    const actor = actors.find(a => a.id === at)!;
    const list = (title: string, of: Flow[], end: 'from' | 'to') => of.length > 0 && <><h3>{title}</h3><ul>{of.map(f => <li>
        <i class={`dot e-${f.carrier}`} aria-hidden="true" /> {f.what} <b>{end === 'to' ? '→' : '←'} {nameOf(f[end])}</b> <small>{words.sure[f.sure]}: {f.source}</small></li>)}</ul></>;
    return (
        <section class="detail" aria-label={actor.name}>
            <h2>{actor.name}</h2><p>{actor.role}</p>
            <div class="two"><div>{list(words.gives, flows.filter(f => f.from === at), 'to')}</div><div>{list(words.takes, flows.filter(f => f.to === at), 'from')}</div></div>
        </section>
    );
}

function Technologies({ at }: { at: string }) {
    const some = technologies.filter(t => at === '' || t.between.includes(at)).sort((a, b) => b.maturity - a.maturity);
    if (!some.length) return null;
    return (
        <div class="scroll tech" role="region" aria-label={words.technologies} tabIndex={0}><table>
            <caption>{words.technologies}</caption>
            <thead><tr><th scope="col">{words.technology}</th><th scope="col">{words.mature}</th><th scope="col">{words.between}</th><th scope="col">{words.whatItDoes}</th><th scope="col">{words.sourceIs}</th></tr></thead>
            <tbody>{some.map(t => <tr><th scope="row">{t.title}</th>
                <td class="mat"><meter min={0} max={9} value={t.maturity} aria-label={`${t.title}: ${t.maturity} of 9`} /> {t.maturity} <small>{words.maturity(t.maturity)}</small></td>
                <td class="tx">{nameOf(t.between[0])} – {nameOf(t.between[1])}</td><td class="tx">{t.says}</td><td class="tx">{words.sure[t.sure]} <small>{t.source}</small></td></tr>)}</tbody></table></div>
    );
}

export function Ecosystem() {
    const [at, setAt] = useState('operator');
    const [kind, setKind] = useState('all');
    return (
        <div class="eco">
            <p><b>{words.whoIs(actors.length, flows.length, technologies.length)}</b> {words.chooseOne}</p>
            <p class="pick" role="group" aria-label={words.whatFlows}>{['all', ...kinds].map(k => <button aria-pressed={k === kind} onClick={() => setKind(k)}>
                {k !== 'all' && <i class={`dot e-${k}`} aria-hidden="true" />}{k === 'all' ? words.all : words.flowKind[k]}</button>)}</p>
            <div class="net5">
                <Lines at={at} kind={kind} />
                {actors.map(a => <button class={`at c${a.column} r${a.row}`} aria-pressed={a.id === at} onClick={() => setAt(a.id === at ? '' : a.id)}>
                    {a.party && <i class={`f-${tokenOf(a.party)}`} aria-hidden="true">{marks[a.party]}</i>} {a.name}</button>)}
            </div>
            {at !== '' && <Detail at={at} />}
            <Technologies at={at} />
            <AsTable name={words.learn.ecosystem}><table><thead><tr><th scope="col">{words.from}</th><th scope="col">{words.to}</th><th scope="col">{words.what}</th><th scope="col">{words.sourceIs}</th></tr></thead>
                <tbody>{flows.map(f => <tr><th scope="row">{nameOf(f.from)}</th><td class="tx">{nameOf(f.to)}</td><td class="tx">{f.what}</td><td class="tx">{f.source} <small>{words.sure[f.sure]}</small></td></tr>)}</tbody></table></AsTable>
        </div>
    );
}
