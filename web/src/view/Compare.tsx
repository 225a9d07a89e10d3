// Up to four pinned plans side by side, each with its difference from the first, and the plan now shown; cost against carbon.
import { compared } from '../figures';
import { nameOf } from '../name';
import { pin, pinned, shown, unpin, type Shown } from '../state';
import { words } from '../words.en';
import { Frontier } from './Frontier';

function Table({ list, now }: { list: Shown[]; now: Shown | null }) {
    const all = now ? [...list, now] : list, { view } = all[0];
    return (
        <div class="scroll" role="region" aria-label={words.pinnedPlans} tabIndex={0}><table>
            <thead><tr><th scope="col">{words.plan}</th>{list.map((p, i) => <th scope="col">{i + 1}. {nameOf(p.set)}<br />
                <button class="do" onClick={() => unpin(p.hash)} aria-label={`${words.unpin}: ${nameOf(p.set)}`}>{words.unpin}</button></th>)}
                {now && <th scope="col" class="nowp">{words.nowShownIs} {nameOf(now.set)}<br /><button class="do" disabled={list.length >= 4} onClick={pin}>{words.pinned}</button></th>}</tr></thead>
            <tbody>{compared.map(f => { const first = f.text(f.of(view)); return <tr><th scope="row">{f.label} <small>{f.unit(view)}</small></th>
                {all.map((p, i) => { const is = f.text(f.of(p.view)); return <td class={p === now ? 'nowp' : ''}>{is}{i > 0 && is !== first &&
                    <s class="than"><span class="off"> {words.firstHas} </span>{first}</s>}</td>; })}</tr>; })}</tbody>
        </table></div>
    );
}

export function Compare() {
    const now = shown.value!, list = pinned.value, isPinned = list.some(p => p.hash === now.hash);
    return (
        <div class="compare">
            <p><b>{list.length ? words.pinnedCount(list.length) : words.noPins}</b></p>
            <Table list={list} now={isPinned ? null : now} />
            <Frontier />
        </div>
    );
}
