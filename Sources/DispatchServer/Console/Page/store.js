// What the page knows: read by REST, kept up by Socket.IO, read again after every reconnect.

import { get, getAll, getPage } from "./api.js";
import { now } from "./time.js";

export const states = ["acknowledged", "declined", "withdrawn", "silent", "pending", "unreachable"];
const openStatuses = "far,near,active";
const recentCount = 30;
const steadyPause = 5_000;

export const store = {
    programs: new Map(),
    /** Open incidents by id. */
    incidents: new Map(),
    /** The latest ones that are over, newest first. */
    recent: [],
    summaries: new Map(),
    selected: null,
    /** The customers of the selected incident, ascending by number, and each one's place. */
    customers: [],
    places: new Map(),
    /** The place of the customer whose dispatch has that id. */
    owners: new Map(),
    isLoadingCustomers: false,
};

const listeners = new Map();

/** Calls `body` when one of these topics changes: programs, incidents, summaries, customers, selection. */
export function watch(topics, body) {
    for (const topic of topics) listeners.set(topic, [...(listeners.get(topic) ?? []), body]);
}

function tell(...topics) {
    if (topics.includes("customers")) counted = null;
    for (const topic of topics) for (const body of listeners.get(topic) ?? []) body();
}

/** An incident of the lists, open or over. */
export const incident = id => store.incidents.get(id) ?? store.recent.find(candidate => candidate._id === id) ?? null;

export const isOver = incident => incident.status === "completed" || incident.status === "cancelled";

/** Whether its end has come since the server last told its status. */
export const hasEnded = incident => incident.endsAt !== null && Date.parse(incident.endsAt) <= now();

/**
 * Reads something again, never twice at once, and with pauses that grow with how long a reading takes: a page that is
 * open beside a big dispatch must not be what keeps the server busy.
 */
class Refresher {
    #read;
    #pause;
    #isBusy = false;
    #isDue = false;
    #timer = null;
    #earliest = 0;

    constructor(read, pause) {
        this.#read = read;
        this.#pause = pause;
    }

    request() {
        this.#isDue = true;
        if (this.#isBusy || this.#timer !== null) return;
        this.#timer = setTimeout(() => this.#run(), Math.max(0, this.#earliest - performance.now()));
    }

    async #run() {
        this.#timer = null;
        this.#isDue = false;
        this.#isBusy = true;
        const started = performance.now();
        try {
            await this.#read();
        } catch (error) {
            // The next request, the steady look or the next reconnect reads it again.
            console.warn("could not read", error);
        }
        const ended = performance.now();
        this.#earliest = ended + Math.max(this.#pause, 5 * (ended - started));
        this.#isBusy = false;
        if (this.#isDue) this.request();
    }
}

const programs = new Refresher(async () => {
    store.programs = new Map((await getAll("/program")).map(program => [program._id, program]));
    tell("programs");
}, 1_000);

const incidents = new Refresher(async () => {
    const [open, over] = await Promise.all([
        getAll(`/incident?status=${openStatuses}`),
        getPage(`/incident?status=completed,cancelled&limit=${recentCount}`),
    ]);
    store.incidents = new Map(open.map(incident => [incident._id, incident]));
    store.recent = over.rows;
    if (store.selected === null || !incident(store.selected)) select(firstToShow());
    tell("incidents");
    summaries.request();
}, 300);

/** The one that an operator most likely wants to see: what runs, then what comes next, then what was last. */
function firstToShow() {
    const open = [...store.incidents.values()].sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt));
    return (open[0] ?? store.recent[0])?._id ?? null;
}

const summaries = new Refresher(async () => {
    const wanted = new Set(store.incidents.keys());
    if (store.selected !== null) wanted.add(store.selected);
    const read = await Promise.all([...wanted].map(id => get(`/incident/${id}/summary`).catch(() => null)));
    store.summaries = new Map(read.filter(summary => summary).map(summary => [summary.incidentId, summary]));
    tell("summaries");
    // Deliveries are not told over Socket.IO: where the counts differ from what is listed, the list is read again.
    const summary = store.summaries.get(store.selected);
    if (summary && fingerprint(summary) !== fingerprint(tally())) customers.request();
}, 1_000);

/** What has come for the list while it is being read: applied to what the reading gives. */
let arrivals = [];

const customers = new Refresher(async () => {
    const id = store.selected;
    arrivals = [];
    store.isLoadingCustomers = true;
    const rows = id === null ? [] : await getAll(`/incident/${id}/customer?limit=5000`).finally(() => {
        store.isLoadingCustomers = false;
    });
    store.isLoadingCustomers = false;
    if (id !== store.selected) return customers.request();
    store.customers = rows;
    store.places = new Map(rows.map((row, place) => [row.customerId, place]));
    store.owners = new Map(rows.flatMap((row, place) => row.records.map(record => [record._id, place])));
    for (const apply of arrivals) apply();
    arrivals = [];
    tell("customers");
}, 1_000);

/** Shows another incident. */
export function select(id) {
    if (id === store.selected) return;
    store.selected = id;
    store.customers = [];
    store.places = new Map();
    store.owners = new Map();
    tell("selection", "customers");
    customers.request();
    summaries.request();
}

/** Everything anew: at the beginning, and after each reconnect. */
export function resynchronise() {
    programs.request();
    incidents.request();
    customers.request();
}

export const refreshIncidents = () => incidents.request();

// What is not told: deliveries, ends, and programs that were imported.
setInterval(() => {
    if (document.visibilityState !== "visible") return;
    if ([...store.incidents.values()].some(hasEnded)) incidents.request();
    summaries.request();
}, steadyPause);
setInterval(() => document.visibilityState === "visible" && programs.request(), 12 * steadyPause);

// MARK: What Socket.IO tells

export function dispatchArrived(dispatch) {
    const known = incident(dispatch.incidentId);
    const modification = dispatch.modificationNumber ?? 0;
    if (!known || known.modificationNumber < modification) incidents.request();
    if (dispatch.incidentId !== store.selected) return summaries.request();
    // A dispatch that the list has for this modification is a resync of somebody else's session.
    const row = store.customers[store.places.get(dispatch.customerId)];
    const summary = store.summaries.get(store.selected);
    if (!row || summary?.modificationNumber !== modification) customers.request();
    summaries.request();
}

export function acknowledgementArrived(update) {
    summaries.request();
    const at = new Date(now()).toISOString();
    const apply = () => {
        const row = store.customers[store.owners.get(update._id)];
        if (!row) return false;
        const state = update.withdrawn ? "withdrawn" : update.optOut ? "declined" : "acknowledged";
        // Each record of a customer is told of; another state is a change of mind, and the first answer keeps its time.
        if (row.acknowledgedAt && row.state === state) return false;
        if (row.acknowledgedAt) {
            row.changedAt = at;
        } else {
            row.late = isLate(row);
            row.acknowledgedAt = at;
        }
        row.state = state;
        row.acknowledgebBy = update.ackBy;
        return true;
    };
    arrivals.push(apply);
    if (!store.isLoadingCustomers) arrivals = [];
    if (apply()) tell("customers");
}

/** Whether an answer that came just now is: the server's word comes with the next reading. */
function isLate(row) {
    const shown = incident(store.selected);
    const within = store.programs.get(shown?.program_id)?.acknowledgeWithinSeconds;
    const isOverdue = within && now() > Date.parse(row.announcedAt) + within * 1_000;
    return Boolean(shown && (isOver(shown) || hasEnded(shown) || isOverdue));
}

export function incidentChanged(changed) {
    const before = incident(changed._id);
    if (isOver(changed)) store.incidents.delete(changed._id);
    else store.incidents.set(changed._id, changed);
    store.recent = store.recent.filter(other => other._id !== changed._id);
    if (isOver(changed)) store.recent.unshift(changed);
    tell("incidents");
    if (changed._id === store.selected && before?.modificationNumber !== changed.modificationNumber) {
        customers.request();
    }
    incidents.request();
}

/** Something of a customer's row was changed in place. */
export const changed = () => tell("customers");

// MARK: Counting

let counted = null;

/** The list of the selected incident counted as the server counts it. */
function tally() {
    counted ??= count();
    return counted;
}

function count() {
    const counts = { customers: store.customers.length, reached: 0, channels: new Map() };
    for (const state of states) counts[state] = 0;
    for (const row of store.customers) {
        counts[row.state] += 1;
        if (row.reached) counts.reached += 1;
        for (const record of row.records) {
            if (record.dispatchMeans === "") continue;
            const channel = counts.channels.get(record.dispatchMeans) ?? { sent: 0, failed: 0 };
            counts.channels.set(record.dispatchMeans, channel);
            if (record.state === "sent" || record.state === "delivered") channel.sent += 1;
            if (record.state === "failed") channel.failed += 1;
        }
    }
    counts.answered = counts.acknowledged + counts.declined + counts.withdrawn;
    return counts;
}

function fingerprint(counts) {
    const channels = counts.channels instanceof Map
        ? [...counts.channels].map(([name, channel]) => [name, channel.sent, channel.failed])
        : counts.channels.map(channel => [channel.channel, channel.sent, channel.failed]);
    return JSON.stringify([
        counts.customers, counts.reached, ...states.map(state => counts[state]), channels.sort(),
    ]);
}

/** The counts to show for an incident: from the list where it is there, since that is up to the moment. */
export function counts(id) {
    if (id === store.selected && store.customers.length > 0) return tally();
    return store.summaries.get(id) ?? null;
}
