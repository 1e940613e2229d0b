// One customer: how to reach them, every record of theirs, and answering in their name.

import { get } from "./api.js";
import { byID, element, notify } from "./dom.js";
import { realTime } from "./connection.js";
import { eventName, words } from "./programs.js";
import { changed, incident, isOver, store } from "./store.js";
import { latency, shortTime } from "./time.js";

const latestRecords = 60;

/** Who acknowledges, by the field in the page's head. */
const operator = () => byID("operator").value.trim() || "console";

/** Answers for a customer. The button vanishes when the update comes, as it does when somebody else answers. */
export async function acknowledge(row, optOut = false) {
    if (!row || row.isAsking) return;
    row.isAsking = true;
    changed();
    const answer = { _id: row.records[0]._id, ackBy: operator(), ackTime: new Date().toUTCString() };
    if (optOut) answer.optOut = true;
    try {
        const result = await realTime.ask("acknowledge", answer);
        if (!result.success) throw new Error(result.reason);
    } catch (error) {
        notify(`${row.customerName} was not acknowledged: ${error.message}`, "error");
    }
    row.isAsking = false;
    changed();
}

const methods = { 1: "email", 2: "text", 3: "websocket", 4: "voice", 5: "webhook" };
let shown = null;

export async function openCustomer(row) {
    const dialog = byID("customer-dialog");
    shown = row.customerId;
    byID("customer-title").textContent = row.customerName;
    byID("customer-body").replaceChildren(element("p", { class: "muted" }, "Reading…"));
    if (!dialog.open) dialog.showModal();
    const [customer, records] = await Promise.all([
        get(`/customer/${row.customerId}`).then(found => found[0], () => null),
        get(`/dispatch?customer=${row.customerId}&limit=${latestRecords}`).catch(() => []),
    ]);
    if (shown !== row.customerId) return;
    byID("customer-body").replaceChildren(contact(row, customer), answering(row), history(records));
}

function contact(row, customer) {
    if (!customer) return element("p", { class: "muted" }, `Customer ${row.customerId} is no longer in the roster.`);
    const list = element("dl", { class: "facts" });
    const add = (name, value) => value && list.append(element("dt", {}, name), element("dd", {}, value));
    add("Number", String(customer._id));
    add("Program", store.programs.get(customer.programId)?.name ?? String(customer.programId));
    add("Phone", customer.phone);
    add("Email", customer.email);
    add("Address", customer.address);
    add("Reached by", customer.dispatchTypes.map(type => methods[type] ?? type).join(", ") || "nothing");
    return list;
}

function answering(row) {
    const close = () => byID("customer-dialog").close();
    if (row.acknowledgedAt) {
        const took = latency(Math.max(0, Date.parse(row.acknowledgedAt) - Date.parse(row.announcedAt)));
        const optsOut = row.state !== "acknowledged";
        return element("div", {},
            element("p", { class: "answered", dataset: { state: row.state } },
                `${words[row.state]} ${shortTime(Date.parse(row.changedAt ?? row.acknowledgedAt))}`
                + `${row.acknowledgebBy ? ` by ${row.acknowledgebBy}` : ""}`
                + `${row.changedAt ? ", having first answered" : ","} ${took} after the dispatch`),
            element("p", { class: "buttons left" },
                element("button", { type: "button", onclick: () => { acknowledge(row, !optsOut); close(); } },
                    optsOut ? "They opt in after all" : "They opt out after all")));
    }
    const note = isOver(incident(store.selected) ?? {})
        ? element("span", { class: "muted" }, "The incident is over: this is recorded as late.") : null;
    return element("p", { class: "buttons left" },
        element("button", { class: "primary", type: "button", onclick: () => { acknowledge(row); close(); } }, "Acknowledge"),
        element("button", { type: "button", onclick: () => { acknowledge(row, true); close(); } }, "Decline for them"),
        note);
}

/** The records by incident, the newest first: the words once, and how each method fared. */
function history(records) {
    const incidents = new Map();
    for (const record of records) {
        incidents.set(record.incidentId, [...(incidents.get(record.incidentId) ?? []), record]);
    }
    return element("div", {},
        element("h3", {}, "Records"),
        element("ul", { class: "history" }, ...[...incidents.values()].map(ofIncident)));
}

function ofIncident(records) {
    const first = records[0];
    const known = incident(first.incidentId);
    return element("li", {},
        element("p", { class: "card-head" },
            element("b", {}, known ? eventName(known.event_type) : first.programName),
            element("time", { class: "muted" }, shortTime(Date.parse(first.createdOn))),
            first.modificationNumber ? element("span", { class: "muted" }, `modification ${first.modificationNumber}`) : null),
        element("p", {}, first.message),
        ...records.map(record => element("p", { class: "method" },
            element("span", { class: "record", dataset: { state: record.hasBeenSent ? "sent" : record.moreInfo ? "failed" : "pending" } },
                record.dispatchMeans || "no way to send"),
            record.moreInfo || (record.hasBeenSent ? "sent" : "not sent yet"))),
        element("p", { class: "muted" }, first.hasBeenAcknowledged
            ? `${first.withdrawn ? "Withdrawn" : first.optOut ? "Declined" : "Acknowledged"} ${first.acknowledgeOn}${first.acknowledgebBy ? ` by ${first.acknowledgebBy}` : ""}`
            : "Not acknowledged"));
}
