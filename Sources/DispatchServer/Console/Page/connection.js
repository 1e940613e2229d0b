// The page's one connection, and what each event that comes over it does.

import { byID, notify, setText } from "./dom.js";
import { RealTime } from "./realtime.js";
import { acknowledgementArrived, dispatchArrived, incidentChanged, resynchronise } from "./store.js";

let hasConnected = false;
let retryAt = 0;
let state = "connecting";

const events = {
    "new-dispatch": dispatchArrived,
    "acknowledge-update": update => {
        // A refusal of our own comes through the callback as well, and is told there.
        if (update.success) acknowledgementArrived(update);
    },
    "incident-update": incidentChanged,
};

export const realTime = new RealTime({
    event: (name, argument) => events[name]?.(argument),
    state(next, at) {
        if (next === "connected") {
            resynchronise();
            if (hasConnected) notify("Connected again. Everything was read anew.");
            hasConnected = true;
        } else if (state === "connected") {
            notify("The connection was lost: what is shown may be out of date.", "error");
        }
        state = next;
        retryAt = at ?? 0;
        draw();
    },
});

function draw() {
    const node = byID("connection");
    const seconds = Math.max(0, Math.ceil((retryAt - Date.now()) / 1_000));
    node.dataset.state = state;
    document.body.dataset.connection = state;
    setText(node, {
        connecting: "Connecting",
        connected: "Live",
        waiting: seconds > 0 ? `No connection · again in ${seconds} s` : "No connection",
    }[state]);
}

setInterval(draw, 1_000);
