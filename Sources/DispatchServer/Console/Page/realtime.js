// Socket.IO protocol 5 over Engine.IO protocol 4, WebSocket only, main namespace only: what this page needs of it.

import { askForToken, isAskingForToken, token } from "./token.js";

const shortestPause = 500;
const longestPause = 10_000;
/** How long the server may take until the namespace is joined. */
const joinTimeout = 10_000;
const answerTimeout = 20_000;

/**
 * A connection that comes back by itself.
 *
 * `handlers.event(name, argument)` is called for each event, `handlers.state(state, retryAt)` when the state changes:
 * `connecting`, `connected`, or `waiting` until an instant for the next attempt.
 */
export class RealTime {
    #handlers;
    #socket = null;
    #state = "waiting";
    #failures = 0;
    #timer = null;
    #heartbeat = null;
    #silenceLimit = 45_000;
    #answers = new Map();
    #nextAnswer = 0;

    constructor(handlers) {
        this.#handlers = handlers;
        addEventListener("online", () => this.retry());
        document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.retry());
    }

    get isConnected() { return this.#state === "connected"; }

    /** Connects now, if it is waiting to. */
    retry() {
        if (this.#state === "waiting" && !isAskingForToken()) this.#connect();
    }

    /** Emits an event and resolves with what the server's acknowledgement carries. */
    ask(name, argument) {
        return new Promise((resolve, reject) => {
            if (!this.isConnected) return reject(new Error("not connected"));
            const id = this.#nextAnswer++;
            const timer = setTimeout(() => this.#answer(id, new Error("the server did not answer")), answerTimeout);
            this.#answers.set(id, { resolve, reject, timer });
            this.#socket.send(`42${id}${JSON.stringify([name, argument])}`);
        });
    }

    #connect() {
        clearTimeout(this.#timer);
        this.#become("connecting");
        const scheme = location.protocol === "https:" ? "wss:" : "ws:";
        const socket = new WebSocket(`${scheme}//${location.host}/socket.io/?EIO=4&transport=websocket`);
        this.#socket = socket;
        this.#timer = setTimeout(() => this.#lose(socket), joinTimeout);
        socket.onmessage = message => socket === this.#socket && this.#receive(String(message.data));
        socket.onclose = () => this.#lose(socket);
    }

    /** An Engine.IO packet: its first character is its type. */
    #receive(packet) {
        this.#watch();
        switch (packet[0]) {
        case "0": {
            const handshake = JSON.parse(packet.slice(1));
            this.#silenceLimit = handshake.pingInterval + handshake.pingTimeout;
            this.#socket.send(token() ? `40${JSON.stringify({ token: token() })}` : "40");
            break;
        }
        case "1": this.#lose(this.#socket); break;
        case "2": this.#socket.send("3"); break;
        case "4": this.#receivePacket(packet.slice(1)); break;
        }
    }

    /** A Socket.IO packet. */
    #receivePacket(packet) {
        switch (packet[0]) {
        case "0":
            clearTimeout(this.#timer);
            this.#failures = 0;
            this.#become("connected");
            break;
        case "4":
            askForToken(JSON.parse(packet.slice(1)).message);
            this.#lose(this.#socket);
            break;
        case "1": this.#lose(this.#socket); break;
        case "2": {
            const [name, argument] = JSON.parse(packet.slice(packet.indexOf("[")));
            this.#handlers.event(name, argument);
            break;
        }
        case "3": {
            const start = packet.indexOf("[");
            this.#answer(Number(packet.slice(1, start)), JSON.parse(packet.slice(start))[0]);
            break;
        }
        }
    }

    #answer(id, result) {
        const waiting = this.#answers.get(id);
        if (!waiting) return;
        this.#answers.delete(id);
        clearTimeout(waiting.timer);
        if (result instanceof Error) waiting.reject(result);
        else waiting.resolve(result);
    }

    /** A server that says nothing for a whole heartbeat is gone, whatever TCP thinks. */
    #watch() {
        clearTimeout(this.#heartbeat);
        const socket = this.#socket;
        this.#heartbeat = setTimeout(() => this.#lose(socket), this.#silenceLimit);
    }

    #lose(socket) {
        if (socket !== this.#socket) return;
        this.#socket = null;
        socket.close();
        clearTimeout(this.#timer);
        clearTimeout(this.#heartbeat);
        for (const id of [...this.#answers.keys()]) this.#answer(id, new Error("the connection was lost"));
        // A pause that doubles, and a part of it at random, so that many pages do not come back in step.
        const pause = Math.min(longestPause, shortestPause * 2 ** this.#failures++) * (0.5 + Math.random() / 2);
        this.#become("waiting", Date.now() + pause);
        this.#timer = setTimeout(() => this.retry(), pause);
    }

    #become(state, retryAt) {
        this.#state = state;
        this.#handlers.state(state, retryAt);
    }
}
