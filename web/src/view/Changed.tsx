// What was changed beside the sliders, each with the way back.
import { isPlace } from '../paths';
import { move, set } from '../state';
import { words } from '../words.en';

export function Changed() {
    const places = Object.keys(set.value).filter(isPlace);
    if (!places.length) return null;
    return (
        <ul class="beside" aria-label={words.changedToo}>{places.map(k => <li><code>{k}</code> {set.value[k]}{' '}
            <button class="do" onClick={() => { const { [k]: _, ...rest } = set.value; move(rest, null); }}>{words.undoOne}<span class="off">: {k}</span></button></li>)}</ul>
    );
}
