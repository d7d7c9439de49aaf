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
  const say = (words) => live && (live.textContent = words);

  const dress = (root) => {
    root
      .querySelectorAll("[data-copy], [data-accept], [data-use-mine]")
      .forEach((button) => (button.hidden = false));
  };

  const put = (line, text) => {
    const box = field(line);
    if (box.readOnly) return;
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  };

  const next = (line) => {
    const all = lines();
    const after = all.slice(all.indexOf(line) + 1).find((l) => field(l) && !field(l).readOnly);
    if (after) field(after).focus();
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

  /* What was typed and is not stored survives every answer; when the words in store are others by
     now, so does the version that it was typed over, and the next save is told of it again. */
  const keep = (line, fresh, isSave, status) => {
    const before = field(line);
    if (!dirty(before) || (isSave && status !== 422)) return;
    field(fresh).value = before.value;
    if (status === 409) {
      const version = (of) => of.querySelector('[data-save] [name="version"]');
      version(fresh).value = version(line).value;
    }
  };

  /* What stands beside the words: a remark, a reason, an address. */
  const besides = (line) => [...line.querySelectorAll('[data-act] :is(textarea, [type="text"])')];
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

  const send = async (form, submitter) => {
    const line = lineOf(form);
    const isSave = form.matches("[data-save]");
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form, submitter),
      headers: { "X-Requested-With": "XMLHttpRequest" },
      credentials: "same-origin",
    });
    if (!(answer.headers.get("content-type") || "").includes("json")) {
      throw new Error(answer.statusText);
    }
    const body = await answer.json();
    redraw(body.parts);
    say(body.message);
    /* The source has no such segment any more: the line stays for the words in it. */
    if (!body.html) return;
    const fresh = replace(line, body.html);
    keep(line, fresh, isSave, answer.status);
    keepBesides(line, fresh, answer.ok ? form : null);
    if (answer.ok && isSave) next(fresh);
    else field(fresh).focus();
  };

  desk.addEventListener("submit", (event) => {
    const form = event.target;
    if (!live || !form.matches("[data-save], [data-act]")) return;
    event.preventDefault();
    const line = lineOf(form);
    if (line.dataset.busy) return;
    line.dataset.busy = "1";
    send(form, event.submitter)
      .catch(() => say(desk.dataset.failed))
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
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      const save = line.querySelector('[data-save] [value="translated"]');
      if (save) save.click();
    } else if (event.altKey && event.key === "ArrowDown") {
      event.preventDefault();
      next(line);
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

  let leaving = false;
  desk.addEventListener("submit", (event) => {
    leaving = !event.defaultPrevented && event.target.matches("[data-save]");
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && lines().some((line) => dirty(field(line)))) event.preventDefault();
  });
  dress(desk);
})();
