// How full each plant and line is: its fullest hour, the hour looked at, and how often it is full.
import type { Use } from '../chart/capacity';
import { dayText } from '../chart/calendar';
import { instanceName } from '../name';
import { digits, withUnit } from '../number';
import { scrub, shown } from '../state';
import { words } from '../words.en';
import { Scrub } from './Scrub';
import { Share } from './Share';
import { AsTable } from './AsTable';

/** kW below one MW, so that small plant has figures, too. */
export const size = (kw: number) => (kw >= 1000 ? withUnit(digits(kw / 1000), 'MW') : withUnit(digits(kw), 'kW'));

export function Bars({ uses }: { uses: Use[] }) {
    const { view } = shown.value!, full = [...uses].sort((a, b) => b.most / b.capacity - a.most / a.capacity)[0];
    const steps = full.values.length, at = Math.min(scrub.value, steps - 1), when = dayText(view, at, steps);
    const sentence = words.fullest(instanceName(full.name), digits(100 * full.most / full.capacity), dayText(view, full.at, steps));
    return (
        <section class="bars" aria-label={words.howFull}>
            <h2>{words.howFull}</h2>
            <p><b>{sentence}</b> {words.barSays(when)}</p>
            <Scrub id="map-scrub" steps={steps} at={at} text={when} />
            {(['power', 'heat'] as const).map(c => uses.some(u => u.carrier === c) && <><h3>{words.barGroup[c]}</h3><ul aria-label={words.barGroup[c]}>{uses.filter(u => u.carrier === c).map(u => <li>
                <span>{instanceName(u.name)}</span>
                <Share most={u.most / u.capacity} now={u.values[at] / u.capacity} token={u.token} />
                <span>{words.barText(size(u.most), size(u.capacity), size(u.values[at]), digits(100 * u.full, 2))}</span></li>)}</ul></>)}
            <AsTable name={words.howFull}><table><thead><tr>{words.barHead.map(h => <th scope="col">{h}</th>)}</tr></thead>
                <tbody>{uses.map(u => <tr><th scope="row">{instanceName(u.name)}</th><td>{size(u.most)}</td><td>{size(u.capacity)}</td><td>{size(u.values[at])}</td><td>{digits(100 * u.full, 2)}</td></tr>)}</tbody></table></AsTable>
        </section>
    );
}
