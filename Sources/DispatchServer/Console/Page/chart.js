// The answers of the selected incident over the time since it was announced: a curve that grows while they come.

import { byID, element, eachFrame, setText, svg } from "./dom.js";
import { statusNow } from "./programs.js";
import { incident, store, watch } from "./store.js";
import { latency, now } from "./time.js";

const margin = { left: 40, right: 12, top: 10, bottom: 24 };
const mostSteps = 300;

/** Round distances between the marks of the time axis, in milliseconds. */
const distances = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400, 604_800]
    .map(seconds => seconds * 1_000);

const axisTime = milliseconds => {
    const seconds = Math.round(milliseconds / 1_000);
    if (seconds < 60) return `${seconds} s`;
    if (seconds < 3_600) return seconds % 60 === 0 ? `${seconds / 60} m` : `${Math.floor(seconds / 60)} m ${seconds % 60} s`;
    if (seconds < 86_400) return seconds % 3_600 === 0 ? `${seconds / 3_600} h` : `${(seconds / 3_600).toFixed(1)} h`;
    return `${Math.round(seconds / 86_400)} d`;
};

/** The latencies of those who answered, ascending, and the customers in all. */
function answers() {
    const values = [];
    for (const row of store.customers) {
        if (row.acknowledgedAt) values.push(Math.max(0, Date.parse(row.acknowledgedAt) - Date.parse(row.announcedAt)));
    }
    return values.sort((a, b) => a - b);
}

/** How far the time axis goes: with the clock while answers may come, else to a little after the last one. */
function reach(values, shown, total) {
    const last = values.at(-1) ?? 0;
    const status = statusNow(shown);
    const isDone = values.length === total || status === "completed" || status === "cancelled";
    const elapsed = now() - Date.parse(store.customers[0].announcedAt);
    return isDone ? Math.max(1_000, last * 1.1) : Math.max(10_000, elapsed);
}

const draw = eachFrame(() => {
    const shown = incident(store.selected);
    const total = store.customers.length;
    byID("latency").hidden = !shown || total === 0;
    if (byID("latency").hidden) return;
    const values = answers();
    drawCurve(values, reach(values, shown, total), total, deadline(shown));
    drawPercentiles(values, total);
});

/** The program's limit for an answer, if it has one. */
function deadline(shown) {
    const seconds = store.programs.get(shown.program_id)?.acknowledgeWithinSeconds;
    return seconds ? seconds * 1_000 : null;
}

function drawCurve(values, end, total, limit) {
    const holder = byID("chart");
    const width = Math.max(240, holder.clientWidth);
    const height = Math.max(110, holder.clientHeight);
    const right = width - margin.right;
    const bottom = height - margin.bottom;
    const x = time => margin.left + Math.min(1, time / end) * (right - margin.left);
    const y = count => bottom - count / total * (bottom - margin.top);
    const parts = [];
    for (const share of [0, 0.5, 1]) {
        parts.push(
            svg("line", { class: "grid", x1: margin.left, x2: right, y1: y(share * total), y2: y(share * total) }),
            svg("text", { class: "mark", x: margin.left - 6, y: y(share * total) + 4, "text-anchor": "end" }, `${share * 100} %`));
    }
    const room = Math.max(2, Math.floor((right - margin.left) / 80));
    const distance = distances.find(candidate => end / candidate <= room) ?? end / 4;
    for (let time = 0; time <= end; time += distance) {
        parts.push(svg("text", { class: "mark", x: x(time), y: height - 6, "text-anchor": time === 0 ? "start" : "middle" }, axisTime(time)));
    }
    if (limit !== null && limit <= end) {
        parts.push(
            svg("line", { class: "limit", x1: x(limit), x2: x(limit), y1: margin.top, y2: bottom }),
            svg("text", { class: "mark", x: x(limit) - 4, y: margin.top + 10, "text-anchor": "end" }, "due"));
    }
    let path = `M${x(0)} ${y(0)}`;
    const stride = Math.max(1, Math.ceil(values.length / mostSteps));
    for (let index = 0; index < values.length; index += stride) {
        const last = Math.min(values.length, index + stride);
        path += `H${x(values[index]).toFixed(1)}V${y(last).toFixed(1)}`;
    }
    path += `H${x(end)}`;
    parts.push(
        svg("path", { class: "area", d: `${path}V${bottom}H${x(0)}Z` }),
        svg("path", { class: "curve", d: path }),
        svg("circle", { class: "head", cx: x(end), cy: y(values.length), r: 3.5 }));
    const label = `${values.length} of ${total} customers have answered, ${axisTime(end)} after the dispatch`;
    const drawn = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label }, ...parts);
    holder.replaceChildren(drawn);
}

/** Nearest rank among all customers: while too few have answered there is no value yet. */
function percentile(values, total, share) {
    const rank = Math.max(1, Math.ceil(total * share));
    return rank <= values.length ? latency(values[rank - 1]) : "–";
}

function drawPercentiles(values, total) {
    const list = byID("percentiles");
    const figures = [
        ["half answered in", percentile(values, total, 0.5)],
        ["90 % in", percentile(values, total, 0.9)],
        ["99 % in", percentile(values, total, 0.99)],
        ["latest", values.length > 0 ? latency(values.at(-1)) : "–"],
    ];
    if (list.childElementCount === 0) {
        list.append(...figures.map(([name]) => element("div", {}, element("dt", {}, name), element("dd"))));
    }
    figures.forEach(([, value], index) => setText(list.children[index].lastElementChild, value));
}

watch(["customers", "selection", "programs", "incidents"], draw);
new ResizeObserver(draw).observe(byID("chart"));
setInterval(draw, 1_000);
