/*
 * Keeps a reader's place when they change the language: sections have the same ids in all of them.
 * Where no script runs, each section has links of its own (parts/elsewhere.html).
 */
document.addEventListener("click", keepPlace, true);
document.addEventListener("auxclick", keepPlace, true);

function keepPlace(event) {
  const link = event.target.closest?.(".languages a[hreflang]");
  if (link) {
    link.hash = placeOfReader();
  }
}

/*
 * The last section that begins in the upper third of the window. Above all of them it is the one
 * that the address names: the switcher stands at the top, and going there is not reading there.
 */
function placeOfReader() {
  const parts = document.querySelectorAll(".section[id], #page_words, #page_contact, #page_about");
  const begun = [...parts].filter((part) => part.getBoundingClientRect().top < innerHeight / 3);
  return begun.length ? begun.at(-1).id : location.hash.slice(1);
}
