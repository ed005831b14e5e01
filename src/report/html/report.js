"use strict";
(() => {
  const all = (query) => [...document.querySelectorAll(query)];
  const items = all(".item");
  const marks = all(".m[data-i]");
  // Cards that do not fit leave the page: to hide thousands of them in it takes a browser many seconds.
  const groups = all("h2.group").map((head) => {
    const lists = [...head.nextElementSibling.children].map((list) => ({ list, items: [...list.children] }));
    return { head, lists };
  });
  const byPlace = new Map(items.map((item) => [item.querySelector(".body").id, item]));
  const search = document.getElementById("search");
  const verdict = document.getElementById("verdict");
  const shown = document.getElementById("shown");
  const none = document.getElementById("none");
  const buttons = all("[data-show]");
  let show = "";
  let words = null;

  // In a report of thousands, most cards are packed, and laid out when they are opened. Their markup is this page's own.
  const store = document.getElementById("later");
  let later = null;
  const unpacked = (async () => {
    if (!store) return;
    const packed = Uint8Array.from(atob(store.textContent), (char) => char.charCodeAt(0));
    const text = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    later = JSON.parse(await new Response(text).text());
    store.remove();
  })();
  const lay = (item) => {
    const body = item.querySelector(".body");
    if (body.firstElementChild) return;
    if (later) body.innerHTML = later[item.dataset.i];
    else unpacked.then(() => lay(item));
  };
  document.getElementById("claims").addEventListener("toggle", (event) => {
    const item = event.target.closest(".item");
    if (item && event.target.open) lay(item);
  }, true);

  // The words of every card are gathered when somebody searches for the first time.
  const fits = (item, index, wanted) => {
    if (!wanted.length) return true;
    words ??= items.map((one) => {
      const packed = one.querySelector(".body").firstElementChild ? "" : later?.[one.dataset.i] ?? "";
      return `${one.textContent} ${packed.replace(/<[^>]*>/g, " ")}`.toLowerCase();
    });
    return wanted.every((word) => words[index].includes(word));
  };

  const apply = () => {
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fitting = new Set();
    items.forEach((item, index) => {
      const fit = (!show || item.classList.contains(show)) &&
        (!verdict.value || item.dataset.v === verdict.value) && fits(item, index, wanted);
      if (fit) fitting.add(item);
    });
    const numbers = new Set([...fitting].map((item) => item.dataset.i));
    marks.forEach((mark) => mark.classList.toggle("off", !numbers.has(mark.dataset.i)));
    groups.forEach(({ head, lists }) => {
      let any = false;
      lists.forEach(({ list, items: own }) => {
        const left = own.filter((item) => fitting.has(item));
        if (left.length !== list.children.length || left.some((item, at) => item !== list.children[at])) list.replaceChildren(...left);
        list.hidden = !left.length;
        any ||= left.length > 0;
      });
      head.hidden = !any;
    });
    const count = fitting.size;
    none.hidden = count > 0;
    shown.textContent = count === items.length ? "" : `${count} of ${items.length} shown`;
  };

  const press = (button) => {
    show = button.dataset.show;
    buttons.forEach((one) => one.setAttribute("aria-pressed", String(one === button)));
    apply();
  };
  const clear = () => {
    search.value = "";
    verdict.value = "";
    press(buttons[0]);
  };
  buttons.forEach((button) => button.addEventListener("click", () => press(button)));
  verdict.addEventListener("change", apply);
  let pause = 0;
  search.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => unpacked.then(apply), 60);
  });
  document.getElementById("reset").addEventListener("click", () => {
    clear();
    search.focus();
  });
  document.getElementById("filters").hidden = false;

  // A link to a card opens it, whatever the filters hide, and leaves the reader at its first line.
  const follow = () => {
    let name = "";
    try {
      name = decodeURIComponent(location.hash.slice(1));
    } catch {
      return;
    }
    const item = byPlace.get(name);
    const place = document.getElementById(name);
    all(".m.on").forEach((mark) => mark.classList.remove("on"));
    if (item) {
      if (!item.isConnected) clear();
      lay(item);
      const card = item.querySelector("details");
      card.open = true;
      marks.filter((mark) => mark.dataset.i === item.dataset.i).forEach((mark) => mark.classList.add("on"));
      const first = card.querySelector("summary");
      first.focus({ preventScroll: true });
      item.scrollIntoView({ block: "start" });
      return;
    }
    if (!place) return;
    for (let up = place.closest("details"); up; up = up.parentElement.closest("details")) up.open = true;
    if (place.matches(".m")) {
      place.classList.add("on");
      place.focus({ preventScroll: true });
    }
    place.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", follow);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && link.getAttribute("href") === location.hash) follow();
  });
  if (location.hash) follow();

  // Up and down go from card to card while the focus is on one.
  document.getElementById("claims").addEventListener("keydown", (event) => {
    if (event.target.tagName !== "SUMMARY" || event.altKey || event.ctrlKey || event.metaKey) return;
    const open = all(".item");
    const at = open.indexOf(event.target.closest(".item"));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: open.length - 1 }[event.key];
    if (to === undefined || !open[to]) return;
    event.preventDefault();
    open[to].querySelector("summary").focus();
  });

  // On paper every card is open.
  let closed = [];
  addEventListener("beforeprint", () => {
    clear();
    items.forEach(lay);
    closed = all(".card:not([open])");
    closed.forEach((card) => (card.open = true));
  });
  addEventListener("afterprint", () => closed.forEach((card) => (card.open = false)));
})();
