// The page's own server for work on it and for its tests: it answers by running the program `hearth` on changed
// scenarios, so every figure shown is that of a real plan. One plan at a time, the newest wins, results are kept by
// the hash of the scenario.   usage: node test/server.mjs [--port 8080] [--scenario FILE] [--hearth PROGRAM]
import { createServer } from 'node:http';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, parseDocument } from 'yaml';

const web = join(dirname(fileURLToPath(import.meta.url)), '..');
const house = join(web, '..');
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; " +
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const kinds = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml',
    '.json': 'application/json', '.yaml': 'text/plain; charset=utf-8', '.csv': 'text/csv; charset=utf-8' };
const files = new Set(['report.html', 'summary.json', 'hourly.csv', 'transfers.csv', 'scenario.yaml']);

export async function serve({ port = 0, scenario = join(house, 'examples/seattle/scenario.yaml'),
    hearth = join(house, 'build/release/hearth') } = {}) {
    const folder = mkdtempSync(join(tmpdir(), 'hearth-page-'));
    const base = readFileSync(scenario, 'utf8');
    const controls = read('sliders.yaml'), tries = read('try_this.yaml');
    const listeners = new Map();     // tab -> response of its event stream
    const running = new Map();       // tab -> process that plans for it
    const plans = new Map();         // hash -> {view, dir}
    const children = new Set();      // all processes that run

    function read(name) {
        return parse(readFileSync(join(web, 'content', name), 'utf8'));
    }

    // the base scenario with the values of `set` (path -> text) in their places, its comments kept
    function changed(set) {
        const document = parseDocument(base);
        for (const [path, text] of Object.entries(set)) {
            if (!controls.some(c => c.path === path || (c.also && path in c.also)) || !/^[\w.-]{1,40}$/.test(text)) {
                throw new Error(`no such control: ${path}`);
            }
            document.setIn(path.split('.').map(p => /^\d+$/.test(p) ? Number(p) : p), Number(text));
        }
        return Object.keys(set).length ? document.toString({ lineWidth: 0 }) : base;
    }

    function send(tab, event, data) {
        listeners.get(tab)?.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    }

    function run(tab, args) {
        return new Promise(resolve => {
            const child = spawn('nice', ['-n', args[0] === 'why' ? '19' : '0', hearth, ...args], { cwd: house });
            children.add(child);
            if (tab) {
                running.get(tab)?.kill();
                running.set(tab, child);
            }
            let out = '', err = '';
            child.stdout.on('data', d => { out += d; });
            child.stderr.on('data', d => { err += d; });
            child.on('error', e => resolve({ code: 127, out, err: String(e) }));
            child.on('close', (code, signal) => children.delete(child) && resolve({ code: signal ? -1 : code, out, err }));
        });
    }

    async function plan(text, tab) {
        const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
        if (plans.has(hash)) return { hash };
        const dir = join(folder, hash);
        mkdirSync(dir, { recursive: true });
        writeFileSync(join(dir, 'scenario.yaml'), text);
        const begun = performance.now();
        const ran = await run(tab, ['run', join(dir, 'scenario.yaml'), '-o', join(dir, 'out')]);
        if (ran.code !== 0) return { hash, ran };
        const rules = await run(null, ['rules', join(dir, 'scenario.yaml'), '--json']);
        const view = JSON.parse(readFileSync(join(dir, 'out/summary.json'), 'utf8'));
        const [names, ...rows] = readFileSync(join(dir, 'out/transfers_year.csv'), 'utf8').trim().split('\n').map(l => l.split(','));
        view.headline = view.finding;
        view.seconds = (performance.now() - begun) / 1000;
        view.transfers = rows.map(r => Object.fromEntries(names.map((n, i) =>
            [n, /money|quantity/.test(n) ? (r[i] === '' ? null : Number(r[i])) : r[i]])));
        view.rules = JSON.parse(rules.out);
        view.hours = readFileSync(join(dir, 'out/hourly.csv'), 'utf8').split('\n', 1)[0].split(',').slice(2)
            .map(name => ({ case: 'together', name, unit: unit(name) }));
        plans.set(hash, { view, dir });
        return { hash };
    }

    function unit(name) {
        const found = /_(kw_m2|money_kwh|m3_h|kwh|kw|c)$/.exec(name);
        return found ? { kw: 'kW', c: '°C', kwh: 'kWh', m3_h: 'm³/h', kw_m2: 'kW/m²', money_kwh: 'money/kWh' }[found[1]] : '';
    }

    async function planFor(body) {
        const text = changed(body.set ?? {});
        const { hash, ran } = await plan(text, body.tab);
        if (!ran) return send(body.tab, 'plan', { seq: body.seq, hash, depth: 'full' });
        if (ran.code === -1) return undefined;                      // a newer one has taken its place
        const lines = ran.err.split('\n').filter(l => /error:/.test(l)).map(l => l.replace(/^.*error: /, ''));
        const words = lines[0] ?? ran.out.split('\n')[0] ?? 'no plan';
        return send(body.tab, ran.code === 3 ? 'infeasible' : 'error',
            { seq: body.seq, hash, words, messages: lines.map(text => ({ text })) });
    }

    function hours(hash, query) {
        const [names, ...rows] = readFileSync(join(plans.get(hash).dir, 'out/hourly.csv'), 'utf8').trim().split('\n').map(l => l.split(','));
        const columns = (query.get('series') ?? '').split(',').map(s => names.indexOf(s));
        if (columns.includes(-1)) return null;
        const values = new Float64Array(columns.length * rows.length);
        columns.forEach((c, i) => rows.forEach((r, t) => { values[i * rows.length + t] = Number(r[c]); }));
        return { steps: rows.length, body: Buffer.from(values.buffer) };
    }

    // what would have to be true: the plan is planned anew some fifty times, once, when first asked for
    function reasons(known) {
        known.reasons ??= run(null, ['why', join(known.dir, 'scenario.yaml'), '--json'])
            .then(ran => (ran.code === 0 ? JSON.parse(ran.out).lines : []));
        return known.reasons;
    }

    function start() {
        const record = plans.get(first).view.record.together.instances;
        const document = parseDocument(base);
        const sliders = controls.map(c => {
            const there = document.getIn(c.path.split('.').map(p => /^\d+$/.test(p) ? Number(p) : p));
            const best = c.instance ? record[c.instance]?.capacity : undefined;
            return { ...c, paths: [c.path], value: typeof there === 'number' ? there : best ?? c.absent, best };
        });
        return { hearth_api: 1, version: plans.get(first).view.version, base: 'seattle', scenario: 'scenario.yaml',
            bases: [{ id: 'seattle', name: plans.get(first).view.name }], sliders,
            try_this: tries, plan: first, stories: [], classroom: false };
    }

    async function body(request) {
        let text = '';
        for await (const part of request) {
            text += part;
            if (text.length > 65536) throw new Error('too long');
        }
        return JSON.parse(text);
    }

    async function api(request, response, url) {
        const parts = url.pathname.split('/').slice(3);
        const json = (value, status = 200) => {
            response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
        };
        if (parts[0] === 'start') return json(start());
        if (parts[0] === 'events') {
            response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
            response.write(': open\n\n');
            const tab = url.searchParams.get('tab');
            listeners.set(tab, response);
            request.on('close', () => { listeners.delete(tab); running.get(tab)?.kill(); });
            return undefined;
        }
        if (request.method === 'POST' && parts[0] === 'plan' && parts.length === 1) {
            if (request.headers['x-hearth'] !== '1') return json({ error: 'header X-Hearth: 1 is missing' }, 403);
            const asked = await body(request);
            changed(asked.set ?? {});
            planFor(asked).catch(e => send(asked.tab, 'error', { seq: asked.seq, messages: [{ text: e.message }] }));
            return json({ seq: asked.seq }, 202);
        }
        const known = parts[0] === 'plan' && plans.get(parts[1]);
        if (!known) return json({ error: 'no such plan' }, 404);
        if (parts[2] === 'view') return json(known.view);
        if (parts[2] === 'why') {
            const figure = url.searchParams.get('figure');
            if (!figure) return json({ lines: await reasons(known) });
            const ran = await run(null, ['explain', join(known.dir, 'out'), figure, '--json']);
            return ran.code === 0 ? json(JSON.parse(ran.out)) : json({ error: 'no such figure' }, 404);
        }
        if (parts[2] === 'hours') {
            const got = hours(parts[1], url.searchParams);
            if (!got) return json({ error: 'no such series' }, 404);
            return response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'X-Hearth-Steps': got.steps }).end(got.body);
        }
        if (!files.has(parts[2])) return json({ error: 'no such file' }, 404);
        const path = parts[2] === 'scenario.yaml' ? join(known.dir, parts[2]) : join(known.dir, 'out', parts[2]);
        return response.writeHead(200, { 'Content-Type': kinds[extname(parts[2])] }).end(readFileSync(path));
    }

    const server = createServer((request, response) => {
        const url = new URL(request.url, 'http://127.0.0.1');
        response.setHeader('Content-Security-Policy', policy);
        response.setHeader('X-Content-Type-Options', 'nosniff');
        response.setHeader('Referrer-Policy', 'no-referrer');
        if (url.pathname.startsWith('/api/v1/')) {
            api(request, response, url).catch(e => response.writeHead(400).end(JSON.stringify({ error: e.message })));
            return;
        }
        const path = join(web, 'dist', normalize(url.pathname === '/' ? 'index.html' : url.pathname));
        if (!path.startsWith(join(web, 'dist')) || !existsSync(path) || !kinds[extname(path)]) {
            response.writeHead(404).end();
            return;
        }
        response.writeHead(200, { 'Content-Type': kinds[extname(path)] }).end(readFileSync(path));
    });

    const { hash: first, ran } = await plan(base, null);
    if (ran) throw new Error(`${hearth} does not plan ${scenario}: ${ran.err}`);
    await new Promise(resolve => { server.listen(port, '127.0.0.1', resolve); });
    return {
        address: `http://127.0.0.1:${server.address().port}/`,
        close() {
            for (const child of children) child.kill();
            server.closeAllConnections();
            server.close();
            rmSync(folder, { recursive: true, force: true });
        },
    };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    const option = name => {
        const at = process.argv.indexOf(`--${name}`);
        return at > 0 ? process.argv[at + 1] : undefined;
    };
    const { address } = await serve({ port: Number(option('port') ?? 8080), scenario: option('scenario'), hearth: option('hearth') });
    console.log(`The page lies at ${address}`);
}
