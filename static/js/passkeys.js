// A form[data-passkey] asks the browser to make or to show a passkey, and is sent with its answer.
// What is asked stands in data-options as WebAuthn spells it; a browser without passkeys does not see the button.

function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function known(list) {
  return (list ?? []).map((each) => ({ ...each, id: bytes(each.id) }));
}

function make(options) {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: known(options.excludeCredentials),
  };
  return navigator.credentials.create({ publicKey });
}

function show(options) {
  const publicKey = { ...options, challenge: bytes(options.challenge), allowCredentials: known(options.allowCredentials) };
  return navigator.credentials.get({ publicKey });
}

function answer(credential) {
  const { response } = credential;
  const names = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const told = Object.fromEntries(names.filter((name) => response[name]).map((name) => [name, text(response[name])]));
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response: told });
}

async function send(form) {
  const note = form.querySelector("[data-passkey-said]");
  const options = JSON.parse(form.dataset.options);
  try {
    const credential = await (form.dataset.passkey === "make" ? make(options) : show(options));
    form.elements.answer.value = answer(credential);
    form.submit();
  } catch {
    note.textContent = "The browser did not do it: it was called off, took too long, or there is no such passkey here.";
    note.hidden = false;
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const works = Boolean(window.PublicKeyCredential);
  form.querySelector("[data-passkey-missing]").hidden = works;
  form.querySelector("button[type=submit]").hidden = !works;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
}
