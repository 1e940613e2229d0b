// The bearer token, where the server asks for one. It is kept for this tab only, and never shown again.

import { byID, setText } from "./dom.js";

const key = "griddrill.token";

export const token = () => sessionStorage.getItem(key);

/** Whether the question stands: until it is answered there is no point in trying again. */
export const isAskingForToken = () => byID("token-dialog").open;

/** Asks for a token, with the server's words, and begins anew with it. */
export function askForToken(reason) {
    const dialog = byID("token-dialog");
    if (dialog.open) return;
    sessionStorage.removeItem(key);
    setText(byID("token-reason"), `The server says: ${reason}.`);
    dialog.showModal();
}

byID("token-dialog").addEventListener("close", () => {
    const text = byID("token").value.trim();
    if (text === "") return;
    sessionStorage.setItem(key, text);
    location.reload();
});
