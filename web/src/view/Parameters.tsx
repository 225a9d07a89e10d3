// Every parameter of every kind of plant and load, as the tables of the components declare it (`hearth explain KIND`).
import { useEffect, useState } from 'preact/hooks';
import { getKind, getKinds, type Kind } from '../api';
import { digits } from '../number';
import { words } from '../words.en';

const rangeOf = (p: Kind['parameters'][number]) => (p.unit === '' || p.min === null || p.max === null ? '' : `${digits(p.min, 4)} to ${digits(p.max, 4)}`);

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
        <section class="params"><h2>{words.parameters} <select aria-label={words.kindOf} value={name} onChange={e => setName(e.currentTarget.value)}>
            {kinds.map(k => <option value={k}>{k.replace(/_/g, ' ')}</option>)}</select></h2>
            {kind && <>
                <p><b>{kind.title}.</b> {kind.summary} <small>{kind.validity}</small></p>
                <div class="scroll" role="region" aria-label={`Parameters of ${kind.title}`} tabIndex={0}><table>
                    <thead><tr>{['Key', 'Default', 'Unit', 'Range', 'Meaning', 'Source'].map(h => <th scope="col">{h}</th>)}</tr></thead>
                    <tbody>{kind.parameters.map(p => <tr><th scope="row"><code>{p.key}</code></th><td>{p.default}</td><td>{p.unit}</td>
                        <td>{rangeOf(p)}</td><td class="tx">{p.meaning}</td><td class="tx">{p.source}</td></tr>)}</tbody></table></div>
            </>}
        </section>
    );
}
