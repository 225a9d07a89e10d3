// What to talk about: saved plans and what was tried, comments and their answers, the class.
import { start, talkTab } from '../state';
import { words } from '../words.en';
import { Classroom } from './Classroom';
import { Comments } from './Comments';
import { Plans } from './Plans';
import { Tabs } from './Tabs';

const kept = (Part: () => preact.JSX.Element) => () => (start.value!.keeps ? <Part /> : <p>{words.noStore}</p>);

export function Talk() {
    return <div class="talkroom"><Tabs label={words.doors.talk} names={words.talk} at={talkTab}
        panels={{ plans: kept(Plans), comments: kept(Comments), class: Classroom }} /></div>;
}
