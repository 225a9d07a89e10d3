// The stories there are.
import { stories } from '../learn';
import { screensOf, tell } from '../story';
import { words } from '../words.en';

export function Stories() {
    return (
        <div class="stories">
            <p><b>{words.storiesAre}</b></p>
            <ol>{stories.filter(s => screensOf(s).length > 1).map(s => <li>
                <button class="do" onClick={() => tell(s, 0)}>{s.title}</button>
                <p>{s.about}</p>
                <small>{words.minutes(s.minutes)}, {words.screens(screensOf(s).length)}</small></li>)}</ol>
        </div>
    );
}
