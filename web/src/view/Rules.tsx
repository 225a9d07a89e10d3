// The rules sheet: what the plan is held against, the broken and the close ones first.
import type { View } from '../api';
import { shown } from '../state';
import { words } from '../words.en';
import { Told } from './Told';

const order = ['fail', 'risk', 'pass', 'unknown', 'informs', 'none'];

const squared = (text: string) => text.replace(/\b(k?m|ft)2\b/g, '$1²');
/** What came of it; what is missing is told as what the scenario would have to say. */
const resultOf = (result: string) => (result.startsWith('needs ') ? words.ruleNeeds(result.slice(6)) : `${words.ruleResult}: ${result}`);

export function brokenCount(view: View): number {
    return view.rules.filter(r => r.sign === 'fail').length;
}

export function Rules() {
    const rules = [...shown.value!.view.rules].sort((a, b) => order.indexOf(a.sign) - order.indexOf(b.sign));
    const count = (sign: string) => rules.filter(r => r.sign === sign).length;
    return (
        <div class="rules">
            <p><b>{words.rulesSay(count('fail'), count('pass'), count('risk'), count('unknown'))}</b> {words.noAdvice}</p>
            <ul>{rules.map(r => <li>
                <span class={`sign s-${r.sign}`}>{words.sign[r.sign] ?? r.sign}</span>
                <span><b>{r.title}</b> <small>{r.pack}, {r.status}</small><br /><Told text={squared(r.says)} /> <small>{resultOf(r.result)}. {words.sourceIs}: {r.source}.</small></span>
            </li>)}</ul>
        </div>
    );
}
