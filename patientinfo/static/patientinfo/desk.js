/* Comfort for the translation desk; every button also works as a plain form post. */
(() => {
  "use strict";
  const desk = document.querySelector("[data-desk]");
  if (!desk) return;
  const live = desk.querySelector("[data-desk-live]");
  const lines = () => [...desk.querySelectorAll("[data-line]")];
  const lineOf = (node) => node.closest("[data-line]");
  const field = (line) => line.querySelector("[data-text]");

  const dirty = (box) => !box.readOnly && box.value !== box.defaultValue;
  /* What went well is said to those who do not see it. */
  const say = (words, quietly = false) => {
    live.classList.toggle("w-sr-only", quietly);
    live.textContent = words;
  };

  const dress = (root) => {
    root
      .querySelectorAll("[data-copy], [data-accept], [data-use-mine]")
      .forEach((button) => (button.hidden = false));
  };

  /* As if it were typed, so that the browser's "undo" brings back what stood there. */
  const put = (line, text) => {
    const box = field(line);
    if (box.readOnly) return;
    box.focus();
    box.select();
    if (document.execCommand("insertText", false, text)) return;
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const after = (line) => {
    const all = lines();
    return all.slice(all.indexOf(line) + 1).find((l) => field(l) && !field(l).readOnly);
  };

  const replace = (line, html) => {
    const holder = document.createElement("template");
    holder.innerHTML = html.trim();
    const fresh = holder.content.firstElementChild;
    line.replaceWith(fresh);
    dress(fresh);
    return fresh;
  };

  const redraw = (parts) => {
    Object.entries(parts).forEach(([name, html]) => {
      const old = desk.querySelector(`[data-part="${name}"]`);
      const holder = document.createElement("template");
      holder.innerHTML = html.trim();
      if (old) old.replaceWith(holder.content.firstElementChild);
    });
  };

  /* What was typed and is not stored survives every answer, also what was typed after `sent` was
     sent; when the words in store are others by now, so does the version that it was typed over,
     and the next save is told of it again. */
  const keep = (line, fresh, sent, status) => {
    const before = field(line);
    const isSave = sent !== null && status !== 422;
    if (isSave ? before.value === sent : !dirty(before)) return;
    field(fresh).value = before.value;
    if (status === 409) {
      const version = (of) => of.querySelector('[data-save] [name="version"]');
      version(fresh).value = version(line).value;
    }
  };

  /* What stands beside the words: a remark, a reason, an address. */
  const boxes = (line) => [...line.querySelectorAll('textarea, [type="text"]')];
  const besides = (line) => boxes(line).filter((box) => !box.matches("[data-text]"));
  const typed = (box) => box.value !== (box.name === "href" ? box.defaultValue : "");
  const which = (box) =>
    ["check", "link"].reduce(
      (name, hidden) => `${name} ${box.form.elements.namedItem(hidden)?.value ?? ""}`,
      box.name,
    );

  const keepBesides = (line, fresh, done) => {
    const drawn = new Map(besides(fresh).map((box) => [which(box), box]));
    besides(line)
      .filter((box) => typed(box) && box.form !== done && drawn.has(which(box)))
      .forEach((box) => {
        const now = drawn.get(which(box));
        now.value = box.value;
        now.closest("details").open = true;
      });
  };

  const unsaved = (box) => (box.matches("[data-text]") ? dirty(box) : typed(box));

  /* On to the next segment, but not for somebody who writes here still (`active`). Whoever went
     elsewhere meanwhile stays there: the next letter would land in the words of another segment. */
  const goOn = (line, fresh, active, onwards) => {
    if (active !== document.body && !line.contains(active)) return;
    const box =
      boxes(line).includes(active) && boxes(fresh).find((one) => which(one) === which(active));
    if (box && unsaved(box)) {
      box.focus();
      box.setSelectionRange(active.selectionStart, active.selectionEnd);
    } else {
      field((onwards && after(fresh)) || fresh).focus();
    }
  };

  /* Whoever signed in again in another window has another token; true when there is one. */
  const renew = async () => {
    const answer = await fetch(desk.dataset.address, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (page.querySelector('[type="password"]')) throw new Error("", { cause: "signedOut" });
    const token = page.querySelector('[data-desk] [name="csrfmiddlewaretoken"]');
    const old = desk.querySelectorAll('[name="csrfmiddlewaretoken"]');
    if (token) old.forEach((one) => (one.value = token.value));
    return Boolean(token);
  };

  const post = (form, submitter) =>
    fetch(form.action, {
      method: "POST",
      body: new FormData(form, submitter),
      headers: { "X-Requested-With": "XMLHttpRequest" },
      credentials: "same-origin",
    });

  const send = async (form, submitter) => {
    const line = lineOf(form);
    const sent = form.matches("[data-save]") ? field(line).value : null;
    say("");
    let answer = await post(form, submitter);
    if (answer.status === 403 && (await renew())) answer = await post(form, submitter);
    if (!(answer.headers.get("content-type") || "").includes("json")) {
      throw new Error(answer.statusText);
    }
    const body = await answer.json();
    redraw(body.parts);
    const active = document.activeElement;
    /* The source has no such segment any more: the line stays for the words in it. */
    if (!body.html) return say(body.message);
    const fresh = replace(line, body.html);
    keep(line, fresh, sent, answer.status);
    keepBesides(line, fresh, answer.ok ? form : null);
    goOn(line, fresh, active, answer.ok && sent !== null);
    say(body.message || fresh.querySelector(".pd-badge").textContent, answer.ok);
  };

  desk.addEventListener("submit", (event) => {
    const form = event.target;
    if (!live || !form.matches("[data-save], [data-act]")) return;
    event.preventDefault();
    const line = lineOf(form);
    if (line.dataset.busy) return;
    line.dataset.busy = "1";
    send(form, event.submitter)
      .catch((error) => say(desk.dataset[error.cause] ?? desk.dataset.failed))
      .finally(() => delete line.dataset.busy);
  });

  desk.addEventListener("click", (event) => {
    const line = lineOf(event.target);
    if (!line) return;
    if (event.target.matches("[data-copy]")) {
      put(line, line.querySelector("[data-source]").dataset.source);
    } else if (event.target.matches("[data-accept]")) {
      put(line, event.target.parentElement.querySelector("[data-suggestion]").textContent);
    } else if (event.target.matches("[data-use-mine]")) {
      put(line, line.querySelector("[data-mine]").textContent);
    }
  });

  desk.addEventListener("keydown", (event) => {
    const line = lineOf(event.target);
    if (!line || !event.target.matches("[data-text]")) return;
    /* AltGr is Alt with Ctrl on some systems, and writes letters: ć, @, ². */
    if (event.getModifierState("AltGraph") || (event.altKey && event.ctrlKey)) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      const save = line.querySelector('[data-save] [value="translated"]');
      if (save) save.click();
    } else if (event.altKey && event.key === "ArrowDown") {
      event.preventDefault();
      field(after(line) || line).focus();
    } else if (event.altKey && event.code === "KeyC") {
      event.preventDefault();
      put(line, line.querySelector("[data-source]").dataset.source);
    } else if (event.altKey && /^Digit[1-5]$/.test(event.code)) {
      const found = line.querySelectorAll("[data-suggestion]")[Number(event.code.slice(5)) - 1];
      if (found) {
        event.preventDefault();
        put(line, found.textContent);
      }
    }
  });

  let leaving = null;
  desk.addEventListener("submit", (event) => {
    leaving = event.defaultPrevented ? null : event.target;
  });
  window.addEventListener("beforeunload", (event) => {
    const left = lines().flatMap(boxes);
    if (left.some((box) => unsaved(box) && box.form !== leaving)) event.preventDefault();
  });
  dress(desk);
})();
