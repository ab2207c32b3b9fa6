// F2 and F4 press their buttons, and the desk stays fresh; without this script everything still works by hand.
"use strict";

const LOOK_EVERY_MS = 3000;
const address = document.body.dataset.address;
const lost = document.getElementById("lost");
const shown = new Map([...document.querySelectorAll("[data-live]")].map((part) => [part.id, part.outerHTML]));

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey || event.ctrlKey || event.shiftKey || event.metaKey || event.repeat) return;
  const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (button) {
    event.preventDefault();
    button.click();
  }
});

// Somebody is at work in a part that has the focus, or holds what was typed.
function isInUse(part) {
  const isTyped = (field) => (field.defaultValue ?? field.value) !== field.value;
  return part.contains(document.activeElement) || part.querySelector("[data-kept]") !== null
    || [...part.querySelectorAll("input")].some(isTyped);
}

async function look() {
  try {
    const answer = await fetch(address);
    if (answer.ok) renew(new DOMParser().parseFromString(await answer.text(), "text/html"));
    lost.hidden = answer.ok;
  } catch {
    lost.hidden = false;
  }
  setTimeout(look, LOOK_EVERY_MS);
}

function renew(page) {
  for (const [id, before] of shown) {
    const part = document.getElementById(id);
    const fresh = page.getElementById(id);
    if (fresh && fresh.outerHTML !== before && !isInUse(part)) {
      shown.set(id, fresh.outerHTML);
      part.replaceWith(fresh);
    }
  }
}

if (address) {
  // Reloading shows the desk again instead of repeating an answer.
  history.replaceState(null, "", address);
  setTimeout(look, LOOK_EVERY_MS);
}
