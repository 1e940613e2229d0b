// The selected incident: what it is, what an operator can do to it, and its figures, which are the list's filters too.

import { send } from "./api.js";
import { byID, element, eachFrame, notify, setChildren, setText } from "./dom.js";
import { openForm } from "./forms.js";
import { badges, clockOf, eventName, number, stateBar, statusNow, words } from "./programs.js";
import { counts, incident, incidentChanged, states, store, watch } from "./store.js";
import { period } from "./time.js";

const figures = ["customers", "reached", ...states];
const meanings = {
    customers: "Every customer of the incident",
    reached: "At least one method took the message",
    acknowledged: "Answered and takes part",
    declined: "Answered and opts out",
    withdrawn: "Had opted in, and opted out after the start",
    silent: "Reached, no answer yet",
    pending: "Not reached yet; a method may still get through",
    unreachable: "Every method failed for good, or there is none",
};

/** How an operator ends an incident before its time. */
const closings = {
    recall: {
        button: "Recall incident", question: "Recall this incident?", news: "it is over now", done: "recalled",
        request: id => ["POST", `/incident/${id}/recall`],
    },
    cancellation: {
        button: "Cancel incident", question: "Cancel this incident?", news: "it is cancelled", done: "cancelled",
        request: id => ["DELETE", `/incident/${id}`],
    },
};

/** Which customers are listed: one of `figures`. */
export let filter = "customers";
let filterChanged = () => {};
export const onFilter = body => { filterChanged = body; };

function setFilter(value) {
    filter = value;
    drawFigures();
    filterChanged();
}

const head = badges();
const bar = stateBar();
const parts = {
    modification: element("span", { class: "muted" }),
    program: element("h2"),
    period: element("p", { class: "muted" }),
    clockLabel: element("span", { class: "muted" }),
    clock: element("span", { class: "time" }),
    modify: element("button", { type: "button", onclick: () => openForm(incident(store.selected)) }, "Modify"),
    recall: element("button", {
        type: "button", class: "recall", onclick: () => close(incident(store.selected), closings.recall),
    }, closings.recall.button),
    cancel: element("button", {
        type: "button", class: "danger quiet", onclick: () => close(incident(store.selected), closings.cancellation),
    }, closings.cancellation.button),
    channels: element("span", { class: "channels muted" }),
};
const layout = [
    element("div", { class: "title" },
        element("div", {},
            element("p", { class: "card-head" }, ...head.nodes, parts.modification), parts.program, parts.period),
        element("p", { class: "big-clock" }, parts.clockLabel, parts.clock)),
    bar.node,
    element("div", { class: "actions" }, parts.channels, parts.modify, parts.recall, parts.cancel),
];
const nothing = element("p", { class: "empty" },
    "No incident yet. “New incident” dispatches the customers of a program.");

const drawHead = eachFrame(() => {
    const shown = incident(store.selected);
    setChildren(byID("incident-head"), shown ? layout : [nothing]);
    if (!shown) return;
    const program = store.programs.get(shown.program_id);
    const ends = shown.endsAt === null ? null : Date.parse(shown.endsAt);
    const status = statusNow(shown);
    head.update(shown);
    bar.update(counts(shown._id));
    setText(parts.modification, shown.modificationNumber > 0 ? `modification ${shown.modificationNumber}` : "");
    setText(parts.program, program?.name ?? `Program ${shown.program_id}`);
    const groups = shown.group ? `, ${shown.group.length > 1 ? "groups" : "group"} ${shown.group.join(", ")}` : "";
    setText(parts.period, period(Date.parse(shown.startsAt), ends, program?.timeZone) + groups);
    setText(parts.channels, channelLine(shown._id));
    parts.modify.disabled = parts.recall.disabled = parts.cancel.disabled = status === "completed" || status === "cancelled";
    tick();
});

function tick() {
    const shown = incident(store.selected);
    if (!shown) return;
    if (head.nodes[0].dataset.status !== statusNow(shown)) return drawHead();
    const clock = clockOf(shown);
    setText(parts.clockLabel, clock.label);
    setText(parts.clock, clock.time);
}

function channelLine(id) {
    const channels = store.summaries.get(id)?.channels ?? [];
    if (channels.length === 0) return "";
    return "Sent: " + channels.map(channel => `${channel.channel} ${number(channel.sent)}/${number(channel.records)}`
        + (channel.failed > 0 ? ` (${number(channel.failed)} failed)` : "")).join(", ");
}

async function close(shown, closing) {
    const program = store.programs.get(shown.program_id)?.name ?? `program ${shown.program_id}`;
    const counted = counts(shown._id);
    byID("confirm-title").textContent = closing.question;
    byID("confirm-text").textContent = `${eventName(shown.event_type)} of ${program}. `
        + `${counted ? number(counted.reached) : "All"} customers who were reached are told that ${closing.news}. `
        + "This cannot be undone.";
    byID("confirm-yes").textContent = closing.button;
    const dialog = byID("confirm-dialog");
    dialog.returnValue = "no";
    dialog.showModal();
    await new Promise(resolve => dialog.addEventListener("close", resolve, { once: true }));
    if (dialog.returnValue !== "yes") return;
    try {
        incidentChanged(await send(...closing.request(shown._id)));
    } catch (error) {
        notify(`The incident was not ${closing.done}: ${error.message}`, "error");
    }
}

const drawFigures = eachFrame(() => {
    const counted = store.selected === null ? null : counts(store.selected);
    const group = byID("figures");
    group.hidden = !counted;
    if (!counted) return;
    if (group.childElementCount === 0) {
        group.append(...figures.map(name => element("button", {
            type: "button", class: "figure", dataset: { state: name }, title: meanings[name],
            onclick: () => setFilter(filter === name ? "customers" : name),
        }, element("span", { class: "value" }), element("span", { class: "name" }, words[name]))));
    }
    for (const button of group.children) {
        const name = button.dataset.state;
        setText(button.querySelector(".value"), number(counted[name]));
        button.setAttribute("aria-pressed", String(filter === name));
        button.dataset.none = counted[name] === 0;
    }
});

watch(["selection"], () => { filter = "customers"; });
watch(["programs", "incidents", "summaries", "selection", "customers"], () => {
    drawHead();
    drawFigures();
});
setInterval(tick, 1_000);
