// The program itself, `hearth serve`, for tests and pictures.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const house = join(dirname(fileURLToPath(import.meta.url)), '../..');
export const hearth = process.env.HEARTH ?? join(house, 'build/release/hearth');

/** Starts it on a free port; `close` ends it and says its exit code. */
export async function serve(scenario = 'examples/seattle/scenario.yaml', options = []) {
    const child = spawn(hearth, ['serve', '--no-browser', ...options, ...(scenario ? [join(house, scenario)] : [])], { stdio: ['ignore', 'pipe', 'ignore'] });
    const ended = new Promise(resolve => { child.on('close', code => resolve(code)); });
    const lines = createInterface({ input: child.stdout });
    const address = await Promise.race([new Promise(resolve => { lines.once('line', resolve); }),
        ended.then(code => { throw new Error(`hearth serve ended with ${code}`); })]);
    return { address, close() { child.kill(); return ended; } };
}
