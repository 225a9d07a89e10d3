// The rules sheet: what the plan is held against, the broken and the close ones first.
import type { View } from '../api';
import { shown } from '../state';
import { words } from '../words.en';
import { Told } from './Told';

const order = ['fail', 'risk', 'pass', 'unknown', 'informs', 'none'];

export function brokenCount(view: View): number {
    return view.rules.filter(r => r.sign === 'fail').length;
}

export function Rules() {
    const rules = [...shown.value!.view.rules].sort((a, b) => order.indexOf(a.sign) - order.indexOf(b.sign));
    const count = (sign: string) => rules.filter(r => r.sign === sign).length;
    return (
        <div class="rules">
            <p><b>{count('fail') ? `${count('fail')} broken` : 'No rule is broken'}: {count('pass')} met, {count('risk')} close, {count('unknown')} not judged.</b>{' '}
                Information, not legal advice</p>
            <ul>{rules.map(r => <li>
                <span class={`sign s-${r.sign}`}>{words.sign[r.sign] ?? r.sign}</span>
                <span><b>{r.title}</b> <small>{r.pack}, {r.status}</small><br /><Told text={r.says} /> <small>Result: {r.result}. Source: {r.source}.</small></span>
            </li>)}</ul>
        </div>
    );
}
