// The page of wd.CodingWidget. It shows the kernel's state and tells the kernel what people do; the rules are in Python.

const CONFIDENCES = [
  ["", "not said"],
  ["0.25", "a guess"],
  ["0.5", "unsure"],
  ["0.75", "fairly sure"],
  ["1", "sure"],
];
const BASES = { text: "the text", dateline: "the dateline", published: "day of publication" };

function render({ model, el }) {
  const root = frame(el, "Code articles by hand");
  const notice = new Notice();
  const kernel = new Kernel(model, notice);
  let state = model.get("state");
  let words = []; // {start, end, sentence, element, gap} in reading order
  let lines = []; // {number, element, label, looks} of each sentence
  let painted = new Set(); // elements that look selected, or are the cursor
  let marked = new Map(); // position in words: the roles that word and gap show
  let cursor = null; // {anchor, focus}: positions in words
  let isDragging = false;
  let shownArticle = null;

  // --- Skeleton -----------------------------------------------------------------------------------------------------
  const who = h("strong.wd-who", {});
  const progress = h("progress.wd-progress", { "aria-label": "Articles done" });
  const counts = h("span.wd-counts", {});
  const undoButton = button("Undo", "u", () => kernel.tell("undo"));
  const helpId = freshId("help");
  const helpButton = h(
    "button.wd-button.wd-quiet",
    { type: "button", "aria-expanded": "false", "aria-controls": helpId, onclick: () => toggleHelp() },
    "Keys ",
    keycap("?")
  );
  const help = h("div.wd-help", { id: helpId, hidden: true }, keyTable());
  const spoken = h("div.wd-spoken", { role: "status", "aria-live": "polite" });

  const title = h("h3.wd-title", { id: freshId("title") });
  const about = h("p.wd-about", {});
  const text = h("div.wd-text", {
    tabindex: "0",
    role: "application",
    "aria-roledescription": "text to mark",
    "aria-labelledby": title.id,
    "aria-describedby": helpId,
  });
  const palette = h(
    "div.wd-palette",
    { role: "toolbar", "aria-label": "Mark the selected words as", hidden: true },
    ...ROLES.map((role) => button(named(role), KEY_OF[role], () => mark(role), `.wd-${role}`))
  );
  const reading = h("div.wd-reading", {}, title, about, h("div.wd-scroll", {}, text, palette));

  const boxes = {};
  const fields = {};
  for (const role of ROLES) {
    boxes[role] = new CodeBox({
      role,
      label: `${named(role)} code`,
      placeholder: role === "action" ? "what was done: word or code" : "who it is: name or code",
      kernel,
      onChoose: (code) => kernel.tell("code", { role, code }),
      onDone: () => afterCode(role),
    });
    fields[role] = {
      words: h("span.wd-words", {}),
      wrong: h("div.wd-wrong", { id: freshId("wrong") }),
      clear: h(
        "button.wd-x",
        { type: "button", "aria-label": `Unmark the ${role}`, title: `Unmark the ${role}`, onclick: () => unmark(role) },
        "×"
      ),
    };
    boxes[role].input.setAttribute("aria-describedby", fields[role].wrong.id);
  }
  const dayList = h("div.wd-day-list", {});
  const days = h("div.wd-days", { role: "radiogroup", "aria-label": "Day of the event" });
  const otherDay = h("input.wd-input.wd-day", {
    type: "date",
    "aria-label": "Another day",
    onchange: (event) => event.target.value && kernel.tell("day", { date: event.target.value, basis: "text" }),
  });
  days.append(dayList, h("label.wd-choice", {}, h("span.wd-said", {}, "another day"), otherDay));
  const dayWrong = h("div.wd-wrong", {});
  const sure = h("div.wd-sure", { role: "radiogroup", "aria-label": "How sure are you?" });
  const sureName = freshId("sure");
  for (const [value, label] of CONFIDENCES) {
    const radio = h("input", {
      type: "radio",
      name: sureName,
      value,
      onchange: () => kernel.tell("confidence", { value: value === "" ? null : Number(value) }),
    });
    sure.append(h("label.wd-pill", {}, radio, h("span", {}, label)));
  }
  const note = h("input.wd-input", {
    type: "text",
    id: freshId("note"),
    placeholder: "anything that a reader of the row should know",
    autocomplete: "off",
    onchange: (event) => kernel.tell("note", { text: event.target.value }),
    onkeydown: (event) => {
      if (event.key === "Enter") (event.preventDefault(), save());
    },
  });
  const saveButton = button("Save event", "Enter", () => save(), ".wd-primary");
  const clearButton = button("Clear", "x", () => clear());
  const noEventButton = button("No event here", "n", () => kernel.tell("no_event"));
  const noMoreButton = button("No more in this article", "Shift+N", () => kernel.tell("no_more"));
  const formTitle = h("h4.wd-heading", {});
  const form = h(
    "div.wd-form",
    { role: "form", "aria-label": "The event" },
    formTitle,
    ...ROLES.map((role) =>
      h(
        `div.wd-field.wd-${role}`,
        {},
        h("div.wd-field-head", {}, h("span.wd-role", {}, named(role), " ", keycap(KEY_OF[role])), fields[role].words, fields[role].clear),
        boxes[role].element,
        fields[role].wrong
      )
    ),
    h("div.wd-field", {}, h("div.wd-field-head", {}, h("span.wd-role", {}, "Day ", keycap("d"))), days, dayWrong),
    h("div.wd-field", {}, h("div.wd-field-head", {}, h("span.wd-role", {}, "How sure?")), sure),
    h("div.wd-field", {}, h("label.wd-role", { for: note.id }, "Note"), note),
    h("div.wd-actions", {}, saveButton, clearButton),
    h("div.wd-actions.wd-none-here", {}, noEventButton, noMoreButton)
  );
  const savedTitle = h("h4.wd-heading", { id: freshId("saved") });
  const saved = h("ol.wd-saved", { "aria-labelledby": savedTitle.id });

  root.append(
    h(
      "div.wd-bar",
      {},
      who,
      progress,
      counts,
      h(
        "div.wd-moves",
        {},
        button("Back", ",", () => kernel.tell("back")),
        button("Next", ".", () => kernel.tell("next")),
        button("Next to do", "/", () => kernel.tell("todo")),
        undoButton,
        helpButton
      )
    ),
    help,
    notice.element,
    h("div.wd-columns", {}, reading, form),
    savedTitle,
    saved,
    spoken
  );

  // --- The text: selecting words ------------------------------------------------------------------------------------
  function layOut(article) {
    shownArticle = article.index;
    title.textContent = article.title || article.id;
    about.textContent = [article.publisher, `published ${article.published}`, article.id].filter(Boolean).join(" · ");
    words = [];
    lines = [];
    painted = new Set();
    marked = new Map();
    text.replaceChildren();
    let paragraph = null;
    for (const sentence of article.sentences) {
      const line = h("span.wd-sentence", { "data-sentence": sentence.number });
      const label = h("span.wd-number", { "aria-hidden": "true" }, String(sentence.number + 1));
      sentence.words.forEach(([start, end, word, before], n) => {
        const isFirst = n === 0;
        const isBreak = isFirst && before.includes("\n");
        // Each paragraph is a block: it has a direction of its own, and a long article is not laid out anew for each key.
        if (!paragraph || isBreak) {
          const isFar = isBreak && before.indexOf("\n") !== before.lastIndexOf("\n");
          paragraph = h(`div.wd-paragraph${isFar ? ".wd-far" : ""}`, { dir: "auto" });
          text.append(paragraph);
        }
        const gap = before && !isBreak ? h("span.wd-gap", {}, before) : null;
        const element = h("span.wd-word", { "data-word": words.length }, word);
        // The space before a sentence belongs to none.
        if (gap) (isFirst ? paragraph : line).append(gap);
        if (isFirst) line.append(label);
        line.append(element);
        words.push({ start, end, sentence: sentence.number, element, gap: isFirst ? null : gap });
      });
      if (paragraph) paragraph.append(line);
      lines.push({ number: sentence.number, element: line, label, looks: "" });
    }
    cursor = null;
    text.parentElement.scrollTop = 0;
  }

  const range = () => (cursor ? [Math.min(cursor.anchor, cursor.focus), Math.max(cursor.anchor, cursor.focus)] : null);
  const selectedText = () => {
    const [from, to] = range();
    return words.slice(from, to + 1).map((w, n) => (n && w.gap ? w.gap.textContent : "") + w.element.textContent).join("");
  };

  function paintSelection(isQuiet) {
    const chosen = range();
    for (const element of painted) element.classList.remove("wd-selected", "wd-cursor");
    painted.clear();
    const paint = (element, looks) => (element.classList.add(looks), painted.add(element));
    if (chosen) paint(words[cursor.focus].element, "wd-cursor");
    if (chosen && !cursor.isResting) {
      for (let n = chosen[0]; n <= chosen[1]; n += 1) {
        paint(words[n].element, "wd-selected");
        if (words[n].gap && n > chosen[0]) paint(words[n].gap, "wd-selected");
      }
    }
    if (!chosen) {
      palette.hidden = true;
      return;
    }
    if (!isQuiet) spoken.textContent = selectedText();
    placePalette();
  }

  function placePalette() {
    if (!cursor || isDragging || cursor.isResting) {
      palette.hidden = true;
      return;
    }
    palette.hidden = false;
    const around = text.parentElement.getBoundingClientRect();
    const word = words[Math.max(cursor.anchor, cursor.focus)].element.getBoundingClientRect();
    const scroll = text.parentElement;
    const left = Math.min(word.left - around.left, around.width - palette.offsetWidth - 12);
    palette.style.left = `${Math.max(4, left)}px`;
    palette.style.top = `${word.bottom - around.top + scroll.scrollTop + 5}px`;
  }

  const wordAt = (event) => {
    const hit = root.getRootNode().elementFromPoint(event.clientX, event.clientY);
    const found = hit && hit.closest ? hit.closest("[data-word]") : null;
    return found && text.contains(found) ? Number(found.dataset.word) : null;
  };

  text.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const n = wordAt(event);
    if (n === null) {
      const line = event.target.closest("[data-sentence]");
      if (line) go(Number(line.dataset.sentence));
      cursor = null;
      paintSelection(true);
      return;
    }
    event.preventDefault();
    text.focus({ preventScroll: true });
    isDragging = true;
    text.setPointerCapture(event.pointerId);
    cursor = { anchor: event.shiftKey && cursor ? cursor.anchor : n, focus: n };
    paintSelection(true);
  });
  text.addEventListener("pointermove", (event) => {
    if (!isDragging) return;
    const n = wordAt(event);
    if (n === null || n === cursor.focus) return;
    cursor.focus = n;
    paintSelection(true);
  });
  const endDrag = () => {
    if (!isDragging) return;
    isDragging = false;
    paintSelection();
    if (cursor) go(words[cursor.focus].sentence);
  };
  text.addEventListener("pointerup", endDrag);
  text.addEventListener("pointercancel", endDrag);
  text.addEventListener("focus", () => {
    if (!cursor && !isDragging && words.length) {
      const first = firstWordOf(state.sentence);
      cursor = { anchor: first, focus: first, isResting: true };
      paintSelection(true);
    }
  });

  const firstWordOf = (sentence) => Math.max(0, words.findIndex((word) => word.sentence === sentence));
  const lastWordOf = (sentence) => words.findLastIndex((word) => word.sentence === sentence);

  function moveTo(n, isExtending, isQuiet) {
    if (!words.length) return;
    const to = Math.max(0, Math.min(n, words.length - 1));
    cursor = isExtending && cursor ? { anchor: cursor.anchor, focus: to } : { anchor: to, focus: to };
    paintSelection(isQuiet);
    words[to].element.scrollIntoView({ block: "nearest" });
    if (!isExtending) go(words[to].sentence);
  }

  function go(sentence) {
    if (sentence !== state.sentence) kernel.tell("go", { sentence });
  }

  function mark(role) {
    if (!cursor || cursor.isResting) return notice.say("Select words first: drag over them, or move with the arrow keys.", "problem");
    const [from, to] = range();
    kernel.tell("mark", { role, start: words[from].start, end: words[to].end });
    // The cursor stays at what was marked, and nothing is selected any more.
    cursor = { anchor: to, focus: to, isResting: true };
    text.focus({ preventScroll: true });
    paintSelection(true);
  }

  function unmark(role) {
    kernel.tell("unmark", { role });
    text.focus({ preventScroll: true });
  }

  // --- Keys ---------------------------------------------------------------------------------------------------------
  root.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      event.preventDefault();
      if (document.activeElement) document.activeElement.blur();
      return save();
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target)) {
      if (event.key === "Escape") (event.preventDefault(), text.focus({ preventScroll: true }));
      return;
    }
    const inText = event.target === text;
    const at = cursor ? cursor.focus : firstWordOf(state.sentence);
    const sentence = words[at] ? words[at].sentence : 0;
    // To the left is on, where text runs from right to left.
    const isLeftwards = inText && words[at] !== undefined && getComputedStyle(words[at].element).direction === "rtl";
    const moves = {
      ArrowLeft: () => moveTo(isLeftwards ? at + 1 : at - 1, event.shiftKey),
      ArrowRight: () => moveTo(isLeftwards ? at - 1 : at + 1, event.shiftKey),
      ArrowUp: () => moveTo(at > firstWordOf(sentence) && event.shiftKey ? firstWordOf(sentence) : firstWordOf(Math.max(0, sentence - 1)), event.shiftKey),
      ArrowDown: () => (event.shiftKey ? moveTo(lastWordOf(sentence), true) : moveTo(words.some((w) => w.sentence === sentence + 1) ? firstWordOf(sentence + 1) : at, false)),
      Home: () => moveTo(firstWordOf(sentence), event.shiftKey),
      End: () => moveTo(lastWordOf(sentence), event.shiftKey),
      Enter: () => saveOrGoOn(),
      " ": () => {},
    };
    const keys = {
      a: () => mark("actor"),
      e: () => mark("action"),
      t: () => mark("target"),
      d: () => (days.querySelector("input:checked") || days.querySelector("input")).focus(),
      n: () => kernel.tell("no_event"),
      N: () => kernel.tell("no_more"),
      u: () => kernel.tell("undo"),
      ".": () => kernel.tell("next"),
      ",": () => kernel.tell("back"),
      "/": () => kernel.tell("todo"),
      "?": () => toggleHelp(),
      x: () => clear(),
      Escape: () => (inText ? (palette.hidden = true) : text.focus({ preventScroll: true })),
    };
    const does = (inText && moves[event.key]) || keys[event.key];
    if (!does) return;
    event.preventDefault();
    does();
  });

  /** Enter in the text: to the first code box that is still empty, or save. */
  function saveOrGoOn() {
    const empty = ROLES.find((role) => state.draft.spans[role] && !state.draft.codes[role]);
    if (empty) boxes[empty].input.focus();
    else save();
  }

  /** After a code was chosen: on to the next empty box; if there is none, to the button that saves. */
  function afterCode(role) {
    const later = [...ROLES.slice(ROLES.indexOf(role) + 1), ...ROLES.slice(0, ROLES.indexOf(role))];
    const next = later.find((other) => state.draft.spans[other] && !state.draft.codes[other]);
    if (next) boxes[next].input.focus();
    else if (ROLES.every((one) => state.draft.spans[one])) saveButton.focus();
    else text.focus({ preventScroll: true });
  }

  function save() {
    if (note.value !== state.draft.note) kernel.tell("note", { text: note.value });
    kernel.tell("save");
    text.focus({ preventScroll: true });
  }

  function clear() {
    kernel.tell("clear");
    cursor = null;
    paintSelection(true);
  }

  function toggleHelp() {
    help.hidden = !help.hidden;
    helpButton.setAttribute("aria-expanded", String(!help.hidden));
  }

  // --- Showing the state --------------------------------------------------------------------------------------------
  function show() {
    state = model.get("state");
    const article = model.get("article");
    if (article.index !== shownArticle) layOut(article);
    kernel.answered(state.answered);
    who.textContent = state.coder;
    progress.max = state.n_articles;
    progress.value = state.n_done;
    counts.textContent = `Article ${state.article + 1} of ${state.n_articles} · ${state.n_done} done · ${plural(state.n_events, "event")}`;
    undoButton.disabled = !state.can_undo;
    notice.show(state.notice);
    showMarks();
    showForm();
    showSaved();
    followSentence();
  }

  /** Where the kernel moved on to another sentence ("no event here"), the cursor goes along. */
  function followSentence() {
    const isSettled = !kernel.waiting.size && !isDragging && words.length > 0;
    if (!isSettled || (cursor && (cursor.anchor !== cursor.focus || words[cursor.focus].sentence === state.sentence))) return;
    const first = firstWordOf(state.sentence);
    if (cursor) {
      cursor = { anchor: first, focus: first, isResting: true };
      paintSelection(true);
    }
    // Only the text scrolls, not the notebook around it.
    const scroll = text.parentElement;
    const word = words[first].element.getBoundingClientRect();
    const around = scroll.getBoundingClientRect();
    if (word.top < around.top || word.bottom > around.bottom - 40) scroll.scrollTop += word.top - around.top - around.height / 3;
  }

  /** Which words show which role: those of saved events, and over them those of the draft. Only what changed is touched. */
  function showMarks() {
    const shown = new Map();
    const put = (what, role, start, end) => {
      let n = firstFrom(start);
      for (let isFirst = true; n < words.length && words[n].end <= end; n += 1, isFirst = false) {
        const looks = shown.get(n) || {};
        if (what === "draft") looks.saved = looks.gapSaved = "";
        if (looks[what]) continue;
        looks[what] = role;
        if (!isFirst) looks[what === "draft" ? "gap" : "gapSaved"] = role;
        shown.set(n, looks);
      }
    };
    for (const role of ROLES) for (const event of state.events) if (event.event_id !== state.draft.replaces) put("saved", role, event[role].start, event[role].end);
    for (const role of ROLES) if (state.draft.spans[role]) put("draft", role, state.draft.spans[role][0], state.draft.spans[role][1]);
    for (const n of new Set([...marked.keys(), ...shown.keys()])) {
      const { draft = "", saved = "", gap = "", gapSaved = "" } = shown.get(n) || {};
      Object.assign(words[n].element.dataset, { draft, saved });
      if (words[n].gap) Object.assign(words[n].gap.dataset, { draft: gap, saved: gapSaved });
    }
    marked = shown;
    const count = new Map();
    for (const event of state.events) count.set(event.sentence, (count.get(event.sentence) || 0) + 1);
    const without = new Set(state.no_event);
    for (const line of lines) {
      const n = count.get(line.number) || 0;
      const judged = n ? "events" : without.has(line.number) ? "none" : "";
      const isCurrent = line.number === state.sentence;
      const looks = `${judged} ${n} ${isCurrent}`;
      if (looks === line.looks) continue;
      line.looks = looks;
      line.element.dataset.judged = judged;
      line.element.classList.toggle("wd-current", isCurrent);
      line.label.textContent = `${line.number + 1}${judged === "events" ? " ✓" : judged === "none" ? " ∅" : ""}`;
      line.label.title = judged === "events" ? plural(n, "event") : judged === "none" ? "no event" : "not judged yet";
    }
  }

  /** The position of the first word that does not begin before a character. */
  function firstFrom(start) {
    let [low, high] = [0, words.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (words[middle].start < start) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function showForm() {
    const { draft } = state;
    formTitle.textContent = draft.replaces ? "Correct the event" : `Event in sentence ${state.sentence + 1}`;
    for (const role of ROLES) {
      const span = draft.spans[role];
      const code = draft.codes[role];
      fields[role].words.textContent = span ? span[2] : `select words, press ${KEY_OF[role]}`;
      fields[role].words.classList.toggle("wd-empty", !span);
      fields[role].clear.hidden = !span;
      const wrong = state.wrong[role] || "";
      fields[role].wrong.textContent = wrong;
      boxes[role].show(code ? code.code : "", code ? code.label : "", Boolean(wrong));
    }
    showDays();
    dayWrong.textContent = state.wrong.date || "";
    for (const radio of sure.querySelectorAll("input")) {
      radio.checked = draft.confidence === null ? radio.value === "" : radio.value !== "" && Math.abs(Number(radio.value) - draft.confidence) < 0.001;
    }
    if (note.getRootNode().activeElement !== note) note.value = draft.note;
    saveButton.firstChild.textContent = draft.replaces ? "Save correction" : "Save event";
    noMoreButton.firstChild.textContent = state.is_done ? "Article is done: next" : "No more in this article";
  }

  function showDays() {
    const focused = days.getRootNode().activeElement;
    const hadFocus = dayList.contains(focused) ? focused.value : null;
    const name = days.dataset.name || (days.dataset.name = freshId("day"));
    const value = (day) => `${day.date} ${day.basis}`;
    const isListed = state.days.some((day) => value(day) === `${state.day} ${state.basis}`);
    const rows = state.days.map((day) => {
      const radio = h("input", {
        type: "radio",
        name,
        value: value(day),
        checked: value(day) === `${state.day} ${state.basis}`,
        onchange: () => kernel.tell("day", { date: day.date, basis: day.basis }),
      });
      const said = day.basis === "published" ? BASES.published : day.basis === "dateline" ? `dateline “${day.words}”` : `“${day.words}”`;
      return h("label.wd-choice", {}, radio, h("span.wd-date", {}, day.date), h("span.wd-said", {}, `${day.weekday.slice(0, 3)} · ${said}`));
    });
    if (otherDay.getRootNode().activeElement !== otherDay) otherDay.value = isListed ? "" : state.day;
    dayList.replaceChildren(...rows);
    if (hadFocus) {
      const again = [...days.querySelectorAll("input[type=radio]")].find((radio) => radio.value === hadFocus);
      if (again) again.focus();
    }
  }

  function showSaved() {
    const n = state.events.length;
    savedTitle.textContent = n ? `Saved in this article (${n})` : "Nothing saved in this article yet";
    saved.replaceChildren(
      ...state.events.map((event) => {
        const part = (role) =>
          h(`span.wd-part.wd-${role}`, { title: event[role].label }, h("span.wd-code", {}, event[role].code), h("span.wd-quote", {}, event[role].text));
        const about = `${event.actor.code} ${event.action.code} ${event.target.code}`;
        const small = (name, what, extra) =>
          h(
            "button.wd-button.wd-small",
            { type: "button", "aria-label": `${name}: ${about}`, onclick: () => (kernel.tell(what, { event_id: event.event_id, ...extra }), text.focus({ preventScroll: true })) },
            name
          );
        return h(
          `li.wd-row${event.event_id === state.draft.replaces ? ".wd-editing" : ""}`,
          {},
          h("span.wd-place", {}, `sentence ${event.sentence + 1}`),
          h("span.wd-parts", {}, part("actor"), part("action"), part("target")),
          h("span.wd-when", {}, event.date, event.confidence === null ? "" : ` · ${Math.round(event.confidence * 100)} %`, event.note ? ` · ${event.note}` : ""),
          h("span.wd-row-moves", {}, small("Edit", "edit"), small("Copy", "edit", { as_new: true }), small("Delete", "remove"))
        );
      })
    );
  }

  function keyTable() {
    const row = (keys, what) => h("div.wd-key", {}, h("span", {}, ...keys.flatMap((key) => [keycap(key), " "])), h("span", {}, what));
    return h(
      "div.wd-keys",
      {},
      row(["←", "→"], "to the next word; with Shift: select"),
      row(["↑", "↓"], "to the next sentence; with Shift: to its edge"),
      row(["a", "e", "t"], "the selected words are the actor, the event (action), the target"),
      row(["Enter"], "to the first empty code box; if none is empty, save"),
      row(["d"], "to the day"),
      row(["n"], "no event in this sentence"),
      row(["Shift+N"], "no more events in this article; on to the next"),
      row([",", "."], "article back, next"),
      row(["/"], "next article that is not done"),
      row(["u"], "undo what was saved last"),
      row(["Esc"], "back to the text"),
      row(["x"], "clear what is not saved"),
      row(["Ctrl+Enter"], "save, from anywhere")
    );
  }

  function named(role) {
    return { actor: "Actor", action: "Action", target: "Target" }[role];
  }

  return kernel.listen(boxes, show);
}

export default { render };
