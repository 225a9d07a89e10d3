// The class: rounds of propose, agree, told. The teacher leads; each member has a role, its private goal, and its party's row.
import { useEffect, useState } from 'preact/hooks';
import { get, send } from '../api';
import { figures } from '../figures';
import { dropKey, member, owns } from '../key';
import { roles, type Role } from '../learn';
import { nameOf } from '../name';
import { thousands } from '../number';
import { useList, useTry, type ClassState, type Proposal } from '../records';
import { changes, position, seat, set, solving, start } from '../state';
import { words } from '../words.en';
import { show } from './Plans';
import { save } from './AsTable';
import { Card } from './Roles';

const roleName = (id: string) => roles.find(r => r.id === id)?.name ?? id;
type Attempt = ReturnType<typeof useTry>['attempt'];

function Begin({ began }: { began: () => void }) {
    const [rounds, setRounds] = useState(3);
    const { wrong, attempt } = useTry();
    return (
        <form class="row" onSubmit={e => { e.preventDefault(); attempt(send('POST', 'class', { rounds }), began); }}>
            <label>{words.rounds} <input type="number" min={1} max={20} value={rounds} onInput={e => setRounds(Number(e.currentTarget.value))} /></label>
            <button class="do strong">{words.beginClass}</button>
            {wrong && <p class="trouble" role="alert">{wrong}</p>}
        </form>
    );
}

/** What a proposal means for all together, for whoever fares worst, and for the one who looks. */
function Sums({ of, mine }: { of: Proposal; mine: Role | undefined }) {
    if (!of.figures) return <p>{words.ready[of.ready] ?? of.ready}</p>;
    const nets = of.figures.net_money_year, worst = Object.entries(nets).sort((a, b) => a[1] - b[1])[0];
    const joint = Object.values(nets).reduce((s, x) => s + x, 0), sum = (x: number) => <b class={x < -500 ? 'w' : ''}>{thousands(x)}</b>;
    return (
        <ul class="sums">
            <li>{words.jointGain} {sum(joint)}</li>
            <li>{worst[1] < -500 ? <>{words.worstOff} {words.party[worst[0]]} {sum(worst[1])}</> : words.nobodyWorse}</li>
            {mine && <li>{words.yourRow} {sum(nets[mine.watch] ?? 0)}</li>}
            {figures.map(f => <li>{f.label} <b>{f.text(f.of(of.figures!))}</b> {f.unit(of.figures!)}</li>)}
        </ul>
    );
}

function One({ of, all, mine, attempt }: { of: Proposal; all: ClassState; mine: Role | undefined; attempt: Attempt }) {
    const me = member(), agreed = of.agreed.includes(me), name = all.members.find(m => m.member === of.member)?.name ?? words.member(of.member);
    return (
        <li>
            <p class="who"><b>{name}</b>: {of.words}</p>
            <p>{nameOf(position(of.set))}</p>
            <Sums of={of} mine={mine} />
            <p>{words.assent}: <b>{of.assent.map(roleName).join(', ') || '–'}</b>{' '}
                <button class="do" onClick={() => show(of.set)}>{words.show}<span class="off">: {name}</span></button>{' '}
                {me > 0 && all.phase !== 'told' && <button class="do strong" aria-pressed={agreed} onClick={() => attempt(send('POST', 'class/agree', { id: of.id, agree: !agreed }))}>
                    {agreed ? words.withdraw : words.agreeTo}<span class="off">: {name}</span></button>}</p>
        </li>
    );
}

function Propose({ attempt }: { attempt: Attempt }) {
    const [why, setWhy] = useState('');
    const propose = (e: Event) => {
        e.preventDefault();
        attempt(send('POST', 'class/propose', { set: changes(set.value), words: why.trim() }), () => setWhy(''));
    };
    return (
        <form class="write" onSubmit={propose}>
            <p class="all"><b>{words.propose}</b>: {nameOf(set.value)}</p>
            <label class="all">{words.whyPropose}<textarea required maxLength={1000} rows={2} value={why} onInput={e => setWhy(e.currentTarget.value)} /></label>
            <button class="do strong" disabled={solving.value || why.trim() === ''}>{words.sendIt}</button>
        </form>
    );
}

/** The state of the class as a file; a link could not send the token. */
async function exported(): Promise<void> {
    save(JSON.stringify(await get('class/export'), null, 1), 'application/json', 'class.json');
}

function Running({ all, attempt }: { all: ClassState; attempt: Attempt }) {
    const me = all.members.find(m => m.member === member()), mine = roles.find(r => r.id === me?.role);
    useEffect(() => { if (mine && seat.value === 'everyone') seat.value = mine.watch; }, [mine]);
    const over = all.phase === 'told' && all.round >= all.rounds;
    return (
        <>
            <p class="phase" role="status"><b>{words.roundOf(all.round, all.rounds)}, {words.phase[all.phase].toLowerCase()}.</b> {words.phaseSays[all.phase]} {over && words.lastRound}</p>
            {owns() && <p class="row centred"><img src="./api/v1/class/qr.svg" width="132" height="132" alt={words.qrOf} /><span>{words.codeIs} <b class="code">{all.code}</b>. {words.joinAt(location.origin)}</span>
                {!over && <button class="do strong" onClick={() => attempt(send('POST', 'class/round', { next: true }))}>{words.nextPhase[all.phase]}</button>}
                <button class="do" onClick={() => attempt(exported())}>{words.exportClass}</button></p>}
            <div class="two">
                <section aria-label={words.proposals}>
                    {me && all.phase === 'propose' && <Propose attempt={attempt} />}
                    <h2>{words.proposals}</h2>
                    {all.proposals.length === 0 ? <p>{words.noProposals}</p> : <ul>{all.proposals.map(p => <One key={p.id} of={p} all={all} mine={mine} attempt={attempt} />)}</ul>}
                    <h2>{words.agreements}</h2>
                    {all.agreements.length === 0 ? <p>{words.noAgreement}</p> : <ul>{all.agreements.map(a => <li><p><b>{words.agreedIn(a.round)}</b>: {a.proposal.words} ({nameOf(position(a.proposal.set))})</p>
                        <Sums of={a.proposal} mine={mine} /></li>)}</ul>}
                </section>
                <section aria-label={words.members}>
                    {mine && <Card role={mine} open />}
                    <h2>{words.members}</h2>
                    {all.members.length === 0 ? <p>{words.nobody}</p> : <ul>{all.members.map(m => <li>{m.name} <small>{roleName(m.role)}</small>{' '}
                        {owns() && <button class="do" onClick={() => attempt(send('DELETE', `class/members/${m.member}`))}>{words.remove}<span class="off">: {m.name}</span></button>}</li>)}</ul>}
                </section>
            </div>
        </>
    );
}

function Lesson() {
    const { list, wrong, again } = useList<ClassState>('class', 'class');
    const tried = useTry();
    if (!list && member() > 0 && wrong) return <p class="trouble" role="alert">{wrong} <button class="do" onClick={() => { dropKey(); location.reload(); }}>{words.join}</button></p>;
    return (
        <div class="class">
            {tried.wrong && <p class="trouble" role="alert">{tried.wrong}</p>}
            {list && <Running all={list} attempt={(what, then) => tried.attempt(what, () => { then?.(); again(); })} />}
            {owns() && (!list || (list.phase === 'told' && list.round >= list.rounds)) && <Begin began={again} />}
        </div>
    );
}

export function Classroom() {
    return start.value!.classroom ? <Lesson /> : <p>{words.noClass}</p>;
}
