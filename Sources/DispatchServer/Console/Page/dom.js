// Elements without innerHTML: what comes from the server only ever becomes text.

export const byID = id => document.getElementById(id);

/** An element with properties (`class`, `dataset`, `on…`, or any attribute) and children (elements or text). */
export function element(name, properties = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
        if (value === undefined || value === null || value === false) continue;
        if (key === "class") made.className = value;
        else if (key === "dataset") Object.assign(made.dataset, value);
        else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
        else made.setAttribute(key, value === true ? "" : value);
    }
    made.append(...children.filter(child => child !== null && child !== undefined));
    return made;
}

const svgNamespace = "http://www.w3.org/2000/svg";

export function svg(name, attributes = {}, ...children) {
    const made = document.createElementNS(svgNamespace, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
}

/** Sets a text only where it differs, so that a page that ticks disturbs neither selections nor screen readers. */
export function setText(node, text) {
    if (node.textContent !== text) node.textContent = text;
}

/** Runs a drawing function at most once a frame, however often it is asked for. */
export function eachFrame(draw) {
    let isDue = false;
    return () => {
        if (isDue) return;
        isDue = true;
        requestAnimationFrame(() => {
            isDue = false;
            draw();
        });
    };
}

export function notify(text, kind = "news") {
    const notice = element("p", { class: `notice ${kind}` }, text);
    const notices = byID("notices");
    notices.append(notice);
    while (notices.childElementCount > 4) notices.firstElementChild.remove();
    setTimeout(() => notice.remove(), kind === "error" ? 12_000 : 6_000);
}

/** Makes these the children of a parent and moves only those that are not in place: what is being pressed stays put. */
export function setChildren(parent, nodes) {
    nodes.forEach((node, index) => {
        if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] ?? null);
    });
    while (parent.childElementCount > nodes.length) parent.lastElementChild.remove();
}

/** Elements that are made once for each key and updated from then on. */
export class Keyed {
    #made = new Map();
    #make;

    /** @param make gives `{ node, update }` for a key. */
    constructor(make) {
        this.#make = make;
    }

    /** The nodes of these `[key, value]` pairs, each updated with its value; nodes of other keys are forgotten. */
    nodes(pairs) {
        const kept = new Map();
        for (const [key, value] of pairs) {
            const made = this.#made.get(key) ?? this.#make(key);
            made.update(value);
            kept.set(key, made);
        }
        this.#made = kept;
        return [...kept.values()].map(made => made.node);
    }
}
