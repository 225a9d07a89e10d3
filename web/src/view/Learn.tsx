// What there is to learn from: stories, roles, who is who, and the words.
import { learnTab } from '../state';
import { words } from '../words.en';
import { Ecosystem } from './Ecosystem';
import { Roles } from './Roles';
import { Stories } from './Stories';
import { Tabs } from './Tabs';
import { Words } from './Told';

export function Learn() {
    return <div class="learn"><Tabs label={words.doors.learn} names={words.learn} at={learnTab}
        panels={{ stories: Stories, roles: Roles, ecosystem: Ecosystem, words: Words }} /></div>;
}
