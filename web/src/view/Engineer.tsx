// The Engineer's door: the scenario behind the sliders, its files, the command line that plans the same, and every figure.
import { useEffect, useState } from 'preact/hooks';
import { fileOf, getExplained, type Explained } from '../api';
import { digits, trimmed } from '../number';
import { shown } from '../state';
import { words } from '../words.en';
import { Changed } from './Changed';
import { Parameters } from './Parameters';
import { Told } from './Told';
import { Inputs } from './Why';

const downloads = ['scenario.yaml', 'report.html', 'summary.json', 'hourly.csv', 'transfers.csv'];
const cases = ['today', 'apart', 'together'] as const;

/** Nothing is said of what is not there, or has no size. */
const sizeOf = (capacity: number | null | undefined) => (capacity === null || capacity === undefined ? '–' : digits(capacity, 4));

/** What a figure is, by its equation and what went into it (`hearth explain DIR FIGURE`). */
function Asked({ of }: { of: string }) {
    const { hash } = shown.value!;
    const [explained, setExplained] = useState<Explained | null>(null);
    useEffect(() => {
        let newest = true;
        getExplained(hash, of).then(e => { if (newest) setExplained(e); }, () => { if (newest) setExplained(null); });
        return () => { newest = false; };
    }, [hash, of]);
    return (
        <div class="asked whyp" role="status"><h3><code>{of}</code></h3>{explained ? <>
            <p><Told text={explained.meaning} /></p><p class="formula">{explained.formula}</p>
            <Inputs of={explained} /></> : <p>{words.notExplained}</p>}</div>
    );
}

function AllFigures() {
    const { view } = shown.value!, keys = Object.keys(view.cases.together), half = Math.ceil(keys.length / 2);
    const [at, ask] = useState('');
    const part = (some: string[]) => (
        <div class="scroll" role="region" aria-label={`${words.allFigures}, ${some[0]}`} tabIndex={0}><table>
            <thead><tr><th scope="col">{words.figure}</th>{cases.map(c => <th scope="col">{words.caseName[c]}</th>)}</tr></thead>
            <tbody>{some.map(key => <tr><th scope="row"><button class="key1" aria-pressed={key === at} onClick={() => ask(key === at ? '' : key)}>{key}<span class="off">: {words.whyIs}</span></button></th>
                {cases.map(c => <td>{trimmed(view.cases[c][key], 5)}</td>)}</tr>)}</tbody></table></div>
    );
    return <section class="wholerow"><h2>{words.allFigures}</h2><p>{words.askFigure}</p>{at && <Asked of={at} />}<div class="halves">{part(keys.slice(0, half))}{part(keys.slice(half))}</div></section>;
}

export function Engineer() {
    const { hash, view } = shown.value!;
    const [text, setText] = useState('');
    useEffect(() => {
        let newest = true;
        void fetch(fileOf(hash, 'scenario.yaml')).then(a => a.text()).then(t => { if (newest) setText(t); });
        return () => { newest = false; };
    }, [hash]);
    const plant = Object.entries(view.record.together.instances);
    return (
        <div class="engineer">
            <section><h2>{words.scenarioBehind}</h2>
                <p>{words.saveAndPlan}</p>
                <p><code>hearth run scenario.yaml -o out</code></p>
                <p class="files">{downloads.map(f => <a href={fileOf(hash, f)} download={f === 'report.html' ? undefined : f}>{f}</a>)}</p>
                <pre tabIndex={0} aria-label="scenario.yaml">{text}</pre></section>
            <section><h2>{words.whatIsBuilt}</h2>
                <p>{words.builtUnits}</p>
                <table><thead><tr><th scope="col">{words.instance}</th><th scope="col">{words.caseName.apart}</th><th scope="col">{words.caseName.together}</th></tr></thead>
                    <tbody>{plant.map(([name, i]) => <tr><th scope="row"><code>{name}</code></th>
                        <td>{sizeOf(view.record.apart.instances[name]?.capacity)}</td><td>{sizeOf(i.capacity)}</td></tr>)}</tbody></table></section>
            <Parameters />
            <Changed />
            <AllFigures />
        </div>
    );
}
