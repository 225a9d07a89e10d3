// What is seen until the first plan is there, or where there is none.
import { progress } from '../state';
import { words } from '../words.en';

export function Begin({ failed }: { failed?: string }) {
    return <main class="begin"><p role="status">{failed ? <><b>{words.noBase}</b> {failed}</> : <><b>{words.first}</b> {progress.value}</>}</p></main>;
}
