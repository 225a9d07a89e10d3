// Debian's chromium for tests, or null where there is none.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

export const program = '/usr/bin/chromium';

export async function open() {
    if (!existsSync(program)) return null;
    const root = process.getuid?.() === 0;
    return chromium.launch({ executablePath: program, args: root ? ['--no-sandbox'] : [] });
}
