// The form for a new incident, and for the modification of one.

import { get, randomKey, RequestError, send } from "./api.js";
import { byID, element, notify } from "./dom.js";
import { number, statusNow } from "./programs.js";
import { incidentChanged, refreshIncidents, select, store } from "./store.js";
import { fieldTime, now } from "./time.js";

const minute = 60_000;
const form = byID("incident-form");
const field = name => form.elements[name];
/** The incident that is modified; null for a new one. */
let modified = null;
let key = "";

const program = () => store.programs.get(Number(field("program_id").value));

/** The next full five minutes at least `wait` from now. */
const soon = wait => Math.ceil((now() + wait) / (5 * minute)) * 5 * minute;

export function openForm(incident = null) {
    modified = incident;
    // One key for each time that the form is filled in: pressing twice, or again after a lost answer, dispatches once.
    key = randomKey();
    limits = new Map();
    form.reset();
    showProblems();
    field("program_id").replaceChildren(...[...store.programs.values()].map(program =>
        element("option", { value: program._id }, program.name)));
    if (incident) {
        field("program_id").value = String(incident.program_id);
        field("event_type").value = incident.event_type;
    } else {
        field("event_type").value = "market_dispatch";
    }
    field("program_id").disabled = Boolean(incident);
    byID("test").disabled = Boolean(incident);
    byID("test").checked = incident?.test ?? false;
    fillTimes();
    byID("open-end").checked = incident !== null && incident.endsAt === null;
    byID("open-end").parentElement.hidden = Boolean(incident?.endsAt);
    byID("shortcuts").hidden = !incident;
    byID("shortcuts").querySelector("[data-later]").hidden = !incident?.endsAt;
    byID("incident-dialog-title").textContent = incident ? "Modify the incident" : "New incident";
    byID("submit").textContent = incident ? "Send the modification" : "Dispatch";
    describe();
    byID("incident-dialog").showModal();
}

function fillTimes() {
    const zone = program()?.timeZone;
    const start = modified ? Date.parse(modified.startsAt) : soon(30 * minute);
    const end = modified ? modified.endsAt && Date.parse(modified.endsAt) : start + 60 * minute;
    field("start_time").value = fieldTime(start, zone);
    field("end_time").value = end ? fieldTime(end, zone) : "";
    field("start_time").disabled = modified !== null && statusNow(modified) === "active";
}

/** Of the programs that have been chosen in this form: what of their limits is used and left, in words. */
let limits = new Map();

/** Asks for it once; a program without limits has none to tell. */
async function askLimits(chosen) {
    if (!chosen.limits || limits.has(chosen._id)) return;
    limits.set(chosen._id, "");
    try {
        const use = await get(`/program/${chosen._id}/limits`);
        const words = use.limits.map(limit => `${limit.limit}: ${limit.used} used, ${limit.left} left`);
        limits.set(chosen._id, words.length > 0 ? ` Limits: ${words.join("; ")}.` : "");
        describe();
    } catch {
        // The server says it when the form is sent.
    }
}

/** Says in words what sending the form does. */
function describe() {
    const chosen = program();
    byID("zone").textContent = chosen ? chosen.timeZone.replaceAll("_", " ") : "the program";
    field("end_time").disabled = byID("open-end").checked;
    if (!chosen) return;
    const count = `${number(chosen.customerCount)} ${chosen.customerCount === 1 ? "customer" : "customers"}`;
    byID("consequence").textContent = modified
        ? "Every customer is told of the change at once and has to answer again."
        : `Dispatches ${count} of ${chosen.name} at once${byID("test").checked ? ", marked as a drill" : ""}.`;
    byID("consequence").textContent += limits.get(chosen._id) ?? "";
    askLimits(chosen);
}

function body() {
    const fields = { event_type: field("event_type").value.trim() };
    if (!field("start_time").disabled) fields.start_time = field("start_time").value;
    if (byID("open-end").checked) {
        if (!modified) fields.end_time = null;
    } else {
        fields.end_time = field("end_time").value;
    }
    if (!modified) {
        fields.program_id = Number(field("program_id").value);
        if (byID("test").checked) fields.test = true;
    }
    return fields;
}

/** Marks the fields that the server names, and says what it says of them. */
function showProblems(error = null) {
    for (const node of form.querySelectorAll(".field")) node.removeAttribute("data-wrong");
    for (const node of form.querySelectorAll("[aria-invalid]")) node.removeAttribute("aria-invalid");
    if (!error) {
        byID("form-error").textContent = "";
        return;
    }
    const details = error instanceof RequestError ? error.details : [];
    for (const { field: name } of details) {
        form.querySelector(`[data-field="${CSS.escape(name)}"]`)?.setAttribute("data-wrong", "");
        form.elements[name]?.setAttribute("aria-invalid", "true");
    }
    byID("form-error").textContent = details.length > 0
        ? details.map(detail => `${label(detail.field)} ${detail.message}`).join(". ")
        : error.message;
}

const label = name => form.querySelector(`[data-field="${CSS.escape(name)}"] label`)?.textContent ?? name;

form.addEventListener("submit", async event => {
    event.preventDefault();
    byID("submit").disabled = true;
    try {
        if (modified) {
            incidentChanged(await send("PATCH", `/incident/${modified._id}`, body()));
            notify("The modification was sent.");
        } else {
            const opened = await send("POST", "/incident", body(), key);
            notify("The incident was dispatched.");
            refreshIncidents();
            select(opened._id);
        }
        byID("incident-dialog").close();
    } catch (error) {
        showProblems(error);
    }
    byID("submit").disabled = false;
});

/** Longer, or over soon: what an operator most often changes of an incident that runs. */
byID("shortcuts").addEventListener("click", event => {
    const { later, within } = event.target.dataset;
    if (!later && !within) return;
    // A field has whole minutes: the end is not earlier than what the button says.
    const end = later ? Date.parse(modified.endsAt) + later * minute : Math.ceil(now() / minute + Number(within)) * minute;
    byID("open-end").checked = false;
    field("end_time").value = fieldTime(end, program()?.timeZone);
    describe();
});

form.querySelector("[value=close]").addEventListener("click", () => byID("incident-dialog").close());
form.addEventListener("input", event => {
    if (event.target === field("program_id") && !modified) fillTimes();
    describe();
});
byID("new-incident").addEventListener("click", () => openForm());
