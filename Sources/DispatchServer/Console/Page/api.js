// REST: every request of the page goes through `request`.

import { followServerClock } from "./time.js";
import { askForToken, token } from "./token.js";

/** What the server answered instead of what was hoped for: its `code`, its words, and one line for each wrong field. */
export class RequestError extends Error {
    constructor(status, body) {
        super(body?.error?.message ?? `the server answered ${status}`);
        this.code = body?.error?.code ?? "unknown";
        this.details = body?.error?.details ?? [];
    }
}

const longestWait = 30_000;

async function request(path, options = {}) {
    const asked = Date.now();
    const headers = { ...options.headers };
    if (token()) headers.Authorization = `Bearer ${token()}`;
    const signal = AbortSignal.timeout(longestWait);
    const response = await fetch(path, { cache: "no-store", signal, ...options, headers });
    followServerClock(response.headers.get("Date"), asked, Date.now());
    if (response.ok) return response;
    const error = new RequestError(response.status, await response.json().catch(() => null));
    if (response.status === 401) askForToken(error.message);
    throw error;
}

export const get = async path => (await request(path)).json();

/** One page of a list, and the path of the next one. */
export async function getPage(path) {
    const response = await request(path);
    const next = /<([^>]*)>;\s*rel="next"/.exec(response.headers.get("Link") ?? "")?.[1] ?? null;
    return { rows: await response.json(), next };
}

/** A whole list, page by page. */
export async function getAll(path) {
    const all = [];
    for (let next = path; next !== null;) {
        const page = await getPage(next);
        for (const row of page.rows) all.push(row);
        next = page.next;
    }
    return all;
}

/** Sends a change. The key makes a request that is repeated after a lost answer count once. */
export async function send(method, path, body, key) {
    const headers = {};
    if (body !== undefined) headers["Content-Type"] = "application/json";
    if (key !== undefined) headers["Idempotency-Key"] = key;
    const response = await request(path, {
        method,
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
    });
    return response.json();
}

/** 128 random bits as text. (`crypto.randomUUID` exists only on pages served over TLS or from loopback.) */
export function randomKey() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, "0")).join("");
}
