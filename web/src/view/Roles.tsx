// Role cards, and the briefs that are printed from them: a page each, from the plan shown.
import { useState } from 'preact/hooks';
import { compared } from '../figures';
import { roles, type Role } from '../learn';
import { coin, thousands } from '../number';
import { marks, tokenOf, wordsFor } from '../parties';
import { said } from '../said';
import { valueText } from '../scale';
import { base, keepAddress, seat, shown, start } from '../state';
import { standsAt } from '../stands';
import { words } from '../words.en';
import { Told } from './Told';

function Levers({ role }: { role: Role }) {
    const sliders = start.value!.sliders.filter(s => role.levers.includes(s.key));
    return <ul>{sliders.map(s => <li><span>{s.label}</span> <b>{valueText(s, standsAt(s))}</b></li>)}</ul>;
}

export function PrivateGoal({ role }: { role: Role }) {
    return <p>{said(role.private_goal, base.value!).map(p => (p.figure ? <b>{p.text}</b> : p.text))}</p>;
}

export function Card({ role, open }: { role: Role; open?: boolean }) {
    const [shownGoal, show] = useState(open ?? false);
    const { view } = shown.value!, net = view.net_money_year[role.watch] ?? 0;
    return (
        <article class="role">
            <h2><i class={`f-${tokenOf(role.watch)}`} aria-hidden="true">{marks[role.watch]}</i> {role.name}</h2>
            <p class="net"><b class={net < -500 ? 'w' : ''}>{thousands(net)}</b> {words.thousandOf(coin[view.currency] ?? view.currency)}, {wordsFor(view, role.watch)}</p>
            <div><h3>{words.publicGoal}</h3><p><Told text={role.public_goal} /></p></div>
            <div><h3>{words.privateGoal}</h3>
                <div class={shownGoal ? 'goal' : 'goal hid'}><PrivateGoal role={role} /></div>
                <button class="do screen" aria-expanded={shownGoal} onClick={() => show(!shownGoal)}>
                    {shownGoal ? words.hidePrivate : words.showPrivate}<span class="off">: {role.name}</span></button></div>
            <div><h3>{words.levers}</h3><Levers role={role} /></div>
            <div><h3>{words.watching}</h3><ul>{compared.filter(f => role.figures.includes(f.key)).map(f => <li><span>{f.label}</span> <b>{f.text(f.of(view))} {f.unit(view)}</b></li>)}</ul></div>
            <button class="do screen" disabled={seat.value === role.watch} onClick={() => { seat.value = role.watch; keepAddress(); }}>
                {seat.value === role.watch ? words.seated : words.sit}<span class="off">: {role.name}</span></button>
            <p class="paper">{view.headline}</p>
            <p class="paper">{words.briefFrom} {view.name}, {words.planNamed} {shown.value!.hash.slice(0, 12)}. {words.notes}</p>
            <div class="paper lines" aria-hidden="true"><i /><i /><i /><i /></div>
        </article>
    );
}

export function Roles() {
    return (
        <div class="roles">
            <p class="screen"><b>{words.rolesAre}</b> <button class="do" onClick={() => print()}>{words.briefs}</button></p>
            <div class="cards">{roles.map(r => <Card role={r} />)}</div>
        </div>
    );
}
