// Up to four pinned plans side by side.
import { compared } from '../figures';
import { nameOf } from '../name';
import { pin, pinned, shown, unpin } from '../state';
import { words } from '../words.en';


export function Compare() {
    const now = shown.value!, list = pinned.value;
    const full = list.length >= 4 || list.some(p => p.hash === now.hash);
    return (
        <div class="compare">
            <p><b>{list.length ? `${list.length} of 4 plans pinned.` : words.noPins}</b> <button class="do" disabled={full} onClick={pin}>{words.pinned}</button></p>
            {list.length > 0 && <div class="scroll" role="region" aria-label="Pinned plans" tabIndex={0}><table>
                <thead><tr><th scope="col">Plan</th>{list.map(p => <th scope="col">{nameOf(p.set)}<br />
                    <button class="do" onClick={() => unpin(p.hash)} aria-label={`${words.unpin}: ${nameOf(p.set)}`}>{words.unpin}</button></th>)}</tr></thead>
                <tbody>{compared.map(f => <tr><th scope="row">{f.label} <small>{f.unit(now.view)}</small></th>
                    {list.map(p => <td>{f.text(f.of(p.view))}</td>)}</tr>)}</tbody>
            </table></div>}
        </div>
    );
}
