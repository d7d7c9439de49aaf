/*
 * Plays a leaflet's slides. What was fetched last is kept in the browser, so a screen whose network
 * is gone goes on, until the slides say that they are too old; then, and when the clinic takes the
 * leaflet back, the page shows the slide that it came with: "Ask us".
 */
(() => {
  "use strict";

  const screen = document.querySelector(".screen");
  const address = screen.dataset.slides;
  const kept = `slides:${address}`;
  const neutral = screen.firstElementChild;
  const credit = document.querySelector(".screen-foot__credit");
  const pause = document.querySelector(".screen-foot__pause");

  let playing = null; // {deck, etag, at}: the slides, and when we last heard that they hold
  let place = -1;
  let paused = false;
  let timer = 0;

  function remembered() {
    try {
      return JSON.parse(localStorage.getItem(kept));
    } catch {
      return null;
    }
  }

  /** Pictures may be more than a browser keeps: then the words are kept without them. */
  function remember(found) {
    try {
      localStorage.setItem(kept, JSON.stringify(found));
    } catch {
      const slides = found.deck.slides.map((slide) => ({ ...slide, image: "" }));
      try {
        localStorage.setItem(kept, JSON.stringify({ ...found, deck: { ...found.deck, slides } }));
      } catch {
        // Without a store the slides last as long as the page.
      }
    }
  }

  function forget() {
    playing = null;
    try {
      localStorage.removeItem(kept);
    } catch {
      // Nothing was kept.
    }
  }

  /** A clock that was set back counts as too old: nobody knows how long it has been. */
  function holds(found) {
    if (!found || !found.deck || !found.deck.slides.length) return false;
    const now = Date.now();
    const end = found.deck.valid_until ? Date.parse(found.deck.valid_until) : Infinity;
    const age = now - found.at;
    return now < end && age >= -60000 && age < found.deck.offline_seconds * 1000;
  }

  async function refresh() {
    try {
      const headers = playing && playing.etag ? { "If-None-Match": playing.etag } : {};
      const answer = await fetch(address, { headers, cache: "no-store" });
      if (answer.status === 304 && playing) {
        playing.at = Date.now();
        remember(playing);
      } else if (answer.ok) {
        const deck = await answer.json();
        playing = { deck, etag: answer.headers.get("ETag"), at: Date.now() };
        remember(playing);
      } else if (answer.status >= 400 && answer.status < 500) {
        forget(); // taken back: nothing of it may be shown any more
        show();
      }
    } catch {
      // The network is gone: what we have holds for a while.
    }
    const seconds = playing ? playing.deck.refresh_seconds : 60;
    setTimeout(refresh, seconds * 1000);
    if (place < 0) next();
  }

  function element(tag, text, className) {
    const made = document.createElement(tag);
    made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function drawn(slide) {
    const section = document.createElement("section");
    section.className = `slide slide--${slide.kind}`;
    if (slide.heading) section.append(element("h1", slide.heading));
    if (slide.image) {
      const image = document.createElement("img");
      image.src = slide.image;
      image.alt = slide.label;
      section.append(image);
    } else if (slide.label) {
      section.append(element("p", slide.label, "slide__label"));
    }
    if (slide.kind === "list" || slide.kind === "do" || slide.kind === "dont") {
      const list = document.createElement("ul");
      slide.lines.forEach((line) => list.append(element("li", line)));
      section.append(list);
    } else {
      slide.lines.forEach((line) => section.append(element("p", line)));
    }
    return section;
  }

  /** Shows the slide at our place, or the neutral one, and says for how many seconds. */
  function show() {
    if (!holds(playing)) {
      screen.replaceChildren(neutral);
      credit.textContent = "";
      pause.hidden = true;
      place = -1;
      return 10;
    }
    const slides = playing.deck.slides;
    place = ((place % slides.length) + slides.length) % slides.length;
    screen.replaceChildren(drawn(slides[place]));
    screen.scrollTop = 0;
    credit.textContent = playing.deck.credit;
    pause.hidden = false;
    return slides[place].seconds;
  }

  function next(step = 1) {
    clearTimeout(timer);
    place += step;
    const seconds = show();
    // While it stands still it is looked at all the same: what is too old must go.
    timer = setTimeout(() => (paused ? next(0) : next(1)), seconds * 1000);
  }

  pause.addEventListener("click", () => {
    paused = !paused;
    [pause.textContent, pause.dataset.play] = [pause.dataset.play, pause.textContent];
    if (!paused) next(1);
  });

  document.addEventListener("keydown", (event) => {
    const onward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      next(event.key === onward ? 1 : -1);
    }
  });

  playing = remembered();
  if (holds(playing)) next(1);
  else playing = null;
  refresh();
})();
