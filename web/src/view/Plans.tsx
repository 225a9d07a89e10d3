// Saved plans, and what was tried before: each can be shown again.
import { useState } from 'preact/hooks';
import { send } from '../api';
import { compared, figures } from '../figures';
import { owns } from '../key';
import { nameOf } from '../name';
import { useList, useTry, when, type Saved, type Tried } from '../records';
import { changes, door, keepAddress, move, position, shown, solving } from '../state';
import { words } from '../words.en';

/** Goes to a position that was kept. */
export function show(set: Record<string, string>): void {
    move(position(set), null);
    door.value = 'explore';
    keepAddress();
}

export function Plans() {
    const saved = useList<{ saved: Saved[] }>('saved', 'saved'), tried = useList<{ history: Tried[] }>('history', 'history');
    const [name, setName] = useState('');
    const { wrong, attempt } = useTry();
    const now = shown.value!, keep = (e: Event) => {
        e.preventDefault();
        attempt(send('POST', 'saved', { name: name.trim(), set: changes(now.set), hash: now.hash }), () => { setName(''); saved.again(); });
    };
    const list = saved.list?.saved ?? [], past = tried.list?.history ?? [], some = [...figures, compared.find(f => f.key === 'heat_share_frac')!];
    return (
        <div class="plans">
            {owns() ? <form class="row" onSubmit={keep}><span><b>{words.savePlan}</b>: {nameOf(now.set)}</span>
                <label>{words.planName} <input type="text" required maxLength={120} value={name} onInput={e => setName(e.currentTarget.value)} /></label>
                <button class="do" disabled={solving.value || name.trim() === ''}>{words.save}</button></form> : <p>{words.ownerOnly}</p>}
            {wrong && <p class="trouble" role="alert">{wrong}</p>}
            <h2>{words.savedPlans}</h2>
            {list.length === 0 ? <p>{words.nothingSaved}</p> : <div class="scroll" role="region" aria-label={words.savedPlans} tabIndex={0}><table class="kept">
                <thead><tr><th scope="col">{words.name}</th><th scope="col">{words.made}</th>{some.map(f => <th scope="col">{f.label} <small>{f.unit(now.view)}</small></th>)}<td /></tr></thead>
                <tbody>{list.map(s => <tr><th scope="row"><b>{s.name}</b><br /><small>{nameOf(position(s.set))}</small></th><td>{when(s.made)}</td>
                    {some.map(f => <td data-h={f.label}>{s.figures ? f.text(f.of(s.figures)) : '?'} <small>{f.unit(now.view)}</small></td>)}
                    <td><button class="do" onClick={() => show(s.set)}>{words.show}<span class="off">: {s.name}</span></button>{' '}
                        {owns() && <button class="do" onClick={() => attempt(send('DELETE', `saved/${s.id}`), saved.again)}>{words.remove}<span class="off">: {s.name}</span></button>}</td></tr>)}</tbody></table></div>}
            <h2>{words.history}</h2>
            {past.length === 0 ? <p>{words.nothingTried}</p> : <ul class="tried">{past.slice(0, 50).map(t => <li><span>{when(t.at)}</span> <span>{nameOf(position(t.set))}</span>{' '}
                <button class="do" onClick={() => show(t.set)}>{words.restore}<span class="off">: {nameOf(position(t.set))}</span></button></li>)}</ul>}
        </div>
    );
}
