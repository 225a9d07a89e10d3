// Who pays: each transfer has two ends, so each row cancels; then what leaves the circle; then who is better or worse off. In
// the table a line runs from who pays to who receives; on a narrow page a list says the same.
import { changesOf, marks, tokenOf, type Change } from '../parties';
import { thousands } from '../number';
import { money } from '../said';
import { shown, whyParty } from '../state';
import { words } from '../words.en';

function amounts(c: Change, parties: string[]): number[] {
    return parties.map(p => (p === c.payer ? -c.money : 0) + (p === c.payee ? c.money : 0));
}

function Sum({ values }: { values: number[] }) {
    return <>{values.map(v => <td class={v < -500 ? 'w' : ''}>{Math.abs(v) < 500 ? '0' : thousands(v)}</td>)}</>;
}

/** One transfer: amounts at both ends, and between them a line with its head where the money arrives. */
function Row({ values }: { values: number[] }) {
    const from = values.findIndex(v => v <= -500), to = values.findIndex(v => v >= 500), [low, high] = [Math.min(from, to), Math.max(from, to)];
    return <>{values.map((v, i) => {
        if (from < 0 || to < 0 || i < low || i > high) return <td class={v < -500 ? 'w' : ''}>{Math.abs(v) < 500 ? '' : thousands(v)}</td>;
        const way = to > from ? 'east' : 'west';
        if (i > low && i < high) return <td class="way1" />;
        return <td class={`end ${i === from ? `pays ${way} w` : `gets ${way}`}`}><span>{thousands(v)}</span></td>;
    })}</>;
}

const name = (p: string) => <><i class={`f-${tokenOf(p)}`} aria-hidden="true">{marks[p]}</i>{'\u00a0'}{words.party[p]}</>;
const title = (c: Change) => words.kindTitle[c.kind] ?? words.outsideTitle[c.kind] ?? c.kind.replace(/_/g, ' ');

/** One party's sum, entry by entry, each with its other end; what is too small to tell makes it close. */
function Whole({ party, all, net }: { party: string; all: Change[]; net: number }) {
    const own = all.filter(c => c.payer === party || c.payee === party).map(c => ({ c, sum: c.payer === party ? -c.money : c.money, other: c.payer === party ? c.payee : c.payer }));
    const rest = net - own.reduce((s, o) => s + o.sum, 0);
    return (
        <section class="whole" aria-label={words.whyParty(words.party[party], thousands(net))}><h2>{words.whyParty(words.party[party], thousands(net))}</h2>
            <ul>{own.map(({ c, sum, other }) => <li>{(c.payee === party ? words.getsFrom : words.paysTo)(thousands(sum), title(c).toLowerCase(), words.party[other])}</li>)}
                {Math.abs(rest) >= 500 && <li>{thousands(rest)} {words.restOf}</li>}</ul>
            <button class="do" onClick={() => { whyParty.value = null; }}>{words.close1}</button></section>
    );
}

/** The same as a list: payer to payee with both amounts, what leaves the circle, and the net of each. */
function Pairs({ inside, outside, net, joint }: { inside: Change[]; outside: Change[]; net: [string, number][]; joint: number }) {
    const ends = (c: Change) => (c.money > 0 ? [c.payer, c.payee] : [c.payee, c.payer]);
    return (
        <div class="pairs">
            <ul>{inside.map(c => { const [from, to] = ends(c); return <li><span>{words.party[from]} → {words.party[to]}<small>{title(c)}{c.money < 0 ? words.noMore : ''}</small></span>
                <b class="w">{thousands(-Math.abs(c.money))}</b><b>{thousands(Math.abs(c.money))}</b></li>; })}
                <li class="total"><span>{words.allTransfers}</span><b /><b>0</b></li></ul>
            <h2>{words.realThings}</h2>
            <ul>{outside.map(c => { const gets = c.payer === 'outside', party = gets ? c.payee : c.payer, sum = gets ? c.money : -c.money;
                return <li><span>{words.party[party]}<small>{title(c)}</small></span><b /><b class={sum < 0 ? 'w' : ''}>{thousands(sum)}</b></li>; })}</ul>
            <h2>{words.betterOrWorse}</h2>
            <ul>{net.map(([p, v]) => <li><span>{name(p)}</span><b /><b class={v < -500 ? 'w' : ''}>{thousands(v)}</b></li>)}
                <li class="total"><span>{words.jointGain}</span><b /><b>{thousands(joint)}</b></li></ul>
        </div>
    );
}

export function Ledger() {
    const { view } = shown.value!, all = changesOf(view);
    const inside = all.filter(c => c.payer !== 'outside' && c.payee !== 'outside');
    const outside = all.filter(c => c.payer === 'outside' || c.payee === 'outside');
    const parties = Object.keys(view.net_money_year).filter(p => all.some(c => c.payer === p || c.payee === p));
    const net = parties.map(p => view.net_money_year[p]), joint = net.reduce((sum, v) => sum + v, 0);
    const block = parties.map((_, i) => inside.reduce((sum, c) => sum + amounts(c, parties)[i], 0));
    return (
        <div class="ledger">
            <p><b>{words.ledgerSays(money(joint, view.currency), joint < 0)}</b> {words.ledgerUnit}</p>
            {whyParty.value && <Whole party={whyParty.value} all={all} net={view.net_money_year[whyParty.value] ?? 0} />}
            <div class="scroll" role="region" aria-label={words.tabs.ledger} tabIndex={0}><table>
                <thead><tr><th scope="col">{words.transfer}</th>{parties.map(p => <th scope="col">{name(p)}</th>)}<th scope="col">{words.sum}</th></tr></thead>
                <tbody>{inside.map(c => <tr><th scope="row">{title(c)}</th><Row values={amounts(c, parties)} /><td>0</td></tr>)}
                    <tr class="sum"><th scope="row">{words.allTransfers}</th><Sum values={block} /><td><b>0</b></td></tr></tbody>
                <tbody>{outside.map(c => <tr><th scope="row">{title(c)}</th><Row values={amounts(c, parties)} />
                    <td>{thousands(c.payer === 'outside' ? c.money : -c.money)}</td></tr>)}
                <tr class="sum"><th scope="row">{words.betterOrWorse}</th><Sum values={net} /><td><b>{thousands(joint)}</b></td></tr></tbody>
            </table></div>
            <Pairs inside={inside} outside={outside} net={parties.map((p, i) => [p, net[i]])} joint={joint} />
            <p class="note">{words.smallLeftOut}</p>
        </div>
    );
}
