// The operator's page: what is open, who has answered, and what is to be done about it.

import { realTime } from "./connection.js";
import { byID, setText } from "./dom.js";
import { openForm } from "./forms.js";
import { select } from "./store.js";
import { clockTime, now } from "./time.js";
import "./audit.js";
import "./chart.js";
import "./customers.js";
import "./incident.js";
import "./programs.js";

const operatorKey = "griddrill.operator";

/** On a narrow screen one of the three columns is seen at a time. */
function show(view) {
    document.body.dataset.view = view;
    for (const button of document.querySelectorAll(".views button")) {
        if (button.dataset.view === view) button.setAttribute("aria-current", "true");
        else button.removeAttribute("aria-current");
    }
    scrollTo(0, 0);
    dispatchEvent(new Event("resize"));
}

for (const button of document.querySelectorAll(".views button")) {
    button.addEventListener("click", () => show(button.dataset.view));
}
document.addEventListener("show", event => show(event.detail));

byID("operator").value = localStorage.getItem(operatorKey) ?? "";
byID("operator").addEventListener("change", event => localStorage.setItem(operatorKey, event.target.value.trim()));

document.addEventListener("keydown", event => {
    const isTyping = event.target.closest("input, select, textarea, dialog");
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "n") openForm();
    else if (event.key === "/") byID("search").focus();
    else return;
    event.preventDefault();
});

function tick() {
    setText(byID("clock"), clockTime(now()));
}

const linked = /^#incident\/([0-9a-f-]{36})$/.exec(location.hash);
if (linked) select(linked[1]);
setInterval(tick, 1_000);
tick();
realTime.retry();
