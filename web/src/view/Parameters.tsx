// Every parameter of every kind of plant and load, as the tables of the components declare it (`hearth explain KIND`); those of
// an instance of the plan can be set.
import { useEffect, useState } from 'preact/hooks';
import { getKind, getKinds, type Kind } from '../api';
import { trimmed } from '../number';
import { isPlace, isText } from '../paths';
import { move, set, shown } from '../state';
import { words } from '../words.en';

const rangeOf = (p: Kind['parameters'][number]) => (p.unit === '' || p.min === null || p.max === null ? '' : `${trimmed(p.min, 4)} – ${trimmed(p.max, 4)}`);
const unitOf = (unit: string) => (unit === '1' ? '' : unit.replace('degC', '°C'));

/** Where the scenario says the parameters of an instance; null: nowhere, it follows from others. */
function sectionOf(kind: string, name: string): string | null {
    const derived = /^(grid|supply|.*_(cooling|recovery|substation|heater|shell|ups)$)/;
    if (kind === 'heat_network') return 'heat_network';
    if (kind === 'data_hall') return `data_centre.${name}`;
    if (['building', 'town_heat'].includes(kind)) return `town.${name}`;
    return derived.test(name) ? null : `plant.${name}`;
}

function SetOne({ kind }: { kind: Kind }) {
    const all = shown.value!.view.wiring.instances.filter(i => i.kind === kind.name && sectionOf(kind.name, i.name));
    const [instance, setInstance] = useState('');
    const [param, setParam] = useState('');
    const [text, setText] = useState('');
    if (!all.length) return null;
    const at = all.find(i => i.name === instance) ?? all[0], key = kind.parameters.some(p => p.key === param) ? param : kind.parameters[0].key;
    const path = `${sectionOf(kind.name, at.name)}.${key}`, good = isPlace(path) && isText(text.trim());
    return (
        <form class="row" onSubmit={e => { e.preventDefault(); move({ ...set.value, [path]: text.trim() }, null); setText(''); }}>
            <label>{words.instance} <select value={at.name} onChange={e => setInstance(e.currentTarget.value)}>{all.map(i => <option>{i.name}</option>)}</select></label>
            <label>{words.parameter} <select value={key} onChange={e => setParam(e.currentTarget.value)}>{kind.parameters.map(p => <option>{p.key}</option>)}</select></label>
            <label>{words.value} <input type="text" size={10} value={text} onInput={e => setText(e.currentTarget.value)} /></label>
            <button class="do strong" disabled={!good}>{words.planIt}</button>
        </form>
    );
}

export function Parameters() {
    const [kinds, setKinds] = useState<string[]>([]);
    const [name, setName] = useState('heat_pump');
    const [kind, setKind] = useState<Kind | null>(null);
    useEffect(() => { void getKinds().then(setKinds); }, []);
    useEffect(() => {
        let newest = true;
        void getKind(name).then(k => { if (newest) setKind(k); });
        return () => { newest = false; };
    }, [name]);
    return (
        <section class="params wholerow"><h2>{words.parameters} <select aria-label={words.kindOf} value={name} onChange={e => setName(e.currentTarget.value)}>
            {kinds.map(k => <option value={k}>{k.replace(/_/g, ' ')}</option>)}</select></h2>
            {kind && <>
                <p><b>{kind.title}.</b> {kind.summary} <small>{kind.validity.replace(/\bdegC\b/g, '°C')}</small></p>
                <SetOne kind={kind} />
                <div class="scroll" role="region" aria-label={`${words.parameters} ${kind.title}`} tabIndex={0}><table>
                    <thead><tr>{words.paramHead.map(h => <th scope="col">{h}</th>)}</tr></thead>
                    <tbody>{kind.parameters.map(p => <tr><th scope="row"><code>{p.key}</code></th><td data-h={words.paramHead[1]}>{p.default}</td><td class="u" data-h="">{unitOf(p.unit)}</td>
                        <td data-h={words.paramHead[3]}>{rangeOf(p)}</td><td class="tx">{p.meaning}</td><td class="tx">{p.source}</td></tr>)}</tbody></table></div>
            </>}
        </section>
    );
}
