// Headline, parties and the four figures: what a reader sees before anything else.
import { useEffect } from 'preact/hooks';
import { figures } from '../figures';
import { coin, digits, thousands } from '../number';
import { marks, six, tokenOf, wordsFor } from '../parties';
import { findLimit, nearest } from '../probe';
import { money } from '../said';
import { valueText } from '../scale';
import { answered, depth, door, early, ghost, isFresh, keepAddress, moveOne, noPlan, note, progress, seat, seen, shown, solving, start, tabName, trouble, valueIn, whyFigure, whyParty } from '../state';
import { words } from '../words.en';
import { Told } from './Told';

const isEstimate = () => early.value?.depth === 'typical';

/** How far the figures of an estimate were off where it was measured. */
function depthText(): string {
    const error = early.value?.error?.together ?? {}, most = Math.max(0, ...figures.map(f => error[f.key] ?? 0));
    return isEstimate() ? words.typicalWeeks(digits(most * 100, 2)) : words.everyHour;
}

/** The headline from the chosen seat; for everyone, the plan's own finding. */
function headline(): string {
    const { view } = seen.value!;
    if (seat.value === 'everyone') return view.headline;
    const net = view.net_money_year[seat.value] ?? 0, sum = money(Math.abs(net), view.currency);
    const who = `${words.party[seat.value]}, you`;
    if (Math.abs(net) < 500) return words.seatSame(who);
    return words.seatSays(who, (net > 0 ? words.betterBy : words.worseBy)(sum), early.value ? '…' : wordsFor(view, seat.value));
}

/** The planner's message without the keys of the scenario: "hall_recovery.capacity_kw at most 100" is "hall recovery at most 100 kW". */
const plainly = (text: string) => text.replace(/\b(\w+)\.\w+?_(kwh?)( at (?:most|least) [\d.e+-]*\d)/g, (_, name, unit, much) => `${name}${much}\u202f${unit === 'kwh' ? 'kWh' : 'kW'}`)
    .replace(/(?<=[a-z\d])_(?=[a-z\d])/g, ' ').replace(/(^|[.!?] )([a-z])/g, (_, end, letter) => end + letter.toUpperCase());

/** The nearest position that works, sought where one slider alone was moved. */
function Nearest() {
    const at = noPlan.value, found = nearest.value, good = shown.value!.set;
    const moved = at ? start.value!.sliders.filter(s => valueIn(at, s) !== valueIn(good, s)) : [];
    useEffect(() => {
        nearest.value = null;
        if (moved.length === 1) void findLimit(moved[0]);
    }, [at]);
    if (moved.length !== 1) return null;
    return found?.key === moved[0].key ? <button class="do" onClick={() => moveOne(moved[0], found.value)}>{words.nearestWorks(valueText(moved[0], found.value))}</button>
        : <span role="status">{words.seeking}</span>;
}

/** A slider was moved, and no figure of the plan has changed, as far as its digits are told: said, so that nobody waits for it. */
function staysSame(): boolean {
    const now = shown.value!.view, before = ghost.value?.view, proofs = /^(audit|simulation|choice)_/;
    return before !== undefined && !solving.value && !early.value
        && Object.keys(now.cases.together).every(k => proofs.test(k) || digits(now.cases.together[k]) === digits(before.cases.together[k]))
        && Object.keys(now.net_money_year).every(p => thousands(now.net_money_year[p]) === thousands(before.net_money_year[p] ?? 0));
}

export function Headline() {
    const now = shown.value!;
    const hours = digits(now.view.days * 24, now.view.days > 41 ? 4 : 3);
    return (
        <section class="head">
            <h1 aria-live={isEstimate() ? 'off' : 'polite'}>{isEstimate() && '≈ '}{headline()}</h1>
            <p class="st8" role="status">
                {solving.value ? <b class="busy">{isFresh.value ? depthText() : progress.value || words.solving}</b> : <b>{words.exact}</b>}{staysSame() && ` · ${words.staysSame}`}
                {' · '}{words.hoursIn(hours, digits(now.view.seconds, 2))} · {words.against} <em>{words.apart}</em> ·{' '}
                <label>{words.iAm}{' '}
                    <select value={seat.value} onChange={e => { seat.value = e.currentTarget.value; }}>
                        <option value="everyone">{words.everyone}</option>
                        {Object.keys(now.view.net_money_year).map(p => <option value={p}>{words.party[p].toLowerCase()}</option>)}
                    </select></label>
            </p>
            {trouble.value && <p class="trouble" role="alert"><b>{words.infeasible}</b> {plainly(trouble.value)} {words.lastStands}{' '}
                <Nearest /></p>}
            {note.value && <p class="note">{note.value}</p>}
        </section>
    );
}

export function Parties() {
    const { view } = seen.value!, label = words.partiesLabel(coin[view.currency] ?? view.currency);
    return (
        <><p class="cap unit" aria-hidden="true">{label}</p>
        <ul class={isEstimate() ? 'parties estimate' : 'parties'} aria-label={label}>
            {six(view).map(p => {
                const net = view.net_money_year[p] ?? 0;
                return (
                    <li class={`party-${p} ${seat.value === p ? 'mine' : ''}`}>
                        <span><i class={`f-${tokenOf(p)}`} aria-hidden="true">{marks[p]}</i> {words.party[p]}</span>
                        <button class="ask" onClick={() => { whyParty.value = p; tabName.value = 'ledger'; door.value = 'explore'; keepAddress(); }}>
                            <b class={net < -500 ? 'w' : ''}>{isEstimate() && '≈ '}{thousands(net)}<span class="off"> {words.perYear}, {words.askParty(words.party[p])}</span></b></button>
                        <small>{early.value ? '…' : wordsFor(view, p)}</small>
                    </li>
                );
            })}
        </ul></>
    );
}

export function Figures() {
    const { view } = seen.value!, before = ghost.value?.view;
    return (
        <ul class={isEstimate() ? 'four estimate' : 'four'} data-depth={depth.value} data-seq={answered.value}>
            {figures.map(f => {
                const was = before ? f.text(f.of(before)) : null, is = f.text(f.of(view));
                return (
                    <li class={`fig-${f.key}`}>
                        <button class="fig" onClick={() => { whyFigure.value = f.key; }}>
                            <b>{isEstimate() && '≈ '}{is}</b><span>{f.unit(view)}</span><span class="off"> {f.label}: why?</span></button>
                        <p><Told text={f.label} />{was !== null && was !== is && <s>{words.was} {was}</s>}</p>
                    </li>
                );
            })}
        </ul>
    );
}
