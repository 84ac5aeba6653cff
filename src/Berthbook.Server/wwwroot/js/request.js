// Checks a request while it is typed: posts the form, and takes what the page says of it from the answer. The answer is
// the same page that the button shows, so nothing is worded or laid out here. It is parsed by XMLHttpRequest and moved over
// as nodes: no text ever becomes markup on this side.
"use strict";
(() => {
  const form = document.getElementById("request");
  if (!form) return;

  const pause = 40; // milliseconds between the last key and the check
  let timer = 0;
  let isAsking = false;
  let asked = null;

  const written = () => new URLSearchParams(new FormData(form)).toString();

  function check() {
    const body = written();
    if (isAsking || body === asked) return;
    isAsking = true;
    asked = body;
    const request = new XMLHttpRequest();
    request.open("POST", form.dataset.check);
    request.responseType = "document";
    request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
    request.onload = () => {
      if (request.status === 200 && request.response) show(request.response);
      else say("Not checked: the registry refuses the form. Press Check to see why.");
    };
    request.onerror = () => say("Not checked: the registry does not answer.");
    request.onloadend = () => {
      isAsking = false;
      // What was typed meanwhile.
      check();
    };
    request.send(body);
  }

  function say(words) {
    const said = document.getElementById("said");
    if (said.textContent !== words) said.textContent = words;
  }

  function show(answer) {
    say(answer.getElementById("said").textContent);
    document.querySelector(".verdict").className = answer.querySelector(".verdict").className;
    for (const next of answer.querySelectorAll("[data-live]")) {
      const now = document.getElementById(next.id);
      if (now && !now.isEqualNode(next)) replace(now, next);
    }
    for (const next of answer.querySelectorAll(".field")) {
      const now = document.getElementById(next.id);
      if (!now) continue;
      now.className = next.className;
      // A field is never taken away under the cursor.
      if (now.contains(document.activeElement)) now.classList.remove("unasked");
      const control = next.querySelector("[aria-describedby]");
      if (control?.id) copy(document.getElementById(control.id), control, "aria-invalid");
    }
    if (answer.getElementById("more")?.open) document.getElementById("more").open = true;
  }

  function replace(now, next) {
    const open = [...now.querySelectorAll("details[open]")].map((details) => details.id);
    const focus = now.contains(document.activeElement) ? document.activeElement.id : "";
    const node = document.importNode(next, true);
    for (const details of node.querySelectorAll("details")) details.open = open.includes(details.id);
    now.replaceWith(node);
    if (focus) document.getElementById(focus)?.focus();
  }

  function copy(now, next, name) {
    if (next.hasAttribute(name)) now.setAttribute(name, next.getAttribute(name));
    else now.removeAttribute(name);
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(check, pause);
  }

  // A free number goes into its field.
  function take(event) {
    const button = event.target.closest("button[name=take]");
    if (!button) return;
    event.preventDefault();
    const [name, number] = button.value.split("=");
    const field = form.elements.namedItem(name);
    field.value = number;
    field.focus();
    check();
  }

  document.documentElement.classList.add("script");
  asked = written();
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("click", take);
})();
