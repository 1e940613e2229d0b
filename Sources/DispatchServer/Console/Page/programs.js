// The programs, each with its open incidents: a clock, and how far the answers have come.

import { byID, element, eachFrame, Keyed, setChildren, setText } from "./dom.js";
import { counts, hasEnded, isOver, select, states, store, watch } from "./store.js";
import { countdown, now, shortTime } from "./time.js";

export const words = {
    far: "Far", near: "Near", active: "Active", completed: "Completed", cancelled: "Cancelled", none: "New",
    acknowledged: "Acknowledged", declined: "Declined", withdrawn: "Withdrawn", silent: "Silent", pending: "Pending",
    unreachable: "Unreachable", reached: "Reached", customers: "All",
};

/** `Market dispatch` of `market_dispatch`. */
export const eventName = type => {
    const spaced = type.replaceAll("_", " ");
    return spaced.charAt(0).toUpperCase() + spaced.slice(1);
};

export const number = value => value.toLocaleString("en-US");

/** The status as the clock has it by now. */
export function statusNow(incident) {
    if (isOver(incident)) return incident.status;
    if (hasEnded(incident)) return "completed";
    const untilStart = Date.parse(incident.startsAt) - now();
    if (untilStart <= 0) return "active";
    return untilStart <= 30 * 60_000 ? "near" : "far";
}

/** What the clock of an incident shows: to the start before it, to the end after it. */
export function clockOf(incident) {
    const status = statusNow(incident);
    if (status === "cancelled") return { label: "cancelled", time: "" };
    if (status === "completed") return { label: incident.recalledAt ? "recalled" : "ended", time: shortTime(Date.parse(incident.endsAt)) };
    const untilStart = Date.parse(incident.startsAt) - now();
    if (untilStart > 0) return { label: "starts in", time: countdown(untilStart) };
    if (incident.endsAt === null) return { label: "running for", time: countdown(-untilStart) };
    return { label: "ends in", time: countdown(Date.parse(incident.endsAt) - now()) };
}

/** A bar of the five states. Its label says in words what its lengths show. */
export function stateBar() {
    const parts = states.map(state => element("span", { dataset: { state } }));
    const node = element("div", { class: "states", role: "img" }, ...parts);
    return {
        node,
        update(counted) {
            const label = counted ? states.map(state => `${counted[state]} ${state}`).join(", ") : "not counted yet";
            if (node.getAttribute("aria-label") !== label) node.setAttribute("aria-label", label);
            states.forEach((state, index) => {
                parts[index].hidden = !counted || counted[state] === 0;
                parts[index].style.flexGrow = counted?.[state] ?? 0;
            });
        },
    };
}

/** What heads a card and the incident itself: status, event, and whether it is a drill. */
export function badges() {
    const status = element("span", { class: "status" });
    const event = element("span", { class: "event" });
    const drill = element("span", { class: "drill" }, "Drill");
    return {
        nodes: [status, event, drill],
        update(incident) {
            status.dataset.status = statusNow(incident);
            setText(status, words[status.dataset.status]);
            setText(event, eventName(incident.event_type));
            drill.hidden = !incident.test;
        },
    };
}

/** A card of an incident. */
function card(id) {
    const head = badges();
    const label = element("span", { class: "muted" });
    const time = element("span", { class: "time" });
    const bar = stateBar();
    const line = element("span", { class: "card-line muted" });
    const button = element("button", { type: "button", class: "card", dataset: { incident: id }, onclick: () => show(id) },
        element("span", { class: "card-head" }, ...head.nodes),
        element("span", { class: "card-clock" }, label, " ", time),
        bar.node, line);
    return {
        node: element("li", {}, button),
        update(incident) {
            const counted = counts(id);
            const clock = clockOf(incident);
            head.update(incident);
            bar.update(counted);
            setText(label, clock.label);
            setText(time, clock.time);
            setText(line, counted
                ? `${number(counted.answered)} of ${number(counted.customers)} answered`
                    + (counted.unreachable > 0 ? ` · ${number(counted.unreachable)} unreachable` : "")
                : "");
            line.hidden = bar.node.hidden = !counted;
            button.dataset.status = statusNow(incident);
            if (id === store.selected) button.setAttribute("aria-current", "true");
            else button.removeAttribute("aria-current");
        },
    };
}

function show(id) {
    select(id);
    history.replaceState(null, "", `#incident/${id}`);
    document.dispatchEvent(new CustomEvent("show", { detail: "incident" }));
}

/** A program with the cards of its open incidents. */
function group() {
    const name = element("h2");
    const line = element("p", { class: "muted" });
    const list = element("ul", { class: "cards" });
    const cards = new Keyed(card);
    const node = element("div", { class: "program" }, name, line, list);
    return {
        node,
        update({ program, incidents }) {
            const count = program.customerCount === undefined ? "no longer in the roster"
                : `${number(program.customerCount)} ${program.customerCount === 1 ? "customer" : "customers"}`;
            node.dataset.open = incidents.length > 0;
            setText(name, program.name);
            setText(line, incidents.length > 0 ? count : `${count} · no open incident`);
            setChildren(list, cards.nodes(incidents.map(incident => [incident._id, incident])));
        },
    };
}

const groups = new Keyed(group);
const over = new Keyed(card);

const draw = eachFrame(() => {
    const open = new Map();
    for (const incident of store.incidents.values()) {
        open.set(incident.program_id, [...(open.get(incident.program_id) ?? []), incident]);
    }
    const programs = [...store.programs.values()];
    // A program that left the roster may have open incidents yet.
    for (const id of open.keys()) if (!store.programs.has(id)) programs.push({ _id: id, name: `Program ${id}` });
    const pairs = programs.map(program => {
        const incidents = (open.get(program._id) ?? []).sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt));
        return [program._id, { program, incidents }];
    });
    pairs.sort(([, a], [, b]) => (b.incidents.length > 0) - (a.incidents.length > 0));
    setChildren(byID("program-list"), groups.nodes(pairs));
    setChildren(byID("recent-list"), over.nodes(store.recent.map(incident => [incident._id, incident])));
    byID("recent").hidden = store.recent.length === 0;
    setText(byID("recent-count"), String(store.recent.length));
});

/** The clocks alone, once a second. */
function tick() {
    for (const node of document.querySelectorAll(".card")) {
        const incident = store.incidents.get(node.dataset.incident);
        if (!incident) continue;
        if (statusNow(incident) !== node.dataset.status) return draw();
        setText(node.querySelector(".time"), clockOf(incident).time);
    }
}

watch(["programs", "incidents", "summaries", "customers", "selection"], draw);
setInterval(tick, 1_000);
