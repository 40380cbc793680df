// What the pages of all widgets share: making elements, talking to the kernel, boxes that search codes.
// Plain JavaScript for today's browsers; coding.js or adjudication.js is appended to it.

const ROLES = ["actor", "action", "target"];
const KEY_OF = { actor: "a", action: "e", target: "t" };

/** An element: h("p.note", { title: "…", onclick: f }, "text", otherElement). Text is never read as HTML. */
function h(what, attributes, ...children) {
  const [tag, ...classes] = what.split(".");
  const made = document.createElement(tag || "div");
  if (classes.length) made.className = classes.join(" ");
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked" || name === "disabled") made[name] = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

let lastId = 0;
/** An id that no other element of the notebook has. */
function freshId(name) {
  lastId += 1;
  return `whodid-${name}-${lastId}-${Math.random().toString(36).slice(2, 8)}`;
}

/** A key as it is shown: "a" in a little frame. Screen readers hear it from the button's aria-keyshortcuts. */
const keycap = (key) => h("kbd", { "aria-hidden": "true" }, key);

/** A button with a key beside its name. */
function button(label, key, onclick, classes = "") {
  return h(
    `button.wd-button${classes}`,
    { type: "button", onclick, "aria-keyshortcuts": key || null },
    label,
    key ? " " : null,
    key ? keycap(key) : null
  );
}

/** The line that says what just happened, in words that screen readers read out. */
class Notice {
  constructor() {
    this.element = h("div.wd-notice", { role: "status", "aria-live": "polite" });
  }

  say(sentence, kind) {
    this.element.textContent = sentence;
    this.element.dataset.kind = kind || "";
  }

  /** What the kernel said last; while it is waited for, that stays. */
  show(said) {
    if (said) this.say(said.text, said.kind);
    else if (this.element.dataset.kind !== "waiting") this.say("", "");
  }

  /** How long the kernel has been silent: slow, silent, or "" once it answered. */
  onSilence(how) {
    if (how === "slow") this.say("Waiting for the kernel …", "waiting");
    else if (how === "silent") {
      const help = "If it was restarted, run the cell again; all that was saved is there.";
      this.say(`The kernel does not answer: what you did last is not saved. ${help}`, "problem");
    } else if (this.element.dataset.kind === "waiting") this.say("", "");
  }
}

/** Sends messages to the kernel, and says so if no answer comes: then nothing was saved. */
class Kernel {
  constructor(model, notice) {
    this.model = model;
    this.notice = notice;
    this.waiting = new Map();
    this.n = 0;
    this.name = Math.random().toString(36).slice(2, 10);
  }

  tell(type, content = {}) {
    this.n += 1;
    const id = `${this.name}-${this.n}`;
    const slow = setTimeout(() => this.notice.onSilence("slow"), 700);
    const silent = setTimeout(() => this.notice.onSilence("silent"), 8000);
    this.waiting.set(id, () => (clearTimeout(slow), clearTimeout(silent)));
    try {
      this.model.send({ ...content, type, id });
    } catch {
      this.notice.onSilence("silent");
    }
    return id;
  }

  answered(id) {
    const stop = this.waiting.get(id);
    if (!stop) return;
    stop();
    this.waiting.delete(id);
    if (!this.waiting.size) this.notice.onSilence("");
  }

  /** Show each new state, and hand found codes to the box that asked; gives what ends it. */
  listen(boxes, show) {
    // Article and state come in one message, and each says that it changed: show them once, when both are there.
    let isDue = false;
    const onChange = () => {
      if (isDue) return;
      isDue = true;
      queueMicrotask(() => ((isDue = false), show()));
    };
    const onMessage = (message) => {
      if (!message || message.type !== "found") return;
      this.answered(message.id);
      Object.values(boxes).some((box) => box.found(message));
    };
    const heard = { "change:state": onChange, "change:article": onChange, "msg:custom": onMessage };
    for (const [name, hear] of Object.entries(heard)) this.model.on(name, hear);
    show();
    return () => {
      for (const stop of this.waiting.values()) stop();
      this.waiting.clear();
      for (const [name, hear] of Object.entries(heard)) this.model.off(name, hear);
    };
  }
}

/** A text box that offers codes while one types (ARIA: editable combobox with a list). */
class CodeBox {
  constructor({ role, label, placeholder, kernel, onChoose, onDone }) {
    Object.assign(this, { role, kernel, onChoose, onDone });
    this.offers = [];
    this.active = -1;
    this.request = null;
    this.timer = null;
    const list = freshId("list");
    this.input = h("input.wd-input", {
      id: freshId("code"),
      type: "text",
      role: "combobox",
      "aria-label": label,
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": list,
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      placeholder,
      onfocus: () => this.open(),
      oninput: () => this.search(120),
      onblur: () => this.leave(),
      onkeydown: (event) => this.onKey(event),
    });
    this.list = h("ul.wd-offers", { id: list, role: "listbox", "aria-label": `Codes: ${label}`, hidden: true });
    this.meaning = h("div.wd-meaning", {});
    this.element = h("div.wd-box", {}, this.input, this.list, this.meaning);
    this.chosen = "";
  }

  /** Show the code that was chosen, unless somebody is typing another one. */
  show(code, label, isWrong) {
    this.chosen = code || "";
    if (!(this.input.getRootNode().activeElement === this.input && this.isTyping)) this.input.value = this.chosen;
    this.meaning.textContent = label || "";
    this.input.setAttribute("aria-invalid", isWrong ? "true" : "false");
  }

  open() {
    this.isTyping = false;
    this.input.select();
    this.search(0, "");
  }

  search(delay, query = this.input.value) {
    if (delay) this.isTyping = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.query = query;
      this.request = this.kernel.tell("search", { role: this.role, query });
    }, delay);
  }

  /** Take the kernel's answer to a search; true if it was this box's. */
  found(message) {
    if (message.id !== this.request) return false;
    if (this.input.getRootNode().activeElement !== this.input) return true;
    this.offers = message.offers;
    // What was typed is asked for, so Enter takes the first; what the machine offers has to be chosen on purpose.
    this.active = this.query.trim() && this.offers.length ? 0 : -1;
    this.list.replaceChildren(...this.offers.map((offer, n) => this.option(offer, n)));
    if (!this.offers.length && this.query.trim()) {
      this.list.append(h("li.wd-none", {}, "Nothing fits. Try another word, or the beginning of a code."));
    }
    const isOpen = this.list.childElementCount > 0;
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
    this.list.scrollTop = 0;
    this.mark();
    return true;
  }

  option(offer, n) {
    return h(
      "li.wd-offer",
      {
        id: `${this.list.id}-${n}`,
        role: "option",
        onmousedown: (event) => event.preventDefault(),
        onclick: () => this.choose(n),
      },
      h("span.wd-code", {}, offer.code),
      h("span.wd-label", {}, offer.label, offer.why ? h("span.wd-why", {}, ` ${offer.why}`) : null),
      offer.definition ? h("span.wd-definition", {}, offer.definition) : null
    );
  }

  mark() {
    [...this.list.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === this.active)));
    const item = this.list.children[this.active];
    if (this.active >= 0 && item) {
      this.input.setAttribute("aria-activedescendant", item.id);
      const top = item.offsetTop - this.list.offsetTop;
      if (top < this.list.scrollTop) this.list.scrollTop = top;
      const low = top + item.offsetHeight - this.list.clientHeight;
      if (low > this.list.scrollTop) this.list.scrollTop = low;
    } else this.input.removeAttribute("aria-activedescendant");
  }

  onKey(event) {
    const isOpen = !this.list.hidden && this.offers.length > 0;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !event.altKey) {
      event.preventDefault();
      if (!isOpen) return this.search(0);
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.active = (this.active + step + this.offers.length + (this.active < 0 && step < 0 ? 1 : 0)) % this.offers.length;
      this.mark();
    } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      event.stopPropagation();
      if (isOpen && this.active >= 0) this.choose(this.active);
      else if (this.input.value.trim() && this.input.value.trim() !== this.chosen) {
        // Enter may come before the list does: what was typed is then taken as a code.
        this.settle(this.input.value.trim());
        this.onDone();
      } else {
        this.close();
        this.onDone();
      }
    } else if (event.key === "Escape") {
      // The page then leaves the box, too: one key, whether the list is open already or not.
      this.input.value = this.chosen;
      this.close();
    }
  }

  choose(n) {
    this.settle(this.offers[n].code);
    this.onDone();
  }

  settle(code) {
    this.isTyping = false;
    this.input.value = code;
    this.close();
    this.onChoose(code);
  }

  leave() {
    const typed = this.input.value.trim();
    if (this.isTyping && typed !== this.chosen) this.settle(typed);
    this.close();
  }

  close() {
    clearTimeout(this.timer);
    this.isTyping = false;
    this.request = null;
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

/** The frame of every page. JupyterLab must not take its keys for its own ("a" makes a cell there). */
function frame(el, name) {
  const root = h("section.whodid", { "aria-label": name, "data-lm-suppress-shortcuts": "true" });
  el.append(root);
  for (const kind of ["keydown", "keyup", "keypress"]) root.addEventListener(kind, (event) => event.stopPropagation());
  return root;
}

const isTyping = (target) => target.matches("input[type=text], input[type=date], textarea, select");
const plural = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;
