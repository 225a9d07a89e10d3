// Up to four pinned plans side by side, each with its difference from the first; and cost against carbon.
import { compared } from '../figures';
import { nameOf } from '../name';
import { pin, pinned, shown, unpin } from '../state';
import { words } from '../words.en';
import { Frontier } from './Frontier';

export function Compare() {
    const now = shown.value!, list = pinned.value;
    const full = list.length >= 4 || list.some(p => p.hash === now.hash);
    return (
        <div class="compare">
            <p><b>{list.length ? words.pinnedCount(list.length) : words.noPins}</b> <button class="do" disabled={full} onClick={pin}>{words.pinned}</button></p>
            {list.length > 0 && <div class="scroll" role="region" aria-label={words.pinnedPlans} tabIndex={0}><table>
                <thead><tr><th scope="col">{words.plan}</th>{list.map((p, i) => <th scope="col">{i + 1}. {nameOf(p.set)}<br />
                    <button class="do" onClick={() => unpin(p.hash)} aria-label={`${words.unpin}: ${nameOf(p.set)}`}>{words.unpin}</button></th>)}</tr></thead>
                <tbody>{compared.map(f => <tr><th scope="row">{f.label} <small>{f.unit(now.view)}</small></th>
                    {list.map((p, i) => <td>{f.text(f.of(p.view))}{i > 0 && f.text(f.of(p.view)) !== f.text(f.of(list[0].view)) &&
                        <s class="than"><span class="off"> {words.firstHas} </span>{f.text(f.of(list[0].view))}</s>}</td>)}</tr>)}</tbody>
            </table></div>}
            <Frontier />
        </div>
    );
}
