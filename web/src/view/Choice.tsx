// What the optimum may do with a pipe or an entry of the town: forbidden, optional or required. A button each, and on the map a
// key each: f, o, r.
import type { Pipe } from '../chart/plane';
import { move, set } from '../state';
import { words } from '../words.en';

export type ChoiceName = keyof typeof words.choices;
export const choiceKeys: Record<string, ChoiceName> = { f: 'forbidden', o: 'optional', r: 'required' };

/** A thing on the map that may be chosen: where the scenario says so, and with which words. */
export interface Thing { name: string; place: string; says: Record<ChoiceName, string>; state: ChoiceName }

const pipeSays = { forbidden: 'forbidden', optional: 'optional', required: 'required' }, townSays = { forbidden: 'no', optional: 'choose', required: 'yes' };
const loosely = (name: string) => name.replace(/[^\w-]/g, '_');

/** What was said of it on this page, else what the file or the scenario says. */
function stateOf(place: string, says: Record<ChoiceName, string>, before: ChoiceName): ChoiceName {
    const text = set.value[place];
    return (Object.keys(says) as ChoiceName[]).find(c => says[c] === text) ?? before;
}

export function thingOf(pipe: Pipe): Thing {
    const place = `heat_network.pipe_choice.${loosely(pipe.name)}`;
    return { name: pipe.name, place, says: pipeSays, state: stateOf(place, pipeSays, pipe.state === 'forbidden' || pipe.state === 'required' ? pipe.state : 'optional') };
}

/** The entries of the town, as the plan's own scenario says of them. */
export function townThings(scenario: string): Thing[] {
    return [...scenario.matchAll(/^ +- \{name: ([\w-]+), connect: (yes|no|choose),/gm)].map(([, name, connect]) => {
        const place = `town.${name}.connect`, before = (Object.keys(townSays) as ChoiceName[]).find(c => townSays[c] === connect)!;
        return { name, place, says: townSays, state: stateOf(place, townSays, before) };
    });
}

export function choose(thing: Thing, choice: ChoiceName): void {
    if (thing.state !== choice) move({ ...set.value, [thing.place]: thing.says[choice] }, null);
}

export function Choice({ of }: { of: Thing }) {
    return (
        <p class="pick" role="group" aria-label={words.mayBe(of.name)}><span>{words.mayBe(of.name)}</span>{(Object.keys(words.choices) as ChoiceName[]).map(c =>
            <button aria-pressed={of.state === c} onClick={() => choose(of, c)}>{words.choices[c]}</button>)}</p>
    );
}
