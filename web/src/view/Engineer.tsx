// The Engineer's door: the scenario behind the sliders, its files, and the command line that plans the same.
import { useEffect, useState } from 'preact/hooks';
import { fileOf } from '../api';
import { digits } from '../number';
import { shown } from '../state';
import { Parameters } from './Parameters';

const downloads = ['scenario.yaml', 'report.html', 'summary.json', 'hourly.csv', 'transfers.csv'];

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
            <section><h2>The scenario behind these sliders</h2>
                <p>Save it and plan the same on the command line:</p>
                <p><code>hearth run scenario.yaml -o out</code></p>
                <p class="files">{downloads.map(f => <a href={fileOf(hash, f)} download={f === 'report.html' ? undefined : f}>{f}</a>)}</p>
                <pre tabIndex={0} aria-label="scenario.yaml">{text}</pre></section>
            <section><h2>What is built</h2>
                <table><thead><tr><th scope="col">Instance</th><th scope="col">Apart</th><th scope="col">Together</th></tr></thead>
                    <tbody>{plant.map(([name, i]) => <tr><th scope="row">{name}</th>
                        <td>{digits(view.record.apart.instances[name]?.capacity ?? null, 4)}</td><td>{digits(i.capacity, 4)}</td></tr>)}</tbody></table>
                <h2>All figures</h2>
                <table><thead><tr><th scope="col">Figure</th><th scope="col">Today</th><th scope="col">Apart</th><th scope="col">Together</th></tr></thead>
                    <tbody>{Object.keys(view.cases.together).map(key => <tr><th scope="row">{key}</th>
                        {(['today', 'apart', 'together'] as const).map(c => <td>{digits(view.cases[c][key], 5)}</td>)}</tr>)}</tbody></table></section>
            <Parameters />
        </div>
    );
}
