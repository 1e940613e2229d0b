// The audit log: what was asked of the dispatcher and what it did, newest first.

import { getPage } from "./api.js";
import { byID, element, notify } from "./dom.js";
import { eventName, number } from "./programs.js";
import { incident, store, watch } from "./store.js";
import { clockTime, shortTime } from "./time.js";

/** What an operator wants to see of the journal; the rest are effects, which can be shown too. */
const mainKinds = [
    "started", "roster.replaced", "incident.recorded", "acknowledgement.recorded", "answer.refused", "refused", "emit.refused",
    "purged", "incidents.archived", "session.joined", "access.denied",
    "clock.set",
].join(",");
const pageSize = 100;
const mostEntries = 2_000;
const pause = 3_000;

let entries = [];
let next = null;
let isReading = false;

function path(parameters) {
    const query = new URLSearchParams({ limit: pageSize, ...parameters });
    if (!byID("audit-all").checked) query.set("kind", mainKinds);
    if (byID("audit-incident").checked && store.selected !== null) query.set("incident", store.selected);
    return `/audit?${query}`;
}

/** From the beginning; without entries of other filters. */
async function restart() {
    entries = [];
    next = null;
    await read();
}

/** What came since the last reading. More than a page of it: the list begins anew. */
async function read() {
    if (isReading) return;
    isReading = true;
    try {
        const wanted = path(entries.length > 0 ? { since: entries[0].sequence } : {});
        const page = await getPage(wanted);
        if (entries.length === 0 || page.next !== null) {
            entries = page.rows;
            next = page.next?.replace(/([?&])since=\d+&?/, "$1") ?? null;
        } else if (page.rows.length > 0) {
            entries = [...page.rows, ...entries].slice(0, mostEntries);
        } else {
            isReading = false;
            return;
        }
        draw();
    } catch {
        // Read again at the next look.
    }
    isReading = false;
}

async function older() {
    try {
        const page = await getPage(next);
        entries = [...entries, ...page.rows];
        next = entries.length < mostEntries ? page.next : null;
        draw();
    } catch (error) {
        notify(`Older entries could not be read: ${error.message}`, "error");
    }
}

function draw() {
    const list = byID("audit-list");
    const known = new Map([...list.children].map(node => [node.dataset.sequence, node]));
    list.replaceChildren(...entries.map(entry => known.get(String(entry.sequence)) ?? item(entry)));
    byID("audit-older").hidden = next === null;
}

function item(entry) {
    const { text, tone, isVague } = sentence(entry);
    const at = Date.parse(entry.time);
    return element("li", { dataset: { sequence: entry.sequence, tone, vague: Boolean(isVague) } },
        element("time", { datetime: entry.time, title: shortTime(at) }, clockTime(at)),
        element("p", { title: `#${entry.sequence} ${entry.kind}, correlation ${entry.correlationId ?? "none"}` }, text));
}

const customer = entry => entry.customerName ?? `Customer ${entry.customerId}`;

/** `Market dispatch of Cool Mornings`; null while the page does not know the incident. */
function incidentName(id) {
    const known = incident(id);
    if (!known) return null;
    return `${eventName(known.event_type)} of ${store.programs.get(known.program_id)?.name ?? `program ${known.program_id}`}`;
}

/** An entry in words. */
function sentence(entry) {
    switch (entry.kind) {
    case "started": return { text: "The dispatcher started", tone: "system" };
    case "roster.replaced": return { text: "The roster was replaced", tone: "system" };
    case "incidents.archived": return { text: "Dispatches of incidents over long ago were archived", tone: "system" };
    case "purged": return { text: `Purged: ${entry.state}`, tone: "bad" };
    case "incident.recorded": {
        const done = ["cancelled", "recalled"].includes(entry.state) ? entry.state : entry.modificationNumber > 0 ? "modified" : "opened";
        const name = incidentName(entry.incidentId);
        return { text: `${name ?? "Incident"} ${done}`, tone: "incident", isVague: name === null };
    }
    case "acknowledgement.recorded":
        return { text: `${customer(entry)} answered${entry.state === "late" ? ", late" : ""}`, tone: "good" };
    case "answer.refused": case "refused": case "emit.refused":
        return { text: `Refused: ${entry.detail}`, tone: "bad" };
    case "access.denied": {
        const { subject, address, reason } = JSON.parse(entry.detail);
        return { text: `Not let in: ${subject} from ${address}: ${reason}`, tone: "bad" };
    }
    case "clock.set": {
        const seconds = Math.round(JSON.parse(entry.detail).microseconds / 1e6);
        return { text: `The machine's clock was set ${seconds < 0 ? "back" : "ahead"} by ${Math.abs(seconds)} s`, tone: "bad" };
    }
    case "session.joined": return { text: `${customer(entry)} connected`, tone: "system" };
    case "delivery.recorded":
        return {
            text: `${customer(entry)}: ${entry.channel} ${entry.state}${entry.detail ? ` (${entry.detail})` : ""}`,
            tone: entry.state === "failed" ? "bad" : "system",
        };
    default: {
        const parts = [
            entry.customerId !== null ? customer(entry) : "", entry.channel,
            entry.session !== null ? `session ${number(entry.session)}` : "", entry.state,
        ].filter(Boolean);
        return { text: parts.length > 0 ? `${entry.kind}: ${parts.join(", ")}` : entry.kind, tone: "system" };
    }
    }
}

byID("audit-older").addEventListener("click", older);
for (const id of ["audit-all", "audit-incident"]) byID(id).addEventListener("change", restart);
watch(["selection"], () => byID("audit-incident").checked && restart());
watch(["incidents"], () => {
    // What could not be named before may be known by now.
    for (const node of byID("audit-list").querySelectorAll("[data-vague=true]")) node.remove();
    draw();
    read();
});
setInterval(() => document.visibilityState === "visible" && read(), pause);
