// Comments: about one criterion each, answered by whoever started the server; an answer may propose a change.
import { useState } from 'preact/hooks';
import { send } from '../api';
import { compared } from '../figures';
import { owns } from '../key';
import { isPlace, isText } from '../paths';
import { useList, useTry, when, type Change, type Comment } from '../records';
import { valueText } from '../scale';
import { door, keepAddress, move, position, set, shown, start } from '../state';
import { words } from '../words.en';

/** What may be commented: key and name, by group. */
function criteria(): [keyof typeof words.aboutGroups, [string, string][]][] {
    const { view } = shown.value!;
    return [
        ['figure', compared.map(f => [f.key, f.label])], ['party', Object.keys(view.net_money_year).map(p => [`net.${p}`, words.party[p]])],
        ['slider', start.value!.sliders.map(s => [`slider.${s.key}`, s.label])], ['rule', view.rules.map(r => [`rule.${r.id}`, r.title])],
    ];
}
const nameOfCriterion = (about: string) => criteria().flatMap(([, all]) => all).find(([k]) => k === about)?.[1] ?? about;

function changeText(change: Change): string {
    const slider = start.value!.sliders.find(s => s.paths[0] === change.path);
    return slider ? `${slider.label}: ${valueText(slider, Number(change.text))}` : `${change.path}: ${change.text}`;
}

function Write({ sent }: { sent: () => void }) {
    const [who, setWho] = useState('');
    const [about, setAbout] = useState(compared[0].key);
    const [text, setText] = useState('');
    const { wrong, attempt } = useTry();
    const write = (e: Event) => {
        e.preventDefault();
        attempt(send('POST', 'comments', { who: who.trim(), about, text: text.trim() }), () => { setText(''); sent(); });
    };
    return (
        <form class="write" onSubmit={write} aria-label={words.comment}>
            <label>{words.whoSays} <input type="text" required maxLength={80} value={who} onInput={e => setWho(e.currentTarget.value)} /></label>
            <label>{words.aboutWhat} <select value={about} onChange={e => setAbout(e.currentTarget.value)}>{criteria().map(([group, all]) =>
                <optgroup label={words.aboutGroups[group]}>{all.map(([k, label]) => <option value={k}>{label}</option>)}</optgroup>)}</select></label>
            <label class="all">{words.itsText}<textarea required maxLength={4000} rows={3} value={text} onInput={e => setText(e.currentTarget.value)} /></label>
            <button class="do">{words.sendIt}</button>
            {wrong && <p class="trouble" role="alert">{wrong}</p>}
        </form>
    );
}

function Answer({ to, sent }: { to: Comment; sent: () => void }) {
    const [text, setText] = useState('');
    const [path, setPath] = useState('');
    const [other, setOther] = useState('');
    const [value, setValue] = useState('');
    const { wrong, attempt } = useTry();
    const slider = start.value!.sliders.find(s => s.paths[0] === path), place = path === 'other' ? other.trim() : path;
    const told = slider && value !== '' ? String(Number((Number(value) / (slider.factor ?? 1)).toPrecision(10))) : value.trim();
    const change = place === '' ? null : { path: place, text: told };
    const good = text.trim() !== '' && (change === null || (isPlace(change.path) && isText(change.text)));
    const answer = (e: Event) => {
        e.preventDefault();
        attempt(send('POST', `comments/${to.id}/answer`, { text: text.trim(), change }), sent);
    };
    return (
        <form class="write" onSubmit={answer} aria-label={`${words.answer}: ${to.who}`}>
            <label class="all">{words.answer}<textarea required maxLength={4000} rows={2} value={text} onInput={e => setText(e.currentTarget.value)} /></label>
            <label>{words.proposes} <select value={path} onChange={e => setPath(e.currentTarget.value)}><option value="">{words.noChange}</option>
                {start.value!.sliders.map(s => <option value={s.paths[0]}>{s.label}</option>)}<option value="other">{words.otherPlace}</option></select></label>
            {path === 'other' && <label>{words.place} <input type="text" value={other} placeholder="require.energy_reuse_factor" onInput={e => setOther(e.currentTarget.value)} /></label>}
            {path !== '' && <label>{words.value} <input type="text" value={value} onInput={e => setValue(e.currentTarget.value)} /> {slider?.unit}</label>}
            <button class="do" disabled={!good}>{words.sendIt}</button>
            {wrong && <p class="trouble" role="alert">{wrong}</p>}
        </form>
    );
}

function adopt(change: Change): void {
    move({ ...set.value, ...position({ [change.path]: change.text }) }, start.value!.sliders.find(s => s.paths[0] === change.path)?.key ?? null);
    door.value = 'explore';
    keepAddress();
}

function One({ of, again }: { of: Comment; again: () => void }) {
    const { wrong, attempt } = useTry();
    return (
        <li>
            <p class="who"><b>{of.who}</b> {words.aboutWhat.toLowerCase()} <b>{nameOfCriterion(of.about)}</b> <small>{when(of.made)}</small>{' '}
                {owns() && <button class="do" onClick={() => attempt(send('DELETE', `comments/${of.id}`), again)}>{words.remove}<span class="off">: {of.who}</span></button>}</p>
            <p class="text">{of.text}</p>
            {wrong && <p class="trouble" role="alert">{wrong}</p>}
            {of.answer ? <div class="reply"><p><b>{words.answered}</b> <small>{when(of.answer.made)}</small></p><p class="text">{of.answer.text}</p>
                {of.answer.change && <p>{words.proposes}: <b>{changeText(of.answer.change)}</b>{' '}
                    <button class="do" onClick={() => adopt(of.answer!.change!)}>{words.setIt}</button></p>}</div>
                : owns() ? <details><summary>{words.answer}</summary><Answer to={of} sent={again} /></details> : <p class="note">{words.notAnswered}</p>}
        </li>
    );
}

export function Comments() {
    const { list, again } = useList<{ comments: Comment[] }>('comments', 'comments'), all = list?.comments ?? [];
    return (
        <div class="comments">
            <p><b>{words.commentsAre}</b></p>
            {owns() ? <Write sent={again} /> : <p>{words.ownerOnly}</p>}
            <h2>{words.comments}</h2>
            {all.length === 0 ? <p>{words.nothingSaid}</p> : <ul>{[...all].reverse().map(c => <One key={c.id} of={c} again={again} />)}</ul>}
        </div>
    );
}
