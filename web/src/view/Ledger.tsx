// Who pays: each transfer has two ends, so each row cancels; then what leaves the circle; then who is better or worse off.
import { changesOf, marks, tokenOf, type Change } from '../parties';
import { coin, thousands } from '../number';
import { shown } from '../state';
import { words } from '../words.en';

function Cell({ value, strong }: { value: number; strong?: boolean }) {
    if (Math.abs(value) < 500) return <td>{strong ? '0' : ''}</td>;
    return <td class={value < 0 ? 'w' : ''}>{thousands(value)}</td>;
}

function amounts(c: Change, parties: string[]): number[] {
    return parties.map(p => (p === c.payer ? -c.money : 0) + (p === c.payee ? c.money : 0));
}

/** Amounts in thousand that add up as printed: the rounding that is left goes to the largest. */
export function Ledger() {
    const { view } = shown.value!, all = changesOf(view);
    const inside = all.filter(c => c.payer !== 'outside' && c.payee !== 'outside');
    const outside = all.filter(c => c.payer === 'outside' || c.payee === 'outside');
    const parties = Object.keys(view.net_money_year).filter(p => all.some(c => c.payer === p || c.payee === p));
    const head = (p: string) => <><i class={`f-${tokenOf(p)}`} aria-hidden="true">{marks[p]}</i> {words.party[p]}</>;
    const title = (c: Change) => words.kindTitle[c.kind] ?? words.outsideTitle[c.kind] ?? c.kind.replace(/_/g, ' ');
    const joint = parties.reduce((sum, p) => sum + view.net_money_year[p], 0);
    const block = parties.map((_, i) => inside.reduce((sum, c) => sum + amounts(c, parties)[i], 0));
    return (
        <div class="ledger">
            <p><b>What one pays, another receives; what is left is {coin[view.currency] ?? view.currency}{thousands(joint).replace('+', '')} k a year for all together.</b>{' '}
                Thousand a year, together against apart</p>
            <div class="scroll" role="region" aria-label="Ledger" tabIndex={0}><table>
                <thead><tr><th scope="col">Transfer</th>{parties.map(p => <th scope="col">{head(p)}</th>)}<th scope="col">Sum</th></tr></thead>
                <tbody>{inside.map(c => <tr><th scope="row">{title(c)}</th>{amounts(c, parties).map(v => <Cell value={v} />)}<td>0</td></tr>)}
                    <tr class="sum"><th scope="row">All transfers</th>{block.map(v => <Cell value={v} strong />)}<td><b>0</b></td></tr></tbody>
                <tbody>{outside.map(c => <tr><th scope="row">{title(c)}</th>{amounts(c, parties).map(v => <Cell value={v} />)}
                    <td>{thousands(c.payer === 'outside' ? c.money : -c.money)}</td></tr>)}
                <tr class="sum"><th scope="row">Better or worse off</th>{parties.map(p => <Cell value={view.net_money_year[p]} strong />)}
                    <td><b>{thousands(joint)}</b></td></tr></tbody>
            </table></div>
            <ul class="pairs">{inside.map(c => {
                const [from, to] = c.money > 0 ? [c.payer, c.payee] : [c.payee, c.payer];
                return <li><span>{words.party[from]} → {words.party[to]}<small>{title(c)}{c.money < 0 ? ', paid before and no more' : ''}</small></span>
                    <b>{thousands(-Math.abs(c.money))}</b><b>{thousands(Math.abs(c.money))}</b></li>;
            })}</ul>
            <p class="note">A change under half a thousand is left out of the rows.</p>
        </div>
    );
}
