// The program itself, `hearth serve`, for tests and pictures.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const house = join(dirname(fileURLToPath(import.meta.url)), '../..');
export const hearth = process.env.HEARTH ?? join(house, 'build/release/hearth');

const running = new Set();
/** Ends what a failed test has left. */
export const endAll = () => running.forEach(child => child.kill());

/** Starts it on a free port; `close` ends it and says its exit code. Nothing is kept unless `options` say where. */
export async function serve(scenario = 'examples/seattle/scenario.yaml', options = ['--no-store']) {
    const child = spawn(hearth, ['serve', '--no-browser', ...options, ...(scenario ? [join(house, scenario)] : [])], { stdio: ['ignore', 'pipe', 'ignore'] });
    running.add(child);
    const ended = new Promise(resolve => { child.on('close', code => { running.delete(child); resolve(code); }); });
    const lines = createInterface({ input: child.stdout });
    const address = await Promise.race([new Promise(resolve => { lines.once('line', resolve); }),
        ended.then(code => { throw new Error(`hearth serve ended with ${code}`); })]);
    const [page, token] = address.split('#');
    return { address: page, token, close() { child.kill(); return ended; } };
}
