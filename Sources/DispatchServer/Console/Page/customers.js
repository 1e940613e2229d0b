// The customers of the selected incident. Only the rows that can be seen are in the page, however many there are.

import { acknowledge, openCustomer } from "./customer.js";
import { byID, element, eachFrame, setText } from "./dom.js";
import { filter, onFilter } from "./incident.js";
import { number, words } from "./programs.js";
import { store, watch } from "./store.js";
import { clockTime, latency } from "./time.js";

/** Rows kept above and below those that are seen, so that a quick scroll meets no gap. */
const overscan = 6;

let listed = [];
let active = 0;
let rowHeight = 44;
const pool = [];

const matches = () => {
    const wanted = byID("search").value.trim().toLowerCase();
    const isNumber = /^\d+$/.test(wanted);
    return row => {
        if (filter === "reached" ? !row.reached : filter !== "customers" && row.state !== filter) return false;
        if (wanted === "") return true;
        return isNumber ? String(row.customerId).startsWith(wanted) : row.customerName.toLowerCase().includes(wanted);
    };
};

/** Marks for the states of a delivery: a shape beside the colour. */
const marks = {
    pending: "…", sending: "…", deferred: "↻", sent: "✓", delivered: "✓✓", failed: "✕", withdrawn: "–", unreachable: "✕",
};

function makeRow() {
    const node = element("div", { class: "row", role: "row" });
    const state = element("span", { class: "state", role: "gridcell" });
    const name = element("span", { class: "name", role: "gridcell" });
    const records = element("span", { class: "records", role: "gridcell" });
    const answer = element("span", { class: "answer muted" });
    const button = element("button", { type: "button", class: "acknowledge", tabindex: "-1" }, "Acknowledge");
    node.append(state, name, records, element("span", { class: "act", role: "gridcell" }, answer, button));
    const made = { node, state, name, records, answer, button, drawn: "", row: null };
    button.addEventListener("click", event => {
        event.stopPropagation();
        acknowledge(made.row);
    });
    node.addEventListener("click", () => openCustomer(made.row));
    return made;
}

function fill(made, row, index) {
    made.row = row;
    made.node.id = `row-${index}`;
    made.node.style.transform = `translateY(${index * rowHeight}px)`;
    made.node.setAttribute("aria-rowindex", String(index + 1));
    made.node.dataset.active = String(index === active);
    const drawn = JSON.stringify([row, row.isAsking]);
    if (made.drawn === drawn) return;
    made.drawn = drawn;
    made.node.dataset.state = row.state;
    made.node.dataset.customer = row.customerId;
    setText(made.state, words[row.state]);
    made.name.replaceChildren(element("b", {}, row.customerName), element("span", { class: "muted" }, ` ${row.customerId}`));
    made.records.replaceChildren(...row.records.map(record => element("span", {
        class: "record", dataset: { state: record.state },
        title: [record.dispatchMeans || "no method", record.state, record.moreInfo].filter(Boolean).join(" · "),
    }, record.dispatchMeans === "" ? "no way to send" : `${record.dispatchMeans} ${marks[record.state] ?? ""}`)));
    made.answer.hidden = !row.acknowledgedAt;
    if (row.acknowledgedAt) made.answer.replaceChildren(element("span", {}, answerTime(row)), element("span", {}, row.acknowledgebBy));
    made.button.hidden = Boolean(row.acknowledgedAt);
    made.button.disabled = Boolean(row.isAsking);
    made.button.setAttribute("aria-label", `Acknowledge for ${row.customerName}`);
}

function answerTime(row) {
    const at = Date.parse(row.acknowledgedAt);
    const took = latency(Math.max(0, at - Date.parse(row.announcedAt)));
    return `${clockTime(at)}, after ${took}${row.late ? ", late" : ""}`;
}

const draw = eachFrame(() => {
    const customers = byID("customers");
    customers.hidden = store.selected === null;
    if (customers.hidden) return;
    listed = store.customers.filter(matches());
    active = Math.min(active, Math.max(0, listed.length - 1));
    setText(byID("customer-count"), listed.length === store.customers.length
        ? number(listed.length) : `${number(listed.length)} of ${number(store.customers.length)}`);
    byID("no-rows").hidden = listed.length > 0 || store.customers.length === 0;
    rowHeight = parseInt(getComputedStyle(byID("rows")).getPropertyValue("--row-height"), 10) || 44;
    byID("rows").style.height = `${listed.length * rowHeight}px`;
    byID("rows").setAttribute("aria-rowcount", String(listed.length));
    drawRows();
});

/** Fills the rows between the top and the bottom of what can be seen, of the list's own box and of the window. */
function drawRows() {
    const rows = byID("rows");
    const box = rows.getBoundingClientRect();
    const clip = byID("scroller").getBoundingClientRect();
    const top = Math.max(0, clip.top) - box.top;
    const bottom = Math.min(innerHeight, clip.bottom) - box.top;
    const first = Math.max(0, Math.floor(top / rowHeight) - overscan);
    const last = Math.min(listed.length, Math.ceil(bottom / rowHeight) + overscan);
    const count = Math.max(0, last - first);
    while (pool.length < count) {
        pool.push(makeRow());
        rows.append(pool.at(-1).node);
    }
    // A row keeps its element while it can be seen: what is being pressed stays put.
    const used = new Set();
    for (let index = first; index < last; index++) {
        const made = pool[index % pool.length];
        used.add(made);
        made.node.hidden = false;
        fill(made, listed[index], index);
    }
    for (const made of pool) if (!used.has(made)) made.node.hidden = true;
    if (listed.length > 0) rows.setAttribute("aria-activedescendant", `row-${active}`);
    else rows.removeAttribute("aria-activedescendant");
}

function move(index) {
    active = Math.max(0, Math.min(listed.length - 1, index));
    const scroller = byID("scroller");
    if (scroller.scrollHeight > scroller.clientHeight) {
        const top = active * rowHeight;
        if (top < scroller.scrollTop) scroller.scrollTop = top;
        else if (top + rowHeight > scroller.scrollTop + scroller.clientHeight) {
            scroller.scrollTop = top + rowHeight - scroller.clientHeight;
        }
    }
    drawRows();
    document.getElementById(`row-${active}`)?.scrollIntoView({ block: "nearest" });
}

byID("rows").addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || listed.length === 0) return;
    const page = Math.max(1, Math.floor(Math.min(innerHeight, byID("scroller").clientHeight) / rowHeight) - 1);
    const moves = {
        ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + page, PageUp: active - page, Home: 0,
        End: listed.length - 1,
    };
    if (event.key in moves) move(moves[event.key]);
    else if (event.key === "Enter") openCustomer(listed[active]);
    else if (event.key === "a" || event.key === "A") acknowledge(listed[active]);
    else return;
    event.preventDefault();
});

byID("search").addEventListener("input", draw);
onFilter(() => {
    active = 0;
    byID("scroller").scrollTop = 0;
    draw();
});
watch(["customers", "selection"], draw);
document.addEventListener("scroll", eachFrame(drawRows), { capture: true, passive: true });
addEventListener("resize", draw);
