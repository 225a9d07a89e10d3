// What a member of a class sees first: the code, a name, a role.
import { useState } from 'preact/hooks';
import { send } from '../api';
import { keepKey } from '../key';
import { roles } from '../learn';
import { useTry } from '../records';
import { words } from '../words.en';
import { Brand } from './Bar';

export function Join() {
    const [code, setCode] = useState('');
    const [name, setName] = useState('');
    const [role, setRole] = useState(roles[0].id);
    const { wrong, attempt } = useTry();
    const join = (e: Event) => {
        e.preventDefault();
        attempt(send<{ key: string; member: number }>('POST', 'class/join', { code: code.trim(), name: name.trim(), role }).then(got => {
            keepKey(got.key, got.member);
            location.hash = '#?door=talk';
            location.reload();                      // the page begins anew, with the key
        }));
    };
    return (
        <main class="begin">
            <Brand />
            <h1>{words.joinTitle}</h1>
            <p>{words.joinSays}</p>
            <form class="write" onSubmit={join}>
                <label>{words.code} <input class="code" type="text" required minLength={6} maxLength={6} autocomplete="off" value={code} onInput={e => setCode(e.currentTarget.value)} /></label>
                <label>{words.yourName} <input type="text" required maxLength={60} value={name} onInput={e => setName(e.currentTarget.value)} /></label>
                <label>{words.yourRole} <select value={role} onChange={e => setRole(e.currentTarget.value)}>{roles.map(r => <option value={r.id}>{r.name}</option>)}</select></label>
                <button class="do strong">{words.join}</button>
            </form>
            {wrong && <p class="trouble" role="alert">{wrong}</p>}
        </main>
    );
}
