// The program itself, `hearth serve`, for tests and pictures.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const house = join(dirname(fileURLToPath(import.meta.url)), '../..');
export const hearth = process.env.HEARTH ?? join(house, 'build/release/hearth');

/* what the program keeps of its own lies in a folder of the run */
const home = mkdtempSync(join(tmpdir(), 'hearth-web-home-'));
process.on('exit', () => rmSync(home, { recursive: true, force: true }));
const env = { ...process.env, XDG_CACHE_HOME: home, XDG_DATA_HOME: home };

const running = new Set();
/** Ends what a failed test has left. */
export const endAll = () => running.forEach(child => child.kill());

/** Starts it on a free port; `close` ends it and says its exit code. Nothing is kept unless `options` say where. */
export async function serve(scenario = 'examples/seattle/scenario.yaml', options = ['--no-store']) {
    const child = spawn(hearth, ['serve', '--no-browser', ...options, ...(scenario ? [resolve(house, scenario)] : [])], { stdio: ['ignore', 'pipe', 'ignore'], env });
    running.add(child);
    const ended = new Promise(resolve => { child.on('close', code => { running.delete(child); resolve(code); }); });
    const lines = createInterface({ input: child.stdout });
    const address = await Promise.race([new Promise(resolve => { lines.once('line', resolve); }),
        ended.then(code => { throw new Error(`hearth serve ended with ${code}`); })]);
    const [page, token] = address.split('#');
    return { address: page, token, close() { child.kill(); return ended; } };
}
